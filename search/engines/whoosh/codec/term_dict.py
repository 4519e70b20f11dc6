"""A dictionary of sorted terms, looked up in the mapped file.

An ordinal is the number of a term in sorted order. A sparse index holds the offset of
every 32nd term, and a number made of its first bytes to find its block by bisection;
within a block the sizes of the terms give their offsets.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

import numpy as np

from search.engines.whoosh.arrays import Array, narrow
from search.engines.whoosh.codec.segment_file import SegmentFile

# Terms in a block, and bytes in the head of its first term.
STRIDE: Final = 32
_HEAD_BYTES: Final = 8
# Terms that can be scanned in the time of one lookup (measured).
_SCANNED_PER_LOOKUP: Final = 100
# Terms that are read from the file at once, a multiple of STRIDE.
_READ_TERMS: Final = 256 * STRIDE
# Higher than any byte of UTF-8: a prefix and this byte end the range of the prefix.
_AFTER_ALL: Final = b"\xff"
# Continuation bytes of UTF-8 are 10xxxxxx.
_CONTINUATION_MASK: Final = 0xC0
_CONTINUATION: Final = 0x80


@dataclass(frozen=True, slots=True)
class TermLetters:
    """The letters of all terms of a dictionary, one term after the other.

    ``points``: uint8, uint16 or uint32[n_letters], their code points.
    ``starts``: int64[n_terms + 1], where each term begins, and the end of the last.
    """

    points: Array
    starts: Array


@dataclass(frozen=True, slots=True)
class _Terms:
    """Some terms in *text*, their offsets in the file, the ordinal of the *first*."""

    first: int
    text: bytes
    offsets: list[int]

    def seek(self, term: bytes) -> tuple[int, bytes | None]:
        """The ordinal of the first term that is not less than *term*, and that term.

        Behind the last of these terms there is ``None``.
        """
        text, offsets = self.text, self.offsets
        base, low, high = offsets[0], 0, len(offsets) - 1
        last = high
        while low < high:
            middle = (low + high) // 2
            if text[offsets[middle] - base : offsets[middle + 1] - base] < term:
                low = middle + 1
            else:
                high = middle
        if low == last:
            return self.first + low, None
        return self.first + low, text[offsets[low] - base : offsets[low + 1] - base]


class TermDict:
    """Reads the sections *name* of ``pack_terms``: sorted, distinct byte strings.

    By ordinals only it reads those of ``pack_strings`` too, which are not sorted.
    """

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._bytes = file.section(f"{name}/bytes")
        self._sizes = file.section(f"{name}/sizes")
        self._blocks = file.section(f"{name}/blocks")
        self._heads = (
            file.array(f"{name}/heads").data if f"{name}/heads" in file else ()
        )

    def __len__(self) -> int:
        return self._sizes.size

    def __getitem__(self, ordinal: int) -> bytes:
        block = ordinal // STRIDE
        offsets = self._offsets(block * STRIDE, ordinal + 1)
        return self._bytes.read_bytes(offsets[-2], offsets[-1])

    def _offsets(self, first: int, last: int) -> list[int]:
        """The byte offsets of the terms *first* to *last* - 1, and the end of the last.

        *first* is a multiple of ``STRIDE``.
        """
        if first >= last:
            return [0]
        [start] = self._blocks.read(first // STRIDE, first // STRIDE + 1).tolist()
        return list(accumulate(self._sizes.read(first, last).tolist(), initial=start))

    def __iter__(self) -> Iterator[bytes]:
        for first in range(0, len(self), _READ_TERMS):
            last = min(first + _READ_TERMS, len(self))
            offsets = self._offsets(first, last)
            base = offsets[0]
            text = self._bytes.read_bytes(base, offsets[-1])
            for start, stop in pairwise(offsets):
                yield text[start - base : stop - base]

    def iter_at(self, ordinals: Array) -> Iterator[bytes]:
        """The terms with these *ordinals*, which may be in any order."""
        if len(ordinals) * _SCANNED_PER_LOOKUP < len(self):
            yield from map(self.__getitem__, ordinals.tolist())
            return
        text, offsets = self._read_all()
        for first in range(0, len(ordinals), _READ_TERMS):
            chosen = ordinals[first : first + _READ_TERMS]
            starts, stops = offsets[chosen].tolist(), offsets[chosen + 1].tolist()
            for start, stop in zip(starts, stops, strict=True):
                yield text[start:stop]

    def lower_bound(self, term: bytes) -> int:
        """The ordinal of the first term not less than *term*; the length if none is."""
        return self._seek(term)[0]

    def find(self, term: bytes) -> int | None:
        """The ordinal of *term*; ``None`` if it is not here."""
        ordinal, found = self._seek(term)
        return ordinal if found == term else None

    def find_all(self, terms: Collection[bytes]) -> Array:
        """The ordinals of those of *terms* that are here: int64, ascending."""
        if len(terms) * _SCANNED_PER_LOOKUP < len(self):
            ordinals = list(self._find_sorted(sorted(terms)))
        else:
            distinct = frozenset(terms)
            ordinals = [
                ordinal for ordinal, term in enumerate(self) if term in distinct
            ]
        return np.array(ordinals, np.int64)

    def _find_sorted(self, terms: Iterable[bytes]) -> Iterator[int]:
        """The ordinals of *terms*, which are sorted: a block is read once for many."""
        bounds, block = (0, 0), _Terms(0, b"", [0])
        # The first term here that is not less than the one that was looked up last.
        ordinal, found = 0, None
        for term in terms:
            if found is None or found < term:
                if (other := self._bounds(term)) != bounds:
                    bounds, block = other, self._read(*other)
                ordinal, found = block.seek(term)
            if found == term:
                yield ordinal

    def _seek(self, term: bytes) -> tuple[int, bytes | None]:
        return self._read(*self._bounds(term)).seek(term)

    def _read(self, first: int, last: int) -> _Terms:
        """The terms *first* to *last* - 1; *first* is a multiple of ``STRIDE``."""
        offsets = self._offsets(first, last)
        text = self._bytes.read_bytes(offsets[0], offsets[-1])
        return _Terms(first, text, offsets)

    def _bounds(self, term: bytes) -> tuple[int, int]:
        """The ordinals, from and to (excluded), of the blocks that may hold *term*."""
        if not len(self._heads):
            return 0, len(self)
        head = _head(term)
        before = bisect_left(self._heads, head)
        after = bisect_right(self._heads, head, lo=before)
        return max(0, before - 1) * STRIDE, min(len(self), after * STRIDE)

    def code_points(self, first: int, last: int) -> tuple[Array, Array]:
        """The code points of the terms *first* to *last* - 1, and their offsets.

        The code points, uint32, are those of one term after the other; the offsets,
        int64, are those of the terms among them, and the end of the last term.
        *first* is a multiple of ``STRIDE``.
        """
        offsets = np.array(self._offsets(first, last), np.int64)
        text = self._bytes.read_bytes(int(offsets[0]), int(offsets[-1]))
        points = np.frombuffer(text.decode().encode("utf-32-le"), np.uint32)
        lead_bits = np.frombuffer(text, np.uint8) & _CONTINUATION_MASK
        points_before = np.concatenate(([0], np.cumsum(lead_bits != _CONTINUATION)))
        return points, points_before[offsets - offsets[0]]

    def letters(self) -> TermLetters:
        """The letters of all terms, for comparisons on arrays."""
        points, starts = self.code_points(0, len(self))
        return TermLetters(narrow(points), starts)

    def containing(self, part: bytes) -> list[int]:
        """The ordinals, ascending, of the terms that may contain *part*.

        All terms are searched as one string, so that a term is among them, too, which
        ends with the beginning of *part* and is followed by the rest of it.
        """
        if not part:
            return list(range(len(self)))
        text, offsets = self._read_all()
        matches = []
        at = text.find(part)
        while at != -1:
            matches.append(at)
            at = text.find(part, at + 1)
        ordinals = np.searchsorted(offsets, np.array(matches), side="right") - 1
        return [int(ordinal) for ordinal in np.unique(ordinals)]

    def _read_all(self) -> tuple[bytes, Array]:
        """All terms in one string; their byte offsets, and the end of the last."""
        offsets = np.zeros(len(self) + 1, np.int64)
        np.cumsum(self._sizes.read(0, len(self)), out=offsets[1:])
        return self._bytes.read_bytes(0, int(offsets[-1])), offsets

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """The ordinals, from and to (excluded), of the terms with this *prefix*."""
        return self.lower_bound(prefix), self.lower_bound(prefix + _AFTER_ALL)


def pack_terms(name: str, terms: Sequence[bytes]) -> dict[str, Array]:
    """The sections of a ``TermDict`` of *terms*, which are sorted and distinct.

    sizes    the size of each term in bytes
    blocks   the byte offset of every 32nd term
    bytes    the terms, one after the other
    heads    the first eight bytes of every 32nd term as a number; not of a single block
    """
    sections = pack_strings(name, terms)
    if len(terms) > STRIDE:
        heads = [_head(term) for term in terms[::STRIDE]]
        sections[f"{name}/heads"] = np.array(heads, np.uint64)
    return sections


def pack_strings(name: str, strings: Sequence[bytes]) -> dict[str, Array]:
    """The sections of a ``TermDict`` of *strings* that are read by ordinals only."""
    sizes = np.fromiter(map(len, strings), np.int64, len(strings))
    return {
        **pack_sizes(name, sizes),
        f"{name}/bytes": np.frombuffer(b"".join(strings), np.uint8),
    }


def pack_sizes(name: str, sizes: Array) -> dict[str, Array]:
    """The sections that give the place of strings of these *sizes* in bytes."""
    return {
        f"{name}/sizes": narrow(sizes),
        f"{name}/blocks": narrow((np.cumsum(sizes) - sizes)[::STRIDE]),
    }


def _head(term: bytes) -> int:
    """The first bytes of *term* as a number, which orders as they do."""
    return int.from_bytes(term[:_HEAD_BYTES].ljust(_HEAD_BYTES, b"\0"), "big")
