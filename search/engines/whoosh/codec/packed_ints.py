"""Arrays of small numbers with few large ones among them, kept in a narrow type.

The low bits of every number stand in an array of one or two bytes a number; what does
not fit stands beside it, by place. So one very long article does not make the positions
of all others four bytes wide.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from search.engines.whoosh.arrays import Array, narrow
from search.engines.whoosh.codec.chunks import ChunkedArray
from search.engines.whoosh.codec.segment_file import Sections, SegmentFile


def pack_patched(name: str, values: ChunkedArray, dtype: Any) -> Sections:
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


class PatchedArray:
    """Reads what ``pack_patched`` wrote."""

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


_LOW_BITS: Final = 16
# Bits of a byte, their number as a power of two, and the number of the last of them.
_BYTE: Final = 8
_BYTE_SHIFT: Final = 3
_LAST_BIT: Final = 7


def _places_in_byte() -> Array:
    """For each byte and rank where the bit of that rank is; 8 if there is none.

    Of rank 8 there is none even where all bits are set.
    """
    bits = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1)
    places = np.full((256, _BYTE + 1), _BYTE, np.intp)
    for byte, row in enumerate(bits):
        found = row.nonzero()[0]
        places[byte, : found.size] = found
    return places


_PLACE_IN_BYTE: Final = _places_in_byte()


def pack_bits(name: str, flags: ChunkedArray) -> dict[str, ChunkedArray]:
    """The section of the truths *flags*, eight to a byte."""
    size = (flags.size + _LAST_BIT) >> _BYTE_SHIFT
    return {name: flags.map(np.packbits, np.uint8, size)}


class BitArray:
    """Reads what ``pack_bits`` wrote."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._bytes = file.section(name)

    def read(self, start: int, stop: int) -> Array:
        """The truths *start* to *stop*, as an array of 0 and 1 of one byte each."""
        first = start >> _BYTE_SHIFT
        packed = self._bytes.read(first, (stop + _LAST_BIT) >> _BYTE_SHIFT)
        begin = start - (first << _BYTE_SHIFT)
        return np.unpackbits(packed)[begin : begin + stop - start]

    def select(self, start: int, stop: int, ranks: Array) -> Array:
        """Where the truths from *start* to *stop* are true for the time *ranks*[i].

        The first is of rank 0; a rank that is too high is at *stop*. The places of
        bits by whole bytes of known sums, as in Jacobson (1989).
        """
        first = start >> _BYTE_SHIFT
        packed = self._bytes.read(first, (stop + _LAST_BIT) >> _BYTE_SHIFT)
        ends = np.cumsum(np.bitwise_count(packed), dtype=np.intp)
        # Bits of the first byte before the start are none of those asked for.
        before = (int(packed[0]) >> (_BYTE - (start & _LAST_BIT))).bit_count()
        wanted = ranks + before
        bytes_ = np.minimum(ends.searchsorted(wanted, side="right"), ends.size - 1)
        within = wanted - np.where(bytes_ > 0, ends[bytes_ - 1], 0)
        places = _PLACE_IN_BYTE[packed[bytes_], np.minimum(within, _BYTE)]
        found: Array = ((first + bytes_) << _BYTE_SHIFT) + places
        return np.minimum(found, stop)

    def take(self, at: Array) -> Array:
        """The truths at the places *at*, as an array of 0 and 1 of one byte each."""
        packed = self._bytes.take(at >> _BYTE_SHIFT)
        shifts = _LAST_BIT - (at & _LAST_BIT)
        found: Array = (packed >> shifts.astype(np.uint8)) & 1
        return found


def pack_bit_sliced(
    name: str, values: ChunkedArray, top: int
) -> dict[str, ChunkedArray]:
    """The sections of *values*, none below zero, of which *top* is the highest.

    *name*         their low sixteen bits, or fewer where those are enough
    *name*/bitN    the bit N above them, one section a bit
    """
    low = np.min_scalar_type(min(top, (1 << _LOW_BITS) - 1))
    sections = {name: values.map(lambda piece: piece.astype(low), low)}
    for bit in range(_LOW_BITS, top.bit_length()):
        sections |= pack_bits(f"{name}/bit{bit}", _take_bit(values, bit))
    return sections


def _take_bit(values: ChunkedArray, bit: int) -> ChunkedArray:
    return values.map(lambda piece: (piece >> bit & 1).astype(bool), bool)


class BitSlicedArray:
    """Reads what ``pack_bit_sliced`` wrote."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._low = file.section(name)
        self._high: list[tuple[int, BitArray]] = []
        bit = _LOW_BITS
        while f"{name}/bit{bit}" in file:
            self._high.append((bit, BitArray(file, f"{name}/bit{bit}")))
            bit += 1

    def read(self, start: int, stop: int) -> Array:
        """The values *start* to *stop*, as numbers that index an array."""
        values = self._low.read(start, stop).astype(np.intp)
        for bit, flags in self._high:
            values += flags.read(start, stop).astype(np.intp) << bit
        return values

    def take(self, at: Array) -> Array:
        """The values at the places *at*, as numbers that index an array."""
        values = self._low.take(at).astype(np.intp)
        for bit, flags in self._high:
            values += flags.take(at).astype(np.intp) << bit
        return values
