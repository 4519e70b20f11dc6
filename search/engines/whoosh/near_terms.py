"""Which entries of a lexicon are a few edits away from a word, found all at once."""

from __future__ import annotations

from typing import Final

import numpy as np

from search.arabic.edits import count_edits
from search.engines.whoosh.lexicon import Lexicon
from search.engines.whoosh.segment_file import Array

# Letters kept of an entry. Longer ones are names of chemicals and run-on words, so few
# that they are compared one by one. The table takes so many bytes an entry, and nine
# more.
WIDTH: Final = 24
_MASK_BITS: Final = 64
_LOW_BYTE: Final = 0xFF


class LetterTable:
    """The letters of each entry of a lexicon, by their low bytes.

    Which is enough: the letters of one word are of one script, and what is found is
    looked at again.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        points, starts = lexicon.code_points()
        lengths = np.diff(starts)
        kept = np.minimum(lengths, WIDTH)
        rows = np.repeat(np.arange(len(kept)), kept)
        columns = np.arange(int(kept.sum())) - np.repeat(np.cumsum(kept) - kept, kept)
        letters = points[np.repeat(starts[:-1], kept) + columns]
        self._lengths = np.minimum(lengths, WIDTH + 1).astype(np.uint8)
        self._letters = np.zeros((len(kept), WIDTH), np.uint8)
        self._letters[rows, columns] = letters & _LOW_BYTE
        # Each edit changes at most two bits.
        self._masks = np.zeros(len(kept), np.uint64)
        bits = np.left_shift(np.uint64(1), (letters % _MASK_BITS).astype(np.uint64))
        filled = np.flatnonzero(kept)
        if filled.size:
            begins = (np.cumsum(kept) - kept)[filled]
            self._masks[filled] = np.bitwise_or.reduceat(bits, begins)

    def find_near(self, word: str, edits: int) -> Array:
        """The ordinals, ascending, of the entries at most *edits* away from *word*."""
        lengths = self._lengths.astype(np.int16)
        possible = np.abs(lengths - min(len(word), WIDTH + 1)) <= edits
        in_table = possible & (lengths <= WIDTH) & (len(word) <= WIDTH)
        near = self._find_in_table(word, edits, np.flatnonzero(in_table))
        longer = np.flatnonzero(possible & ~in_table)
        found = [
            ordinal
            for ordinal in np.union1d(near, longer).tolist()
            if _is_near(word, self._lexicon[ordinal].decode(), edits)
        ]
        return np.array(found, np.int64)

    def _find_in_table(self, word: str, edits: int, at: Array) -> Array:
        """Those of the entries *at* whose letters in the table are near enough."""
        if not at.size:
            return at
        mask = np.bitwise_or.reduce([1 << ord(char) % _MASK_BITS for char in word])
        differing = np.bitwise_count(self._masks[at] ^ np.uint64(mask))
        at = at[differing <= 2 * edits]
        codes = [ord(char) & _LOW_BYTE for char in word]
        lengths = self._lengths[at].astype(np.int16)
        near: Array = at[_distances(codes, self._letters[at], lengths) <= edits]
        return near


def _is_near(one: str, other: str, edits: int) -> bool:
    return abs(len(one) - len(other)) <= edits and count_edits(one, other) <= edits


def _distances(codes: list[int], letters: Array, lengths: Array) -> Array:
    """The distance of *codes* from each row of *letters*, cut to its length.

    The table of ``search.arabic.edits``, a column of it for all rows at once.
    """
    width = int(lengths.max()) if lengths.size else 0
    before = np.zeros((0, 0), np.uint8)
    row = np.tile(np.arange(width + 1, dtype=np.uint8), (len(letters), 1))
    for i, code in enumerate(codes):
        before_last, before = before, row
        row = np.empty_like(before)
        row[:, 0] = i + 1
        differs = letters[:, :width] != code
        for j in range(1, width + 1):
            best = np.minimum(before[:, j], row[:, j - 1]) + np.uint8(1)
            np.minimum(best, before[:, j - 1] + differs[:, j - 1], out=best)
            if i and j > 1:
                exchanged = (letters[:, j - 1] == codes[i - 1]) & ~differs[:, j - 2]
                other = np.where(exchanged, before_last[:, j - 2] + 1, best)
                np.minimum(best, other, out=best, casting="unsafe")
            row[:, j] = best
    found: Array = row[np.arange(len(letters)), lengths]
    return found
