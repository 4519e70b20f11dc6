"""The analysis of each distinct printed word: done once, kept as a line of bytes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import numpy as np

from search.arabic.diacritics import diacritized_form
from search.arabic.display_form import display_form
from search.arabic.families import (
    Family,
    find_families,
    has_diacritics,
    join_keys,
    telling_forms,
)
from search.arabic.normalize import fold
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.families import TAB, split_key

# A line is the family key and the diacritized form, with TABs between them and within
# the key, and this at its end. No word contains either character.
_TAB: Final = TAB.decode()
_END: Final = "\n"
_SEPARATORS: Final = np.frombuffer(TAB + _END.encode(), np.uint8)
_SEPARATORS_PER_LINE: Final = 5
# The column of the separator behind the key, among those of a line.
_AFTER_KEY: Final = 3
# Families whose columns are cached, at some 250 bytes each.
CACHED_FAMILIES: Final = 10_000


def analyze_words(printed: Iterable[bytes]) -> bytes:
    """The lines of printed words, in UTF-8, for ``WordRecords.extend``."""
    words = [word.decode() for word in printed]
    surfaces, telling = list(map(fold, words)), list(map(display_form, words))
    diacritized = [""] * len(words)
    # Few words have any; the others are folded once.
    marked = [at for at, word in enumerate(words) if has_diacritics(word)]
    for at, form in zip(marked, telling_forms(words[at] for at in marked), strict=True):
        telling[at] = form
        diacritized[at] = diacritized_form(words[at])
    keys = map(_lemma_columns, find_families(telling, surfaces))
    lines = [
        _TAB.join((key, surface, "" if form == surface else form, diacritics)) + _END
        for key, surface, form, diacritics in zip(
            keys, surfaces, telling, diacritized, strict=True
        )
    ]
    return "".join(lines).encode()


@lru_cache(CACHED_FAMILIES)
def _lemma_columns(family: Family) -> str:
    """The columns of a line that words of one *family* share: roots and lemmas."""
    return _TAB.join((join_keys(family.roots), join_keys(family.lemmas)))


class WordRecords:
    """The analysis of words by term id.

    Strings would take several times the memory, and their garbage collection a fifth of
    the time of indexing.
    """

    def __init__(self) -> None:
        self._lines = bytearray()
        # Offsets in bytes of each line, and of the end of its key.
        self._starts = array("q")
        self._key_ends = array("q")

    def __len__(self) -> int:
        return len(self._starts)

    def extend(self, lines: bytes) -> None:
        """Add the words of *lines*, which ``analyze_words`` returned."""
        at = np.flatnonzero(np.isin(np.frombuffer(lines, np.uint8), _SEPARATORS))
        rows = (at + len(self._lines)).reshape(-1, _SEPARATORS_PER_LINE)
        starts = np.concatenate(([len(self._lines)], rows[:-1, -1] + 1))
        self._lines += lines
        for offsets, values in (
            (self._starts, starts[: len(rows)]),
            (self._key_ends, rows[:, _AFTER_KEY]),
        ):
            offsets.frombytes(values.astype(np.int64).tobytes())

    def family_key(self, term_id: int) -> bytes:
        """The family key of a word; see ``codec.families``."""
        return bytes(self._lines[self._starts[term_id] : self._key_ends[term_id]])

    def surface(self, term_id: int) -> bytes:
        """The surface form of a word."""
        return split_key(self.family_key(term_id))[2]

    def diacritized_form(self, term_id: int) -> bytes:
        """The diacritized form of a word; ``b""`` if it has no diacritics."""
        start = self._key_ends[term_id] + 1
        return bytes(self._lines[start : self._lines.index(_END.encode(), start)])

    def has_diacritics(self) -> Array:
        """Whether each word has diacritics: bool[n_words]."""
        ends = np.append(np.frombuffer(self._starts, np.int64)[1:], len(self._lines))
        key_ends = np.frombuffer(self._key_ends, np.int64)
        return key_ends + len(TAB) + len(_END) < ends
