"""Fuzzy lookup: the terms of a dictionary within a few edits of a word.

Two filters on arrays leave few candidates, which are then compared exactly. Terms of
one length are compared with the word at once, letter by letter, so the table holds a
byte and a mask of letters for each term.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

import numpy as np

from search.arabic.edit_distance import is_within
from search.arabic.families import BEFORE_RANK, base_of
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.term_dict import STRIDE, TermDict

# Letters of the longest terms whose letters are in tables. Longer ones are names of
# chemicals and run-on words, so few that they are compared one by one.
WIDTH: Final = 24
_MASK_BITS: Final = 64
_LOW_BYTE: Final = 0xFF
# Terms that are decoded at once, to bound the memory that this takes.
_DECODED_TERMS: Final = 256 * STRIDE


@dataclass(frozen=True, slots=True)
class _Table:
    """The terms of one length: twelve bytes a term and one a letter.

    ``ordinals``: uint32[n_terms], ascending.
    ``letters``: uint8[length, n_terms], the low byte of each code point.
    ``masks``: uint64[n_terms], with bit ``code point % 64`` set for each letter.
    """

    ordinals: Array
    letters: Array
    masks: Array


class FuzzyTable:
    """The low bytes of the letters of each term of a dictionary.

    They are enough for a filter: the letters of a word are of one script, and letters
    of other scripts with equal low bytes are told apart by the exact comparison.
    """

    def __init__(self, terms: TermDict) -> None:
        self._terms = terms
        parts: dict[int, list[_Table]] = {}
        for first in range(0, len(terms), _DECODED_TERMS):
            for length, table in _tabulate(terms, first).items():
                parts.setdefault(length, []).append(table)
        self._tables = {length: _join(parts.pop(length)) for length in sorted(parts)}

    def find_near(self, word: str, edits: int) -> Array:
        """The ordinals of the terms at most *edits* from *word*: int64, ascending.

        The distance is that of ``search.arabic.edit_distance``.
        """
        word_length = min(len(word), WIDTH + 1)
        candidates = [
            _filter(table, word, edits) if 0 < length <= WIDTH else table.ordinals
            for length, table in self._tables.items()
            if abs(length - word_length) <= edits
        ]
        if not candidates:
            return np.zeros(0, np.int64)
        near = [
            ordinal
            for ordinal in np.sort(np.concatenate(candidates)).tolist()
            if is_within(word, base_of(self._terms[ordinal].decode()), edits)
        ]
        return np.array(near, np.int64)


def _tabulate(terms: TermDict, first: int) -> dict[int, _Table]:
    """A table for each length of the ``_DECODED_TERMS`` terms from *first* on.

    Terms longer than ``WIDTH`` are in one table, without their letters.
    """
    points, starts = terms.code_points(first, min(first + _DECODED_TERMS, len(terms)))
    letters = (points & _LOW_BYTE).astype(np.uint8)
    lengths = np.diff(starts)
    # What tells a lemma from its homographs is no letter.
    marks = np.flatnonzero(points == ord(BEFORE_RANK))
    marked = np.searchsorted(starts, marks, side="right") - 1
    lengths[marked] = marks - starts[marked]
    lengths = np.minimum(lengths, WIDTH + 1)
    tables = {}
    for length in np.unique(lengths).tolist():
        rows = np.flatnonzero(lengths == length)
        width = length if length <= WIDTH else 0
        rows_letters = letters[starts[rows, np.newaxis] + np.arange(width)]
        bits = np.left_shift(
            np.uint64(1), (rows_letters % _MASK_BITS).astype(np.uint64)
        )
        masks = np.bitwise_or.reduce(bits, axis=1)
        tables[length] = _Table((rows + first).astype(np.uint32), rows_letters.T, masks)
    return tables


def _join(tables: list[_Table]) -> _Table:
    return _Table(
        np.concatenate([table.ordinals for table in tables]),
        np.concatenate([table.letters for table in tables], axis=1),
        np.concatenate([table.masks for table in tables]),
    )


def _filter(table: _Table, word: str, edits: int) -> Array:
    """The ordinals of the terms whose masks and low bytes are near those of *word*."""
    if len(word) > WIDTH:
        return table.ordinals
    # Python integers: NumPy would turn a list with bit 63 set into floats.
    mask = reduce(or_, (1 << ord(char) % _MASK_BITS for char in word), 0)
    # An edit replaces at most one letter by one other, which changes two bits at most.
    differing = np.bitwise_count(table.masks ^ np.uint64(mask))
    at = np.flatnonzero(differing <= 2 * edits)
    codes = [ord(char) & _LOW_BYTE for char in word]
    near: Array = table.ordinals[at[_distances(codes, table.letters[:, at]) <= edits]]
    return near


def _distances(codes: list[int], letters: Array) -> Array:
    """The edit distances of *codes* from each column of *letters*: uint8[n_terms].

    The algorithm of ``search.arabic.edit_distance``, for all terms at once.
    """
    width, count = letters.shape
    before = np.zeros((0, 0), np.uint8)
    row = np.repeat(np.arange(width + 1, dtype=np.uint8)[:, np.newaxis], count, axis=1)
    for i, code in enumerate(codes):
        before_last, before = before, row
        row = np.empty_like(before)
        row[0] = i + 1
        differs = letters != code
        for j in range(1, width + 1):
            best = row[j]
            np.minimum(before[j], row[j - 1], out=best)
            best += 1
            np.minimum(best, before[j - 1] + differs[j - 1], out=best)
            if i and j > 1:
                transposed = (letters[j - 1] == codes[i - 1]) & ~differs[j - 2]
                cost = before_last[j - 2] + 1
                np.minimum(best, cost, out=best, where=transposed)
    return row[width]
