"""Arrays of small numbers with few large ones among them, kept in a narrow type.

The low bits of every number stand in an array of one or two bytes a number; what does
not fit stands beside it, by place. So one very long article does not make the positions
of all others four bytes wide.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from search.engines.whoosh.codec.chunks import Array, Pieces
from search.engines.whoosh.codec.segment_file import Sections, SegmentFile
from search.engines.whoosh.writing.inversion import narrow


def pack_narrow(name: str, values: Pieces, dtype: Any) -> Sections:
    """The sections of *values*, none below zero, with *dtype* for most of them.

    *name*           the low bits of each value
    *name*/over_at   where a value has more bits, ascending
    *name*/over      those bits; both are left out where all values fit
    """
    bits = np.iinfo(dtype).bits
    places, over = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    start = 0
    for piece in values:
        at = np.flatnonzero(piece >> bits)
        places.append(start + at)
        start += piece.size
        over.append((piece[at] >> bits).astype(np.int64))
    sections: Sections = {name: values.map(lambda piece: piece.astype(dtype), dtype)}
    if (at := np.concatenate(places)).size:
        sections[f"{name}/over_at"] = narrow(at)
        sections[f"{name}/over"] = narrow(np.concatenate(over))
    return sections


class NarrowArray:
    """Reads what ``pack_narrow`` wrote."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._low = file.section(name)
        self._bits = self._low.dtype.itemsize * 8
        self._over_at: Array | None = None
        if f"{name}/over_at" in file:
            self._over_at = file.array(f"{name}/over_at").astype(np.int64)
            self._over = file.array(f"{name}/over").astype(np.int64) << self._bits

    def read(self, start: int, stop: int) -> Array:
        """The values *start* to *stop*."""
        values = self._low.read(start, stop).astype(np.int64)
        if self._over_at is not None:
            first, last = np.searchsorted(self._over_at, (start, stop)).tolist()
            values[self._over_at[first:last] - start] += self._over[first:last]
        return values

    def take(self, at: Array) -> Array:
        """The values at the places *at*."""
        values = self._low.take(at).astype(np.int64)
        if self._over_at is not None:
            found = np.searchsorted(self._over_at, at)
            found = np.minimum(found, self._over_at.size - 1)
            values += np.where(self._over_at[found] == at, self._over[found], 0)
        return values
