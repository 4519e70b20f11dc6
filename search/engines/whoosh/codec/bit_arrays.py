"""Sections of truths, and of numbers in two bytes and a few bits.

Documents are numbered with as many bits as there are documents: the low sixteen stand
in one array, each bit above them in an array of bits. So the numbers of an archive of
100,000 articles take little more than those of 65,000.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from search.engines.whoosh.codec.chunks import Array, Pieces
from search.engines.whoosh.codec.segment_file import SegmentFile

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


def pack_bits(name: str, flags: Pieces) -> dict[str, Pieces]:
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


def pack_numbers(name: str, values: Pieces, top: int) -> dict[str, Pieces]:
    """The sections of *values*, none below zero, of which *top* is the highest.

    *name*         their low sixteen bits, or fewer where those are enough
    *name*/bitN    the bit N above them, one section a bit
    """
    low = np.min_scalar_type(min(top, (1 << _LOW_BITS) - 1))
    sections = {name: values.map(lambda piece: piece.astype(low), low)}
    for bit in range(_LOW_BITS, top.bit_length()):
        sections |= pack_bits(f"{name}/bit{bit}", _take_bit(values, bit))
    return sections


def _take_bit(values: Pieces, bit: int) -> Pieces:
    return values.map(lambda piece: (piece >> bit & 1).astype(bool), bool)


class NumberArray:
    """Reads what ``pack_numbers`` wrote."""

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
