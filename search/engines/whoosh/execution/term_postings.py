"""The postings of a term query over all segments, from the first read to the cache."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array, run_starts
from search.engines.whoosh.codec.families import PostingLists
from search.engines.whoosh.codec.postings import FieldPostings, Occurrences
from search.engines.whoosh.execution.bm25 import TfWeights, tf_weights

# Where all postings are so many times as many as those wanted, it is faster to read
# the wanted ones singly.
_FEW: Final = 8
# Where the index has so many times as many documents as there are postings, sorting
# the postings is faster than a table of all documents.
_SPARSE: Final = 32

# Bytes of an instance with its key and, mostly, one segment; a term that no document
# has takes as many.
_OWN_BYTES: Final = 1_500


class SegmentPostings(NamedTuple):
    """The posting lists of a term query in one segment.

    *base* is the number of the segment's first document in the whole index.
    """

    field: FieldPostings
    lists: PostingLists
    base: int

    def read_docs(self) -> Array:
        """The document of each posting, numbered throughout the index: int64[n]."""
        docs = self.field.docs(self.lists)
        return docs + self.base if self.base else docs


class TermPostings:
    """The postings of all terms of a term query in a field, over all segments.

    Documents come list by list, a document once for each of its terms, or merged,
    ascending and distinct. *count* is the number of documents in the index.

    An instance lives as long as it is cached: postings are read when they are first
    needed, ``weights`` makes BM25's term frequency weights of them, ``compact`` gives
    up what the next search can do without.
    """

    def __init__(self, count: int, segments: Sequence[SegmentPostings]) -> None:
        self._count = count
        self._segments = segments
        self._weights: TfWeights | None = None
        self._is_read = False
        self._has_positions_read = False
        self._compacted: tuple[bool, bool] | None = None
        self.is_warm = False
        """Whether a search before this one has cached it."""
        self.size = sum(one.field.size(one.lists) for one in segments)
        """The number of postings."""
        self.is_one_list = all(len(one.lists) == 1 for one in segments)
        """Whether the documents are distinct, there being one term."""
        self._doc_freq: int | None = self.size if self.is_one_list else None
        self.release()

    def release(self) -> None:
        """Give up the postings that were read; they are read again when needed."""
        self._docs: list[Array | None] = [None] * len(self._segments)
        self._occurrences: list[Occurrences | None] = [None] * len(self._segments)

    def _read_docs(self) -> list[Array]:
        self._is_read = True
        docs = self._docs
        for number, segment in enumerate(self._segments):
            if docs[number] is None:
                docs[number] = segment.read_docs()
        return [one for one in docs if one is not None]

    def _read_occurrences(self, number: int) -> Occurrences:
        self._is_read = True
        occurrences = self._occurrences
        read = occurrences[number]
        if read is None:
            segment = self._segments[number]
            read = occurrences[number] = segment.field.occurrences(segment.lists)
        return read

    def _read_in(self, flags: Array) -> list[tuple[Array, Occurrences]]:
        """The documents with a flag among each segment's postings, and their tokens."""
        read = []
        for number, docs in enumerate(self._read_docs()):
            inside = flags[docs]
            if inside.all():
                read.append((docs, self._read_occurrences(number)))
                continue
            at = inside.nonzero()[0]
            is_few = at.size * _FEW < docs.size
            if is_few and self._occurrences[number] is None:
                field, lists, _base = self._segments[number]
                tokens = field.occurrences_at(lists, at)
            else:
                tokens = self._read_occurrences(number).take(at)
            read.append((docs[at], tokens))
        return read

    @property
    def has_weights(self) -> bool:
        """Whether ``weights`` have been made."""
        return self._weights is not None

    def set_flags(self, flags: Array) -> None:
        """Set ``flags[doc]`` for each document with any of the terms: bool[count]."""
        if self._weights is not None:
            self._weights.set_flags(flags)
            return
        for docs in self._read_docs():
            flags[docs] = True

    @property
    def doc_freq(self) -> int:
        """How many documents have any of the terms, deleted ones included."""
        if self._doc_freq is None:
            if self._weights is not None:
                self._doc_freq = self._weights.doc_freq
            else:
                flags = np.zeros(self._count, bool)
                self.set_flags(flags)
                self._doc_freq = int(np.count_nonzero(flags))
        return self._doc_freq

    def weights(self, norms: Array | None) -> TfWeights:
        """The tf weights of all documents; *norms* are those of the field."""
        if self._weights is None:
            freqs = [
                self._read_occurrences(number).freqs
                for number in range(len(self._segments))
            ]
            docs, summed = self._merge(_join(self._read_docs()), _join(freqs))
            self._weights = tf_weights(docs, summed, norms)
            # Another search may have compacted what this one has read meanwhile.
            self._is_read = True
        return self._weights

    def weights_in(self, flags: Array, norms: Array | None) -> TfWeights:
        """The tf weights of the documents with a flag, few of those with a posting."""
        read = self._read_in(flags)
        docs = _join([docs for docs, _ in read])
        freqs = _join([tokens.freqs for _, tokens in read])
        return tf_weights(*self._merge(docs, freqs), norms)

    def _merge(self, docs: Array, freqs: Array) -> tuple[Array, Array]:
        """The distinct documents, ascending, and the sum of the frequencies of each."""
        if self.is_one_list or not docs.size:
            return docs, freqs
        if docs.size * _SPARSE < self._count:
            order = docs.argsort()
            docs = docs[order]
            first = run_starts(docs)
            return docs[first], np.add.reduceat(freqs[order], first)
        counts = np.bincount(docs, freqs, self._count)
        # nonzero() is several times faster for booleans than for numbers.
        distinct = (counts > 0).nonzero()[0]
        return distinct, counts[distinct]

    def positions_in(self, flags: Array) -> tuple[Array, Array]:
        """Document and position of each token in the documents with a flag.

        Two int64 arrays of one shape. No positions where the field has none.
        """
        self._has_positions_read = True
        docs, positions = [], []
        read = self._read_in(flags)
        for segment, (inside, tokens) in zip(self._segments, read, strict=True):
            if segment.field.has_positions:
                docs.append(inside.repeat(tokens.freqs))
                positions.append(segment.field.positions(tokens))
        return _join(docs), _join(positions)

    @property
    def nbytes(self) -> int:
        """The bytes of this, with all that has been read and made."""
        size = _OWN_BYTES + (self._weights.nbytes if self._weights else 0)
        size += sum(docs.nbytes for docs in self._docs if docs is not None)
        return size + sum(
            tokens.first.nbytes + tokens.freqs.nbytes
            for tokens in self._occurrences
            if tokens is not None
        )

    def compact(self) -> bool:
        """Give up what the next search can do without: positions alone need postings.

        Returns whether something else is left than at the last call, so that the value
        has to be put into the cache again.
        """
        left = (self.has_weights, self._has_positions_read)
        if left == self._compacted and not self._is_read:
            return False
        if self._weights is not None:
            self._weights = self._weights.compact(self._count)
        if not self._has_positions_read:
            self.release()
        is_changed = left != self._compacted
        self._compacted = left
        self._is_read = self._has_positions_read = False
        return is_changed


def _join(parts: list[Array]) -> Array:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.empty(0, np.intp)
