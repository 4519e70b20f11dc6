"""From tokens in document order to sorted postings: runs of machine words, merged."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from search.engines.whoosh.arrays import Array, run_lengths, string_run_starts
from search.engines.whoosh.codec.chunks import CHUNK
from search.engines.whoosh.writing.spill import SpillFolder

# Bits of a key below those of its list.
_PLACE_BITS: Final = np.uint64(32)
_PLACE_MASK: Final = np.uint64(2**32 - 1)
# Bytes of a part in a stream, and of one number.
_PART_BYTES: Final = 16
_NUMBER_BYTES: Final = 4
# Tokens sorted at a time; one takes some 100 bytes meanwhile.
STRETCH: Final = 500_000
SORTING_BYTES: Final = 100 * STRETCH

# Parallel arrays: the list, document and position of each token.
Tokens = tuple[Array, Array, Array]


class TokenStream:
    """The tokens of one field, document by document, as numbers of their terms.

    They come in parts, in which positions go on by one: ``add`` takes the numbers of
    one part, and ``end_document`` closes a document; ``extend`` takes documents at
    once. Positions of one document must grow.
    """

    def __init__(self, scratch: SpillFolder) -> None:
        self.lengths = array("I")
        self._scratch = scratch
        self._terms = scratch.spool(np.uint32)
        self._waiting = array("I")
        self._size = 0
        self._part_starts = array("Q")
        self._part_positions = array("I")
        self._part_docs = array("I")
        self._document_start = 0

    def measure(self) -> int:
        """About how many bytes of memory it takes."""
        return len(self._part_starts) * _PART_BYTES + len(self.lengths) * _NUMBER_BYTES

    def add(self, numbers: Collection[int], *, position: int = 0) -> None:
        """Append the tokens with these *numbers*, which stand from *position* on."""
        self._part_starts.append(self._size)
        self._part_positions.append(position)
        self._part_docs.append(len(self.lengths))
        self._waiting.extend(numbers)
        self._size += len(numbers)

    def end_document(self) -> None:
        """Close the current document, which may have no token."""
        self.lengths.append(self._size - self._document_start)
        self._document_start = self._size
        if len(self._waiting) >= CHUNK:
            self._spill()

    def extend(self, numbers: Array, parts: Array, docs: Array, *, gap: int) -> None:
        """Append whole documents with the tokens of these *numbers*.

        *parts* are the sizes of their parts, *docs* how many parts each document has.
        Positions leave out *gap* places behind a part that is not empty.
        """
        owners = np.repeat(np.arange(docs.size), docs)
        ends = np.cumsum(parts, dtype=np.int64)
        lengths = np.bincount(owners, weights=parts, minlength=docs.size)
        full = parts > 0
        # Places before a part, and those of them before its document.
        steps = np.where(full, parts.astype(np.int64) + gap, 0)
        before = np.cumsum(steps) - steps
        firsts = np.cumsum(docs, dtype=np.int64) - docs
        positions = before - np.append(before, 0)[firsts][owners]
        self._part_starts.frombytes((self._size + ends - parts)[full].tobytes())
        self._part_positions.frombytes(positions[full].astype(np.uint32).tobytes())
        owners += len(self.lengths)
        self._part_docs.frombytes(owners[full].astype(np.uint32).tobytes())
        self.lengths.frombytes(lengths.astype(np.uint32).tobytes())
        self._spill()
        self._terms.append(numbers)
        self._size += numbers.size
        self._document_start = self._size

    def _spill(self) -> None:
        self._terms.append(np.array(self._waiting, np.uint32))
        self._waiting = array("I")

    def close(self) -> None:
        """Give the room of the tokens back."""
        self._terms.close()

    def counts(self, size: int) -> Array:
        """How many tokens each of *size* numbers has."""
        self._spill()
        counts = np.zeros(size, np.int64)
        for terms in self._terms.pieces():
            counts += np.bincount(terms, minlength=size)
        return counts

    def iter_sorted(self, lists: Array, size: int) -> Iterator[Tokens]:
        """The tokens by list, document and position, a stretch of lists at a time.

        *lists* gives each number one of *size* lists, or less than 0 for none. What is
        more than one stretch is sorted in runs, which are then merged (Knuth, The Art
        of Computer Programming, vol. 3, 5.4).
        """
        sizes = np.zeros(size, np.int64)
        has_list = lists >= 0
        np.add.at(sizes, lists[has_list], self.counts(lists.size)[has_list])
        stretches = list(iter_stretches(sizes))
        runs = Runs(self._scratch, stretches)
        for start in range(0, self._size, STRETCH):
            stop = min(start + STRETCH, self._size)
            owners = lists[self._terms.read(start, stop)]
            chosen = owners >= 0
            docs, positions = self._places(start, stop)
            runs.add(sort_tokens(owners[chosen], docs[chosen], positions[chosen]))
        yield from runs.iter_merged()

    def _places(self, start: int, stop: int) -> tuple[Array, Array]:
        """The documents and positions of the tokens *start* to *stop*."""
        starts = np.frombuffer(self._part_starts, np.int64)
        first = int(starts.searchsorted(start, side="right")) - 1
        last = int(starts.searchsorted(stop))
        bounds = np.concatenate((starts[first:last], [stop]))
        sizes = np.diff(np.maximum(bounds, start))
        docs = np.frombuffer(self._part_docs, np.uint32)[first:last]
        shifts = (
            np.frombuffer(self._part_positions, np.uint32)[first:last] - bounds[:-1]
        )
        return np.repeat(docs, sizes), np.arange(start, stop) + np.repeat(shifts, sizes)


class Runs:
    """Sorted runs of tokens, merged a stretch of lists at a time.

    *stretches* are lists, from and to, that together have all tokens.
    """

    def __init__(
        self, scratch: SpillFolder, stretches: Sequence[tuple[int, int]]
    ) -> None:
        self._bounds = [0, *(last for _first, last in stretches)]
        self._columns = [scratch.spool(np.uint32) for _ in range(3)]
        # For each run where its tokens of each stretch begin, and the last end.
        self._cuts: list[list[int]] = []

    def add(self, tokens: Tokens) -> None:
        """Take the next run, whose documents come after those of all runs before."""
        cuts = self._columns[0].size + np.searchsorted(tokens[0], self._bounds)
        self._cuts.append(cuts.tolist())
        for column, values in zip(self._columns, tokens, strict=True):
            column.append(values)

    def iter_merged(self) -> Iterator[Tokens]:
        """The tokens of all runs, sorted, stretch by stretch; they are gone then."""
        for stretch in range(len(self._bounds) - 1):
            lists, docs, positions = (
                np.concatenate(
                    [column.read(*cuts[stretch : stretch + 2]) for cuts in self._cuts]
                )
                if self._cuts
                else np.empty(0, column.dtype)
                for column in self._columns
            )
            yield sort_tokens(lists, docs, positions)
        for column in self._columns:
            column.close()


def iter_stretches(sizes: Array) -> Iterator[tuple[int, int]]:
    """Lists of these *sizes* in stretches of ``STRETCH`` tokens or so, from and to."""
    stretches = np.cumsum(sizes) // STRETCH
    bounds = np.flatnonzero(np.diff(stretches)) + 1
    return pairwise([0, *bounds.tolist(), sizes.size])


def rank_terms(terms: Sequence[bytes]) -> tuple[list[bytes], Array]:
    """The distinct *terms* sorted, and the rank among them of each of *terms*.

    >>> distinct, ranks = rank_terms([b"c", b"a", b"c"])
    >>> distinct, ranks.tolist()
    ([b'a', b'c'], [1, 0, 1])
    """
    # A set and a dictionary would take several times the memory.
    order = sorted(range(len(terms)), key=terms.__getitem__)
    in_order = [terms[at] for at in order]
    firsts = string_run_starts(in_order)
    ranks = np.empty(len(terms), np.int64)
    ranks[order] = np.repeat(np.arange(firsts.size), run_lengths(firsts, len(terms)))
    return [in_order[at] for at in firsts.tolist()], ranks


def sort_tokens(lists: Array, docs: Array, positions: Array) -> Tokens:
    """The three parallel arrays sorted by list, document and position.

    The tokens of one list must come in the order of their documents and positions. So
    a list and the place of a token make one machine word, and plain words are sorted
    several times faster than by three keys.
    """
    keys = lists.astype(np.uint64) << _PLACE_BITS
    keys |= np.arange(lists.size, dtype=np.uint64)
    keys.sort()
    order = (keys & _PLACE_MASK).astype(np.intp)
    return (keys >> _PLACE_BITS).astype(np.intp), docs[order], positions[order]
