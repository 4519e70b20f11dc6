"""A pasted text to the quotations in it."""

import re
from collections.abc import Iterator
from typing import Final

from search.arabic.analyzer import Token, analyze

# Quotations of one paste.
MOST_QUOTATIONS: Final = 40
# Words of one quotation; a longer one is checked sentence by sentence.
MOST_WORDS: Final = 80
# Fewer words stand in every archive by chance.
FEWEST_WORDS: Final = 3
# Opening and closing marks; a quotation may go over the end of a line.
_MARKS: Final = ("«»", "“”", "„“", "‹›", "﴿﴾", "﴾﴿", "‘’", '""')
_QUOTED_RE: Final = re.compile(
    "|".join(
        f"{opening}(?P<m{number}>[^{opening}{closing}]+){closing}"
        for number, (opening, closing) in enumerate(map(tuple, _MARKS))
    )
)
# A word that goes on behind the end of a line, as recognized pages have them.
_DIVIDED_RE: Final = re.compile(
    "([ء-ي][\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}]*)"
    "[-\N{SOFT HYPHEN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}][ \\t]*\\n[ \\t]*(?=[ء-ي])"
)
# Numbers of verses: ﴿٢﴾, ۝٢.
_VERSE_RE: Final = re.compile(r"[﴿﴾]\s*\d+\s*[﴿﴾]|\N{ARABIC END OF AYAH}\s*\d+")
_PARAGRAPH_RE: Final = re.compile(r"\n[ \t]*\n")
_SENTENCE_RE: Final = re.compile(r"(?<=[.!؟?…])\s+")


def split(text: str) -> list[str]:
    """The quotations of *text*: what stands in quotation marks, else each line.

    A line of which a part is quoted is not checked as a whole. A word that is divided
    by a hyphen at the end of a line is one word.

    >>> split("وصل القطار إلى بغ-\\nداد صباحا")
    ['وصل القطار إلى بغداد صباحا']
    >>> split("قال: «سكة حديد الحجاز\\nطويلة» ثم مضى.\\nوصل القطار إلى بغداد صباحا")
    ['سكة حديد الحجاز طويلة', 'وصل القطار إلى بغداد صباحا']
    """
    found: list[str] = []
    lines = _DIVIDED_RE.sub(r"\1", "\n".join(text.splitlines()))
    for paragraph in _PARAGRAPH_RE.split(lines):
        for piece in _pieces(paragraph):
            found += [piece] if _count(piece) <= MOST_WORDS else _sentences(piece)
    return [piece.strip() for piece in found if list_words(piece)]


def list_words(text: str) -> list[Token]:
    """The words of *text* that can be quoted: numbers of verses are none.

    >>> [word.printed for word in list_words("رب العالمين ﴿٢﴾ الرحمن ۝٣ (٤)")]
    ['رب', 'العالمين', 'الرحمن', '٤']
    """
    numbers = [match.span() for match in _VERSE_RE.finditer(text)]
    words = analyze(text)
    if not numbers:
        return words
    return [
        word
        for word in words
        if not any(start <= word.start < end for start, end in numbers)
    ]


def _pieces(paragraph: str) -> Iterator[str]:
    """Quotations of a paragraph and the lines without one, in their order."""
    quoted = [
        match
        for match in _QUOTED_RE.finditer(paragraph)
        if match.lastgroup and _count(match[match.lastgroup]) >= FEWEST_WORDS
    ]
    start = 0
    for match in quoted:
        # Whole lines before the one on which the quotation begins.
        before = paragraph[start : match.start()]
        yield from before.split("\n")[1 if start else 0 : -1]
        yield " ".join(match[match.lastgroup or 0].split())
        start = match.end()
    yield from paragraph[start:].split("\n")[1 if start else 0 :]


def _sentences(text: str) -> list[str]:
    """The sentences of *text*, none longer than MOST_WORDS."""
    pieces: list[str] = []
    for sentence in _SENTENCE_RE.split(text):
        words = sentence.split()
        pieces += [
            " ".join(words[start : start + MOST_WORDS])
            for start in range(0, len(words), MOST_WORDS)
        ]
    return pieces


def _count(text: str) -> int:
    return len(list_words(text))
