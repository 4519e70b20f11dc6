"""Which entries of a lexicon are a few edits away from a word, found all at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

import numpy as np

from search.arabic.edit_distance import is_within
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.term_dict import STRIDE, TermDict

# Letters of the longest entries kept in tables. Longer ones are names of chemicals and
# run-on words, so few that they are compared one by one.
WIDTH: Final = 24
_MASK_BITS: Final = 64
_LOW_BYTE: Final = 0xFF
# Entries that are unpacked at once: what is needed for it meanwhile stays small,
# however long the lexicon is.
_BLOCK: Final = 256 * STRIDE


@dataclass(frozen=True, slots=True)
class _Table:
    """Entries of one length: ordinals, low bytes of their letters, and their masks.

    ``letters`` has a row for each place in the entries, which are compared a place at a
    time. An entry takes twelve bytes and one a letter.
    """

    ordinals: Array
    letters: Array
    masks: Array


class FuzzyTable:
    """The letters of each entry of a lexicon, by their low bytes.

    Which is enough: the letters of one word are of one script, and what is found is
    looked at again.
    """

    def __init__(self, lexicon: TermDict) -> None:
        self._lexicon = lexicon
        pieces: dict[int, list[_Table]] = {}
        for first in range(0, len(lexicon), _BLOCK):
            for length, piece in _tabulate(lexicon, first).items():
                pieces.setdefault(length, []).append(piece)
        self._tables = {length: _join(pieces.pop(length)) for length in sorted(pieces)}

    def find_near(self, word: str, edits: int) -> Array:
        """The ordinals, ascending, of the entries at most *edits* away from *word*."""
        about = min(len(word), WIDTH + 1)
        possible = [
            _narrow_down(table, word, edits) if 0 < length <= WIDTH else table.ordinals
            for length, table in self._tables.items()
            if abs(length - about) <= edits
        ]
        if not possible:
            return np.zeros(0, np.int64)
        found = [
            ordinal
            for ordinal in np.sort(np.concatenate(possible)).tolist()
            if is_within(word, self._lexicon[ordinal].decode(), edits)
        ]
        return np.array(found, np.int64)


def _tabulate(lexicon: TermDict, first: int) -> dict[int, _Table]:
    """A table for each length of the entries from *first* on, as many as a block has.

    Entries longer than ``WIDTH`` are in one, without their letters.
    """
    points, starts = lexicon.code_points(first, min(first + _BLOCK, len(lexicon)))
    letters = (points & _LOW_BYTE).astype(np.uint8)
    lengths = np.minimum(np.diff(starts), WIDTH + 1)
    tables = {}
    for length in np.unique(lengths).tolist():
        rows = np.flatnonzero(lengths == length)
        width = length if length <= WIDTH else 0
        own = letters[starts[rows, np.newaxis] + np.arange(width)]
        # Each edit changes at most two bits.
        bits = np.left_shift(np.uint64(1), (own % _MASK_BITS).astype(np.uint64))
        masks = np.bitwise_or.reduce(bits, axis=1)
        tables[length] = _Table((rows + first).astype(np.uint32), own.T, masks)
    return tables


def _join(pieces: list[_Table]) -> _Table:
    return _Table(
        np.concatenate([piece.ordinals for piece in pieces]),
        np.concatenate([piece.letters for piece in pieces], axis=1),
        np.concatenate([piece.masks for piece in pieces]),
    )


def _narrow_down(table: _Table, word: str, edits: int) -> Array:
    """The ordinals of those in *table* whose letters there are near enough."""
    if len(word) > WIDTH:
        return table.ordinals
    # Of Python's numbers NumPy would make decimals where the highest bit is among them.
    mask = reduce(or_, (1 << ord(char) % _MASK_BITS for char in word), 0)
    differing = np.bitwise_count(table.masks ^ np.uint64(mask))
    at = np.flatnonzero(differing <= 2 * edits)
    codes = [ord(char) & _LOW_BYTE for char in word]
    near: Array = table.ordinals[at[_distances(codes, table.letters[:, at]) <= edits]]
    return near


def _distances(codes: list[int], letters: Array) -> Array:
    """The distance of *codes* from each column of *letters*.

    The table of ``search.arabic.edit_distance``, a column of it for all at once.
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
                exchanged = (letters[j - 1] == codes[i - 1]) & ~differs[j - 2]
                other = before_last[j - 2] + 1
                np.minimum(best, other, out=best, where=exchanged)
    return row[width]
