"""Arrays of small numbers with few large ones among them, kept in a narrow type.

The low bits of every number stand in an array of one or two bytes a number; what does
not fit stands beside it, by place. So one very long article does not make the positions
of all others four bytes wide.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from search.engines.whoosh.inversion import narrow
from search.engines.whoosh.segment_file import Array, SegmentFile


def pack_narrow(name: str, values: Array, dtype: Any) -> dict[str, Array]:
    """The sections of *values*, none below zero, with *dtype* for most of them.

    *name*           the low bits of each value
    *name*/over_at   where a value has more bits, ascending
    *name*/over      those bits; both are left out where all values fit
    """
    bits = np.iinfo(dtype).bits
    at = np.flatnonzero(values >> bits)
    sections = {name: values.astype(dtype)}
    if at.size:
        sections[f"{name}/over_at"] = narrow(at)
        sections[f"{name}/over"] = narrow(values[at] >> bits)
    return sections


class NarrowArray:
    """Reads what ``pack_narrow`` wrote."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._file = file
        self._name = name
        self._over_at: Array | None = None
        if f"{name}/over_at" in file:
            self._over_at = file.array(f"{name}/over_at")
            self._over = file.array(f"{name}/over")
            self._bits = file.dtype(name).itemsize * 8

    def read(self, starts: Array, stops: Array) -> Array:
        """The values of all spans, one span after the other."""
        low = self._file.spans(self._name, starts, stops)
        if self._over_at is None:
            return low
        first = np.searchsorted(self._over_at, starts)
        last = np.searchsorted(self._over_at, stops)
        begins = np.cumsum(stops - starts) - (stops - starts)
        touched = np.flatnonzero(first < last)
        if not touched.size:
            return low
        values = low.astype(np.int64)
        for span in touched.tolist():
            over = slice(int(first[span]), int(last[span]))
            at = self._over_at[over].astype(np.int64) - starts[span] + begins[span]
            values[at] += self._over[over].astype(np.int64) << self._bits
        return values
