"""The sorted terms of one field in one segment, looked up without being unpacked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

import numpy as np

from search.engines.whoosh.arrays import Array, narrow
from search.engines.whoosh.codec.segment_file import SegmentFile

# Terms between two of which the heads are kept, and bytes of a head.
STRIDE: Final = 32
_HEAD_BYTES: Final = 8
# Terms that are read one after the other in the time of seeking one of them.
_READ_WHILE_SOUGHT: Final = 100
# Terms that are read at once, a multiple of STRIDE.
_STRETCH: Final = 256 * STRIDE
# Above every byte of UTF-8, so that a prefix and this byte end the prefix's range.
_AFTER_ALL = b"\xff"
# Bytes of UTF-8 that go on with a letter are 10xxxxxx.
_CONTINUES, _CONTINUATION = 0xC0, 0x80


class TermDict:
    """Sorted byte strings in the sections that ``pack_terms`` makes under *name*."""

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
        """Where the terms *first* to *last* - 1 begin, and where the last ends.

        *first* is the beginning of a block.
        """
        if first >= last:
            return [0]
        [start] = self._blocks.read(first // STRIDE, first // STRIDE + 1).tolist()
        return list(accumulate(self._sizes.read(first, last).tolist(), initial=start))

    def __iter__(self) -> Iterator[bytes]:
        for first in range(0, len(self), _STRETCH):
            last = min(first + _STRETCH, len(self))
            offsets = self._offsets(first, last)
            start = offsets[0]
            text = self._bytes.read_bytes(start, offsets[-1])
            for begin, end in pairwise(offsets):
                yield text[begin - start : end - start]

    def iter_at(self, ordinals: Array) -> Iterator[bytes]:
        """The terms with these *ordinals*, in any order."""
        everything, offsets = self._all()
        for first in range(0, len(ordinals), _STRETCH):
            chosen = ordinals[first : first + _STRETCH]
            begins, ends = offsets[chosen].tolist(), offsets[chosen + 1].tolist()
            for begin, end in zip(begins, ends, strict=True):
                yield everything[begin:end]

    def lower_bound(self, term: bytes) -> int:
        """The ordinal of the first term not before *term*; the length if none."""
        return self._seek(term)[0]

    def find(self, term: bytes) -> int | None:
        """The ordinal of *term*, or ``None``."""
        at, found = self._seek(term)
        return at if found == term else None

    def find_all(self, terms: Collection[bytes]) -> Array:
        """The ordinals, ascending, of those of *terms* that are here."""
        if len(terms) * _READ_WHILE_SOUGHT < len(self):
            sought = map(self.find, terms)
            found = sorted(ordinal for ordinal in sought if ordinal is not None)
        else:
            wanted = frozenset(terms)
            found = [ordinal for ordinal, term in enumerate(self) if term in wanted]
        return np.array(found, np.int64)

    def _seek(self, term: bytes) -> tuple[int, bytes | None]:
        """The ordinal of the first term not before *term*, and that term.

        ``None`` stands for it where it is not in the block that *term* belongs to,
        and then it is another.
        """
        low, high = self._bounds(term)
        offsets = self._offsets(low, high)
        first = offsets[0]
        text = self._bytes.read_bytes(first, offsets[-1])
        base, end = low, high
        while low < end:
            middle = (low + end) // 2
            at = middle - base
            if text[offsets[at] - first : offsets[at + 1] - first] < term:
                low = middle + 1
            else:
                end = middle
        at = low - base
        if low == high:
            return low, None
        return low, text[offsets[at] - first : offsets[at + 1] - first]

    def _bounds(self, term: bytes) -> tuple[int, int]:
        """Ordinals between which *term* belongs, few of them where terms are many."""
        if not len(self._heads):
            return 0, len(self)
        head = _head(term)
        before = bisect_left(self._heads, head)
        after = bisect_right(self._heads, head, lo=before)
        return max(0, before - 1) * STRIDE, min(len(self), after * STRIDE)

    def sizes(self, first: int, last: int) -> Array:
        """How many bytes each of the terms *first* to *last* - 1 has."""
        return self._sizes.read(first, last).astype(np.int64)

    def code_points(self, first: int, last: int) -> tuple[Array, Array]:
        """The letters of the terms *first* to *last* - 1, and where each one's begin.

        *first* is the beginning of a block. The letters are in one array, in which the
        last place is the end of the last term.
        """
        offsets = np.array(self._offsets(first, last), np.int64)
        text = self._bytes.read_bytes(int(offsets[0]), int(offsets[-1]))
        points = np.frombuffer(text.decode().encode("utf-32-le"), np.uint32)
        is_letter = (np.frombuffer(text, np.uint8) & _CONTINUES) != _CONTINUATION
        letters_before = np.concatenate(([0], np.cumsum(is_letter)))
        return points, letters_before[offsets - offsets[0]]

    def containing(self, part: bytes) -> list[int]:
        """The ordinals of the terms that *part* is in, found in all bytes at once.

        Some may only have its beginning, where the next term goes on with its end.
        """
        if not part:
            return list(range(len(self)))
        everything, offsets = self._all()
        found = []
        at = everything.find(part)
        while at != -1:
            found.append(at)
            at = everything.find(part, at + 1)
        ordinals = np.searchsorted(offsets, np.array(found), side="right") - 1
        return [int(ordinal) for ordinal in np.unique(ordinals)]

    def _all(self) -> tuple[bytes, Array]:
        """All terms one behind the other, and where each begins and the last ends."""
        offsets = np.zeros(len(self) + 1, np.int64)
        np.cumsum(self._sizes.read(0, len(self)), out=offsets[1:])
        return self._bytes.read_bytes(0, int(offsets[-1])), offsets

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """The ordinals, first and one past the last, of terms that begin so."""
        return self.lower_bound(prefix), self.lower_bound(prefix + _AFTER_ALL)


def pack_terms(name: str, terms: Sequence[bytes]) -> dict[str, Array]:
    """The sections of a lexicon that holds the sorted *terms*.

    sizes    how many bytes each term has
    blocks   where every 32nd term begins in bytes
    bytes    the terms, one behind the other
    heads    the first eight bytes of every 32nd term as a number; not in a small one
    """
    sections = pack_strings(name, terms)
    if len(terms) > STRIDE:
        heads = [_head(term) for term in terms[::STRIDE]]
        sections[f"{name}/heads"] = np.array(heads, np.uint64)
    return sections


def pack_strings(name: str, strings: Sequence[bytes]) -> dict[str, Array]:
    """The sections of *strings* that are read by their ordinals only."""
    sizes = np.fromiter(map(len, strings), np.int64, len(strings))
    return {
        **pack_sizes(name, sizes),
        f"{name}/bytes": np.frombuffer(b"".join(strings), np.uint8),
    }


def pack_sizes(name: str, sizes: Array) -> dict[str, Array]:
    """Those of the sections of strings that tell where each of them is."""
    return {
        f"{name}/sizes": narrow(sizes),
        f"{name}/blocks": narrow((np.cumsum(sizes) - sizes)[::STRIDE]),
    }


def _head(term: bytes) -> int:
    """A number that orders as the first bytes of *term* do."""
    return int.from_bytes(term[:_HEAD_BYTES].ljust(_HEAD_BYTES, b"\0"), "big")
