"""Three compact encodings of non-negative integers and flags, with random access.

* patched: most values in a narrow dtype, the high bits of the few others beside them,
  as in PFOR (Zukowski, Héman, Nes and Boncz 2006); one very long article does not
  widen the positions of all others;
* bits: one bit a flag, with select;
* bit-sliced: 16 low bits in an array, each higher bit in an array of bits.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from search.engines.whoosh.arrays import Array, narrow
from search.engines.whoosh.codec.chunks import ChunkedArray, split_chunks
from search.engines.whoosh.codec.segment_file import Sections, SegmentFile

# Bits of a byte, the base-2 logarithm of that, and the mask of an offset in a byte.
_BYTE: Final = 8
_BYTE_SHIFT: Final = 3
_BYTE_MASK: Final = 7
# Bits that a bit-sliced array keeps in one array.
_LOW_BITS: Final = 16


def pack_patched(name: str, values: ChunkedArray, dtype: Any) -> Sections:
    """The sections of a ``PatchedArray`` of *values* whose low bits fill *dtype*.

    *name*           the low bits of each value
    *name*/over_at   the indexes of the values with more bits, ascending
    *name*/over      their high bits; both are left out if all values fit
    """
    bits = np.iinfo(dtype).bits
    indexes, high_bits = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    start = 0
    for chunk in values:
        at = np.flatnonzero(chunk >> bits)
        indexes.append(start + at)
        high_bits.append((chunk[at] >> bits).astype(np.int64))
        start += chunk.size
    sections: Sections = {name: values.map(lambda chunk: chunk.astype(dtype), dtype)}
    if (patched := np.concatenate(indexes)).size:
        sections[f"{name}/over_at"] = narrow(patched)
        sections[f"{name}/over"] = narrow(np.concatenate(high_bits))
    return sections


class PatchedArray:
    """Reads the sections of ``pack_patched``."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._low = file.section(name)
        bits = self._low.dtype.itemsize * _BYTE
        self._patched: Array | None = None
        if f"{name}/over_at" in file:
            self._patched = file.array(f"{name}/over_at").astype(np.int64)
            self._high = file.array(f"{name}/over").astype(np.int64) << bits

    def join(self) -> Array:
        """All values: int64."""
        return self.read(0, self._low.size)

    def read(self, start: int, stop: int) -> Array:
        """The values *start* to *stop* (excluded): int64."""
        values = self._low.read(start, stop).astype(np.int64)
        if self._patched is not None:
            first, last = np.searchsorted(self._patched, (start, stop)).tolist()
            values[self._patched[first:last] - start] += self._high[first:last]
        return values

    def take(self, indexes: Array) -> Array:
        """The values at the ascending *indexes*: int64."""
        values = self._low.take(indexes).astype(np.int64)
        if self._patched is not None:
            at = np.searchsorted(self._patched, indexes)
            at = np.minimum(at, self._patched.size - 1)
            values += np.where(self._patched[at] == indexes, self._high[at], 0)
        return values


def pack_sizes(name: str, sizes: Array) -> Sections:
    """The sections of *sizes*, most of which are small, for ``read_bounds``."""
    return pack_patched(name, split_chunks(sizes), np.uint8)


def read_bounds(file: SegmentFile, sizes: str, bounds: str) -> Array:
    """Where each part begins, and the end of all, from the sections of their *sizes*.

    uint[n + 1]. A segment of an earlier state of the code has the section *bounds*.
    """
    if bounds in file:
        return file.array(bounds)
    return narrow(np.concatenate(([0], np.cumsum(PatchedArray(file, sizes).join()))))


def pack_bits(name: str, flags: ChunkedArray) -> dict[str, ChunkedArray]:
    """The section of a ``BitArray`` of *flags*: eight to a byte, the first in bit 7."""
    size = (flags.size + _BYTE_MASK) >> _BYTE_SHIFT
    return {name: flags.map(np.packbits, np.uint8, size)}


def _select_table() -> Array:
    """For each byte, the offsets of its set bits, then 8: intp[256, 9].

    The last column is 8 in all rows, for a rank that not even a full byte has.
    """
    bits = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1)
    offsets = np.full((256, _BYTE + 1), _BYTE, np.intp)
    for byte, row in enumerate(bits):
        is_set = row.nonzero()[0]
        offsets[byte, : is_set.size] = is_set
    return offsets


_SELECT_IN_BYTE: Final = _select_table()


class BitArray:
    """Reads the section of ``pack_bits``."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._bytes = file.section(name)

    def read(self, start: int, stop: int) -> Array:
        """The flags *start* to *stop* (excluded) as 0 and 1: uint8."""
        first = start >> _BYTE_SHIFT
        packed = self._bytes.read(first, (stop + _BYTE_MASK) >> _BYTE_SHIFT)
        skipped = start - (first << _BYTE_SHIFT)
        return np.unpackbits(packed)[skipped : skipped + stop - start]

    def take(self, indexes: Array) -> Array:
        """The flags at the ascending *indexes* as 0 and 1: uint8."""
        packed = self._bytes.take(indexes >> _BYTE_SHIFT)
        shifts = _BYTE_MASK - (indexes & _BYTE_MASK)
        flags: Array = (packed >> shifts.astype(np.uint8)) & 1
        return flags

    def select(self, start: int, stop: int, ranks: Array) -> Array:
        """The indexes of the flags of these *ranks* among those set from *start* on.

        The first has rank 0; beyond the last one before *stop* comes *stop*. Select by
        the cumulative bit counts of bytes and a table for each byte (Jacobson 1989).
        """
        first = start >> _BYTE_SHIFT
        packed = self._bytes.read(first, (stop + _BYTE_MASK) >> _BYTE_SHIFT)
        ends = np.cumsum(np.bitwise_count(packed), dtype=np.intp)
        # The first byte may have set bits before *start*, which take the lowest ranks.
        before = (int(packed[0]) >> (_BYTE - (start & _BYTE_MASK))).bit_count()
        ranks = ranks + before
        bytes_ = np.minimum(ends.searchsorted(ranks, side="right"), ends.size - 1)
        in_byte = ranks - np.where(bytes_ > 0, ends[bytes_ - 1], 0)
        offsets = _SELECT_IN_BYTE[packed[bytes_], np.minimum(in_byte, _BYTE)]
        indexes: Array = ((first + bytes_) << _BYTE_SHIFT) + offsets
        return np.minimum(indexes, stop)


def pack_bit_sliced(
    name: str, values: ChunkedArray, top: int
) -> dict[str, ChunkedArray]:
    """The sections of a ``BitSlicedArray`` of *values*, of which *top* is the highest.

    *name*         the low 16 bits of each value, in the narrowest dtype for them
    *name*/bitN    bit N of each value, for each N from 16 to the highest bit of *top*
    """
    low = np.min_scalar_type(min(top, (1 << _LOW_BITS) - 1))
    sections = {name: values.map(lambda chunk: chunk.astype(low), low)}
    for bit in range(_LOW_BITS, top.bit_length()):
        sections |= pack_bits(f"{name}/bit{bit}", _slice_bit(values, bit))
    return sections


def _slice_bit(values: ChunkedArray, bit: int) -> ChunkedArray:
    return values.map(lambda chunk: (chunk >> bit & 1).astype(bool), bool)


class BitSlicedArray:
    """Reads the sections of ``pack_bit_sliced``."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._low = file.section(name)
        self._high: list[tuple[int, BitArray]] = []
        bit = _LOW_BITS
        while f"{name}/bit{bit}" in file:
            self._high.append((bit, BitArray(file, f"{name}/bit{bit}")))
            bit += 1

    def read(self, start: int, stop: int) -> Array:
        """The values *start* to *stop* (excluded): intp, to index arrays with."""
        values = self._low.read(start, stop).astype(np.intp)
        for bit, flags in self._high:
            values += flags.read(start, stop).astype(np.intp) << bit
        return values

    def take(self, indexes: Array) -> Array:
        """The values at the ascending *indexes*: intp, to index arrays with."""
        values = self._low.take(indexes).astype(np.intp)
        for bit, flags in self._high:
            values += flags.take(indexes).astype(np.intp) << bit
        return values
