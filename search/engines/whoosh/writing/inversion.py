"""Inversion: tokens in the order of documents, sorted by posting list.

An external sort (Knuth, The Art of Computer Programming, vol. 3, 5.4): tokens are
spilled as they come, sorted in runs that fit in memory, and the runs are merged one
range of posting lists at a time.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from search.engines.whoosh.arrays import Array, run_lengths, string_run_starts
from search.engines.whoosh.codec.chunks import CHUNK
from search.engines.whoosh.writing.spill import SpillFolder

# Tokens of a run, and the bytes of memory that sorting one takes (measured).
RUN_TOKENS: Final = 500_000
SORT_BYTES: Final = 100 * RUN_TOKENS
# The lower half of a 64-bit sort key.
_ORDER_BITS: Final = np.uint64(32)
_ORDER_MASK: Final = np.uint64(2**32 - 1)
# Bytes of memory of a part and of a document in a token buffer.
_PART_BYTES: Final = 16
_DOC_BYTES: Final = 4

# Parallel arrays: the posting list, document and position of each token.
Tokens = tuple[Array, Array, Array]


class TokenBuffer:
    """The tokens of one field by document, as term ids; they are spilled to files.

    A document consists of parts. Positions are consecutive within a part, and ascend
    within a document. ``lengths`` has the number of tokens of each complete document.
    """

    def __init__(self, spill: SpillFolder) -> None:
        self.lengths = array("I")
        self._spill_folder = spill
        self._term_ids = spill.new_buffer(np.uint32)
        # Term ids that are not spilled yet.
        self._buffer = array("I")
        self._size = 0
        self._document_start = 0
        # Of each part: its first token, the position of that, and its document.
        self._part_starts = array("Q")
        self._part_positions = array("I")
        self._part_docs = array("I")

    def ram_bytes_used(self) -> int:
        """An estimate of the bytes of memory in use."""
        return len(self._part_starts) * _PART_BYTES + len(self.lengths) * _DOC_BYTES

    def add(self, term_ids: Collection[int], *, position: int = 0) -> None:
        """Append a part to the current document, whose first token is at *position*."""
        self._part_starts.append(self._size)
        self._part_positions.append(position)
        self._part_docs.append(len(self.lengths))
        self._buffer.extend(term_ids)
        self._size += len(term_ids)

    def end_document(self) -> None:
        """Complete the current document, which may have no tokens."""
        self.lengths.append(self._size - self._document_start)
        self._document_start = self._size
        if len(self._buffer) >= CHUNK:
            self._spill()

    def extend(
        self, term_ids: Array, part_sizes: Array, part_counts: Array, *, gap: int
    ) -> None:
        """Append complete documents.

        *term_ids* are those of all their tokens, *part_sizes* the number of tokens of
        each part, *part_counts* the number of parts of each document: int64[n_docs].
        Positions skip *gap* after a part that is not empty.
        """
        docs = np.repeat(np.arange(part_counts.size), part_counts)
        ends = np.cumsum(part_sizes, dtype=np.int64)
        lengths = np.bincount(docs, weights=part_sizes, minlength=part_counts.size)
        has_tokens = part_sizes > 0
        # Positions before each part in all documents, minus those before its document.
        advances = np.where(has_tokens, part_sizes.astype(np.int64) + gap, 0)
        before = np.cumsum(advances) - advances
        first_parts = np.cumsum(part_counts, dtype=np.int64) - part_counts
        positions = before - np.append(before, 0)[first_parts][docs]
        starts = self._size + ends - part_sizes
        self._part_starts.frombytes(starts[has_tokens].tobytes())
        self._part_positions.frombytes(
            positions[has_tokens].astype(np.uint32).tobytes()
        )
        docs += len(self.lengths)
        self._part_docs.frombytes(docs[has_tokens].astype(np.uint32).tobytes())
        self.lengths.frombytes(lengths.astype(np.uint32).tobytes())
        self._spill()
        self._term_ids.append(term_ids)
        self._size += term_ids.size
        self._document_start = self._size

    def _spill(self) -> None:
        self._term_ids.append(np.array(self._buffer, np.uint32))
        self._buffer = array("I")

    def close(self) -> None:
        """Release the memory and the file of the tokens."""
        self._term_ids.close()

    def count(self, size: int) -> Array:
        """The number of tokens of each term id below *size*: int64[size]."""
        self._spill()
        counts = np.zeros(size, np.int64)
        for term_ids in self._term_ids.chunks():
            counts += np.bincount(term_ids, minlength=size)
        return counts

    def iter_sorted(self, lists: Array, n_lists: int) -> Iterator[Tokens]:
        """The tokens sorted by posting list, document and position.

        *lists* has the posting list of each term id, below *n_lists*; tokens of term
        ids with a negative one are left out. No posting list is in two of the results.
        """
        sizes = np.zeros(n_lists, np.int64)
        has_list = lists >= 0
        np.add.at(sizes, lists[has_list], self.count(lists.size)[has_list])
        runs = SortedRuns(self._spill_folder, list(partition_lists(sizes)))
        for start in range(0, self._size, RUN_TOKENS):
            stop = min(start + RUN_TOKENS, self._size)
            run_lists = lists[self._term_ids.read(start, stop)]
            chosen = run_lists >= 0
            docs, positions = self._locate(start, stop)
            runs.add(sort_tokens(run_lists[chosen], docs[chosen], positions[chosen]))
        yield from runs.iter_merged()

    def _locate(self, start: int, stop: int) -> tuple[Array, Array]:
        """The documents and positions of the tokens *start* to *stop* (excluded)."""
        starts = np.frombuffer(self._part_starts, np.int64)
        first = int(starts.searchsorted(start, side="right")) - 1
        last = int(starts.searchsorted(stop))
        bounds = np.concatenate((starts[first:last], [stop]))
        sizes = np.diff(np.maximum(bounds, start))
        docs = np.frombuffer(self._part_docs, np.uint32)[first:last]
        part_positions = np.frombuffer(self._part_positions, np.uint32)[first:last]
        # From the number of a token to its position.
        shifts = part_positions - bounds[:-1]
        return np.repeat(docs, sizes), np.arange(start, stop) + np.repeat(shifts, sizes)


class SortedRuns:
    """Sorted runs of tokens, merged one of *partitions* at a time.

    *partitions* are adjacent ranges of posting lists, from and to, of all tokens.
    """

    def __init__(
        self, spill: SpillFolder, partitions: Sequence[tuple[int, int]]
    ) -> None:
        self._bounds = [0, *(stop for _start, stop in partitions)]
        self._columns = [spill.new_buffer(np.uint32) for _ in range(3)]
        # Of each run, the first token of each partition, and the end of the last.
        self._cuts: list[list[int]] = []

    def add(self, tokens: Tokens) -> None:
        """Append a run, whose documents come after those of all runs before."""
        cuts = self._columns[0].size + np.searchsorted(tokens[0], self._bounds)
        self._cuts.append(cuts.tolist())
        for column, values in zip(self._columns, tokens, strict=True):
            column.append(values)

    def iter_merged(self) -> Iterator[Tokens]:
        """The sorted tokens of each partition; releases the runs at the end."""
        for number in range(len(self._bounds) - 1):
            lists, docs, positions = (
                np.concatenate(
                    [column.read(*cuts[number : number + 2]) for cuts in self._cuts]
                )
                if self._cuts
                else np.empty(0, column.dtype)
                for column in self._columns
            )
            yield sort_tokens(lists, docs, positions)
        for column in self._columns:
            column.close()


def partition_lists(sizes: Array) -> Iterator[tuple[int, int]]:
    """Ranges, from and to (excluded), of posting lists with about a run's tokens.

    *sizes* has the number of tokens of each list; no list is in two ranges.
    """
    partitions = np.cumsum(sizes) // RUN_TOKENS
    bounds = np.flatnonzero(np.diff(partitions)) + 1
    return pairwise([0, *bounds.tolist(), sizes.size])


def rank_terms(terms: Sequence[bytes]) -> tuple[list[bytes], Array]:
    """The distinct *terms*, sorted, and the ordinal of each of *terms* among them.

    >>> distinct, ordinals = rank_terms([b"c", b"a", b"c"])
    >>> distinct, ordinals.tolist()
    ([b'a', b'c'], [1, 0, 1])
    """
    # A set and a dictionary would take several times the memory.
    order = sorted(range(len(terms)), key=terms.__getitem__)
    in_order = [terms[at] for at in order]
    starts = string_run_starts(in_order)
    ordinals = np.empty(len(terms), np.int64)
    ordinals[order] = np.repeat(np.arange(starts.size), run_lengths(starts, len(terms)))
    return [in_order[at] for at in starts.tolist()], ordinals


def sort_tokens(lists: Array, docs: Array, positions: Array) -> Tokens:
    """Parallel arrays sorted by posting list, document and position.

    The tokens of each list must be in the order of documents and positions. The sort
    key is the list and the index of the token in one 64-bit number: sorting numbers is
    several times faster than a stable sort by one key or a sort by three.
    """
    keys = lists.astype(np.uint64) << _ORDER_BITS
    keys |= np.arange(lists.size, dtype=np.uint64)
    keys.sort()
    order = (keys & _ORDER_MASK).astype(np.intp)
    return (keys >> _ORDER_BITS).astype(np.intp), docs[order], positions[order]
