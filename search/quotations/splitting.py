"""A pasted text to the quotations in it."""

import re
from typing import Final

from search.arabic.analyzer import analyze

# Quotations of one paste.
MOST_QUOTATIONS: Final = 40
# Words of one quotation; a longer one is checked sentence by sentence.
MOST_WORDS: Final = 80
# Fewer words stand in every archive by chance.
FEWEST_WORDS: Final = 3
# «نص», “text”, "text"
_QUOTED_RE: Final = re.compile(r"«([^«»]+)»|“([^“”]+)”|\"([^\"]+)\"")
_SENTENCE_RE: Final = re.compile(r"(?<=[.!؟?…])\s+")


def split(text: str) -> list[str]:
    """The quotations of *text*: what stands in quotation marks, else each line.

    >>> split("قال: «سكة حديد الحجاز طويلة» ثم مضى.\\nوصل القطار إلى بغداد صباحا")
    ['سكة حديد الحجاز طويلة', 'وصل القطار إلى بغداد صباحا']
    """
    found: list[str] = []
    for line in text.splitlines():
        quoted = [
            next(part for part in groups if part) for groups in _QUOTED_RE.findall(line)
        ]
        long_enough = [part for part in quoted if _count(part) >= FEWEST_WORDS]
        for piece in long_enough or [line]:
            found += [piece] if _count(piece) <= MOST_WORDS else _sentences(piece)
    return [piece.strip() for piece in found if analyze(piece)]


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
    return len(analyze(text))
