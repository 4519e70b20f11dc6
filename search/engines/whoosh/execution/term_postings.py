"""The postings of one leaf of a query over all segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from search.engines.whoosh.arrays import Array, run_starts
from search.engines.whoosh.codec.postings import (
    FieldPostings,
    Occurrences,
    PostingLists,
)
from search.engines.whoosh.execution.bm25 import TfWeights, tf_weights

# Among so many times as many postings, some are found faster one by one.
_FEW: Final = 8
# With so many times as many documents a table of all of them is slower than sorting.
_SPARSE: Final = 32

# What a leaf takes with its name and its pieces, of which most are in one segment; a
# word that is in no article takes as much.
_OWN_BYTES: Final = 1_500


@dataclass(frozen=True)
class SegmentPostings:
    """The postings of a leaf in one segment, whose first document is *base*."""

    field: FieldPostings
    lists: PostingLists
    base: int

    @cached_property
    def docs(self) -> Array:
        """The document of each posting, numbered throughout the index."""
        docs = self.field.docs(self.lists)
        return docs + self.base if self.base else docs

    @cached_property
    def occurrences(self) -> Occurrences:
        """The tokens of each posting."""
        return self.field.occurrences(self.lists)

    def occurrences_in(self, flags: Array) -> tuple[Array, Occurrences]:
        """The documents of the postings in documents with a flag, and their tokens."""
        inside = flags[self.docs]
        if inside.all():
            return self.docs, self.occurrences
        at = inside.nonzero()[0]
        if at.size * _FEW < self.docs.size and "occurrences" not in self.__dict__:
            return self.docs[at], self.field.occurrences_at(self.lists, at)
        return self.docs[at], self.occurrences.take(at)

    def measure(self) -> int:
        """The bytes of what has been read."""
        docs, found = self.__dict__.get("docs"), self.__dict__.get("occurrences")
        size = 0 if docs is None else docs.nbytes
        return size if found is None else size + found.first.nbytes + found.freqs.nbytes

    def release(self) -> None:
        """Give up what has been read; it is read again when it is asked for."""
        self.__dict__.pop("docs", None)
        self.__dict__.pop("occurrences", None)


class TermPostings:
    """The postings of all terms of a leaf in a field, over all segments.

    Documents are as they come, one posting list after the other, a document once for
    each of the terms that it has; or merged, ascending. *count* is the number of all
    documents of the index.
    """

    def __init__(self, count: int, pieces: Sequence[SegmentPostings]) -> None:
        self._count = count
        self._pieces = pieces
        self._rates: TfWeights | None = None
        self._is_placed = False
        self._compacted: tuple[bool, bool] | None = None
        # Whether another search has asked for it before.
        self.is_warm = False

    @cached_property
    def size(self) -> int:
        """The number of postings."""
        return sum(piece.field.size(piece.lists) for piece in self._pieces)

    @cached_property
    def is_one_list(self) -> bool:
        """Whether no document stands in it twice, there being but one term."""
        return all(len(piece.lists) == 1 for piece in self._pieces)

    @property
    def is_rated(self) -> bool:
        """Whether ``rates`` have been made."""
        return self._rates is not None

    def mark(self, flags: Array) -> None:
        """Set the flag of each document of the index that has any of the terms."""
        if self._rates is not None:
            self._rates.mark(flags)
            return
        for piece in self._pieces:
            flags[piece.docs] = True

    @cached_property
    def found(self) -> int:
        """How many documents have any of the terms, deleted ones included."""
        if self.is_one_list:
            return self.size
        if self._rates is not None:
            return self._rates.found
        flags = np.zeros(self._count, bool)
        self.mark(flags)
        return int(np.count_nonzero(flags))

    def rates(self, norms: Array | None) -> TfWeights:
        """The rates of all documents; *norms* are those of the field."""
        if self._rates is None:
            found = [piece.occurrences.freqs for piece in self._pieces]
            docs = _join([piece.docs for piece in self._pieces])
            self._rates = tf_weights(*self._merge(docs, _join(found)), norms)
        return self._rates

    def rates_in(self, flags: Array, norms: Array | None) -> TfWeights:
        """Those of the documents with a flag, in which few of the postings are."""
        found = [piece.occurrences_in(flags) for piece in self._pieces]
        freqs = _join([occurrences.freqs for _, occurrences in found])
        docs = _join([docs for docs, _ in found])
        return tf_weights(*self._merge(docs, freqs), norms)

    def _merge(self, docs: Array, freqs: Array) -> tuple[Array, Array]:
        if self.is_one_list or not docs.size:
            return docs, freqs
        if docs.size * _SPARSE < self._count:
            order = docs.argsort()
            docs = docs[order]
            first = run_starts(docs)
            return docs[first], np.add.reduceat(freqs[order], first)
        counts = np.bincount(docs, freqs, self._count)
        # Of truths the places are found several times faster than of numbers.
        found = (counts > 0).nonzero()[0]
        return found, counts[found]

    def measure(self) -> int:
        """The bytes of this, and of all that has been read and made."""
        rates = self._rates.nbytes if self._rates else 0
        return _OWN_BYTES + rates + sum(piece.measure() for piece in self._pieces)

    def compact(self) -> bool:
        """Give up what the next search can do without; positions take postings.

        Returns whether more is kept, or less, than when it last was settled.
        """
        if self._rates is not None:
            self._rates = self._rates.compact(self._count)
        if not self._is_placed:
            for piece in self._pieces:
                piece.release()
        before, self._compacted = self._compacted, (self.is_rated, self._is_placed)
        self._is_placed = False
        return self._compacted != before

    def tokens_in(self, flags: Array) -> tuple[Array, Array]:
        """Document and position of each token in the documents with a flag."""
        self._is_placed = True
        docs, places = [], []
        for piece in self._pieces:
            if not piece.field.has_positions:
                continue
            inside, found = piece.occurrences_in(flags)
            docs.append(inside.repeat(found.freqs))
            places.append(piece.field.positions(found))
        return _join(docs), _join(places)


def _join(parts: list[Array]) -> Array:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.empty(0, np.intp)
