"""Words of a running text and of names, folded alike, so that the two can be compared.

The fold is that of `archive.names.spelling`, by which spellings of a name are one. A
text is split once; what a word may be is found out once a distinct word, so that the
time a text takes is that of the split.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from archive.names.spelling import fold_word

# Letters, digits, marks that stand on them, and apostrophes within Latin words.
_MARKS: Final = (
    "\N{COMBINING GRAVE ACCENT}-\N{COMBINING LATIN SMALL LETTER X}"
    "\N{ARABIC SIGN SALLALLAHOU ALAYHE WASSALLAM}-\N{ARABIC SMALL KASRA}"
    "\N{ARABIC FATHATAN}-\N{ARABIC WAVY HAMZA BELOW}"
    "\N{ARABIC LETTER SUPERSCRIPT ALEF}"
    "\N{ARABIC SMALL HIGH LIGATURE SAD WITH LAM WITH ALEF MAKSURA}"
    "-\N{ARABIC SMALL LOW MEEM}"
)
_WORD_RE: Final = re.compile(rf"([^\W_][\w{_MARKS}]*(?:['’ʼʾʿ‘][\w{_MARKS}]+)*)")
# Between two words of one name: blanks, one line end, a hyphen, the dot of an initial.
_WITHIN_RE: Final = re.compile(r"[^\S\n]*(?:\n[^\S\n]*|[-–.][^\S\n]*)?")
_LONGEST_GAP: Final = 8
_LONGEST_INITIAL: Final = 1
# An accusative's alef, which belongs to no name: محمدًا, محمداً.
_ACCUSATIVE_RE: Final = re.compile("(?:\N{ARABIC FATHATAN}ا|ا\N{ARABIC FATHATAN})$")


@dataclass(frozen=True, slots=True)
class SplitText:
    """A text in words: ``words[n]`` ends where ``gaps[n + 1]`` begins.

    ``starts[n]`` is the offset of word *n* in code points. There is a gap more than
    there are words; the first and the last may be empty.
    """

    words: list[str]
    gaps: list[str]
    starts: list[int]

    def end(self, word: int) -> int:
        """The offset behind the word with that number."""
        return self.starts[word] + len(self.words[word])

    def joins(self, word: int) -> bool:
        """Whether the word and the one before it may belong to one name."""
        gap = self.gaps[word]
        if gap == " ":
            return True
        if not 0 < len(gap) <= _LONGEST_GAP:
            return False
        if gap[0] == "." and len(self.words[word - 1]) > _LONGEST_INITIAL:
            return False
        return _WITHIN_RE.fullmatch(gap) is not None


def split_text(text: str) -> SplitText:
    """The words of *text* with their places.

    >>> split = split_text("قال: مصطفى الكاظميّ.")
    >>> split.words, split.starts, split.gaps[1]
    (['قال', 'مصطفى', 'الكاظميّ'], [0, 5, 11], ': ')
    """
    pieces = _WORD_RE.split(text)
    offsets = list(accumulate(map(len, pieces)))
    return SplitText(pieces[1::2], pieces[::2], offsets[:-1:2])


def fold_text_word(word: str) -> str:
    """*word* of a text as names are compared, without an accusative's alef.

    >>> fold_text_word("الكاظمِيُّ"), fold_text_word("محمّدًا"), fold_text_word("رءوف")
    ('الكاظمي', 'محمد', 'روف')
    """
    if _ACCUSATIVE_RE.search(word):
        word = _ACCUSATIVE_RE.sub("", word)
    return fold_word(word)


def fold_all(words: str) -> frozenset[str]:
    """The words of a table, as those of texts are compared.

    >>> sorted(fold_all("هيئة رئيس"))
    ['رييس', 'هيه']
    """
    return frozenset(map(fold_word, words.split()))


# Prefixes of one letter that are written together with the word behind them: "and",
# "so" before prepositions. Before the article, ل takes away its alef.
_AND: Final = ("", "و", "ف")
_PREPOSITIONS: Final = ("", "ب", "ل", "ك")
_FOR_THE: Final = "لل"
_ARTICLE: Final = "ال"
_SHORTEST: Final = 2


def iter_without_proclitics(folded: str) -> Iterator[tuple[str, str]]:
    """What *folded* may be with its proclitics taken off: pairs of both.

    >>> list(iter_without_proclitics("وللتحالف"))
    [('و', 'للتحالف'), ('و', 'التحالف'), ('ول', 'لتحالف')]
    """
    for conjunction in _AND:
        rest = folded.removeprefix(conjunction)
        if len(rest) + len(conjunction) != len(folded) or len(rest) < _SHORTEST:
            continue
        if conjunction:
            yield conjunction, rest
        if rest.startswith(_FOR_THE):
            # Its second letter is the article's: no letter of the name may be left out.
            yield conjunction, _ARTICLE + rest.removeprefix(_FOR_THE)
        for preposition in _PREPOSITIONS[1:]:
            noun = rest.removeprefix(preposition)
            if len(noun) < len(rest) and len(noun) >= _SHORTEST:
                yield conjunction + preposition, noun


def skip_letters(word: str, count: int) -> int:
    """The offset in *word* behind its first *count* letters and the marks on them.

    >>> skip_letters("وَلِلتحالف", 2)
    4
    """
    offset = 0
    while count and offset < len(word):
        offset += 1
        count -= 1
        while offset < len(word) and not word[offset].isalnum():
            offset += 1
    return offset
