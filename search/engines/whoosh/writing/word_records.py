"""What is known of each word as it is printed, found once however often it stands."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np

from search.arabic.analyzer import cached_root
from search.arabic.diacritics import diacritized_form
from search.arabic.display_form import display_form
from search.arabic.normalize import fold, is_plain_arabic
from search.arabic.stem import stem
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.families import TAB, surface_of

# What stands in no word: TAB between the parts of a line, and this behind each line.
_END: Final = "\n"
_BOUNDS: Final = np.frombuffer((TAB + _END).encode(), np.uint8)
_BOUNDS_A_LINE: Final = 5


class Word(NamedTuple):
    """What is known of a printed word; ``marked`` is empty without vowel marks."""

    surface: str
    spelling: str
    marked: str
    stem: str
    root: str

    @property
    def line(self) -> str:
        """The form, and the spelling, where it is another, and the marks, by tabs.

        The form is that of ``groups.join_form``: root, stem and surface form.
        """
        spelling = "" if self.spelling == self.surface else self.spelling
        parts = self.root, self.stem, self.surface, spelling, self.marked
        return TAB.join(parts) + _END


def analyze_word(printed: str) -> Word:
    """The surface form of a word, how it is spelled, its marks, stem and root.

    >>> tuple(analyze_word("والكِتاب"))
    ('والكتاب', 'والكتاب', 'والكِتاب', 'كتاب', 'كتب')
    """
    surface = fold(printed)
    # Letters alone, as most words are printed, are spelled so and have no marks.
    is_bare = is_plain_arabic(printed)
    spelling = printed if is_bare else display_form(printed)
    marked = "" if is_bare else diacritized_form(printed)
    found = stem(surface)
    return Word(surface, spelling, marked, found, cached_root(found))


def describe_all(printed: Iterable[bytes]) -> bytes:
    """The lines of these words in UTF-8, each with its end: for ``Known.extend``."""
    return "".join([analyze_word(one.decode()).line for one in printed]).encode()


class WordRecords:
    """What is known of words, by their numbers: a line of bytes each.

    In hundreds of thousands of strings it would take several times the memory, and
    keep the collector of garbage busy for a fifth of the time.
    """

    def __init__(self) -> None:
        self._lines = bytearray()
        # Where each form begins and ends, and where the spelling behind it ends.
        self._starts = array("q")
        self._forms = array("q")
        self._spellings = array("q")

    def __len__(self) -> int:
        return len(self._starts)

    def extend(self, lines: bytes) -> None:
        """Add the words of these *lines*, which ``describe_all`` made."""
        bounds = np.flatnonzero(np.isin(np.frombuffer(lines, np.uint8), _BOUNDS))
        rows = (bounds + len(self._lines)).reshape(-1, _BOUNDS_A_LINE)
        starts = np.concatenate(([len(self._lines)], rows[:-1, -1] + 1))
        self._lines += lines
        for kept, values in (
            (self._starts, starts[: len(rows)]),
            (self._forms, rows[:, 2]),
            (self._spellings, rows[:, 3]),
        ):
            kept.frombytes(values.astype(np.int64).tobytes())

    def form(self, number: int) -> bytes:
        """The surface form of a word with its root and stem (``groups.join_form``)."""
        return bytes(self._lines[self._starts[number] : self._forms[number]])

    def surface(self, number: int) -> bytes:
        """The surface form of a word."""
        return surface_of(self.form(number))

    def other_spelling(self, number: int) -> bytes:
        """How a word is spelled; nothing where that is its surface form."""
        return bytes(self._lines[self._forms[number] + 1 : self._spellings[number]])

    def marked(self, number: int) -> bytes:
        """The marked form of a word; nothing where it has no vowel marks."""
        end = self._lines.index(_END.encode(), self._spellings[number])
        return bytes(self._lines[self._spellings[number] + 1 : end])

    def is_spelled_otherwise(self) -> Array:
        """For each word, whether it has another spelling than its surface form."""
        forms = np.frombuffer(self._forms, np.int64)
        return forms + 1 < np.frombuffer(self._spellings, np.int64)

    def is_marked(self) -> Array:
        """For each word, whether it has vowel marks."""
        ends = np.append(np.frombuffer(self._starts, np.int64)[1:], len(self._lines))
        return np.frombuffer(self._spellings, np.int64) + len(TAB + _END) < ends
