"""All segments of one commit as one index, with documents numbered throughout."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

import numpy as np
from whoosh.reading import IndexReader

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.codec.segment_reader import SegmentReader
from search.engines.whoosh.execution.term_postings import TermPostings
from search.engines.whoosh.index.doc_values import DateHistogram, SortedSetDocValues
from search.engines.whoosh.index.lru_cache import LruCache
from search.fields import ARTICLE_ID, DATE_FIRST, DATE_LAST, DOCUMENT_HASH

# The usual constants of BM25 (Robertson and Zaragoza 2009), as Lucene ships them.
K1: Final = 1.2
B: Final = 0.75

# For each commit of the index that a process has open, the orders of searches that
# somebody pages through, and the rates of the words asked for lately.
_MEGABYTE: Final = 1024 * 1024
ORDERS_MB: Final = 16
KEEP_MB: Final = 192


class Snapshot:
    """A commit of the index; it never changes while it is held.

    Of words that are asked for it keeps *keep_mb* mebibytes. ``count`` includes deleted
    documents, as document numbers do.
    """

    def __init__(self, reader: IndexReader, keep_mb: int = KEEP_MB) -> None:
        self.reader = reader
        self.schema = reader.schema
        leaves = [
            leaf for leaf, _base in reader.leaf_readers() if hasattr(leaf, "_perdoc")
        ]
        self.segments: list[SegmentReader] = [leaf._perdoc.reader for leaf in leaves]
        self.doc_bases = np.cumsum(
            [0, *(data.max_doc for data in self.segments)]
        ).tolist()
        self.max_doc: int = self.doc_bases[-1]
        self._deleted = [list(leaf._perdoc.deleted_docs()) for leaf in leaves]
        self.order_cache: LruCache[tuple[Array, Array]] = LruCache(
            ORDERS_MB * _MEGABYTE, _measure_order
        )
        self.postings_cache: LruCache[TermPostings] = LruCache(
            keep_mb * _MEGABYTE, TermPostings.measure
        )
        self._lengths: dict[str, Array] = {}
        self._norms: dict[str, Array | None] = {}
        self._numbers: dict[str, Array] = {}
        self._columns: dict[str, SortedSetDocValues | None] = {}

    @cached_property
    def live_docs(self) -> Array | None:
        """For each document whether it is not deleted; ``None`` where all are alive."""
        if not any(self._deleted):
            return None
        alive = np.ones(self.max_doc, bool)
        for base, deleted in zip(self.doc_bases, self._deleted, strict=False):
            alive[np.array(deleted, np.int64) + base] = False
        return alive

    def fields(self, name: str) -> Iterator[tuple[int, FieldPostings]]:
        """The field's index in each segment that has it, after its first number."""
        for base, data in zip(self.doc_bases, self.segments, strict=False):
            field = data.field(name)
            if field is not None:
                yield base, field

    def lengths(self, name: str) -> Array:
        """Tokens of the field in each document."""
        if name not in self._lengths:
            parts = [data.lengths(name) for data in self.segments]
            self._lengths[name] = self._join(parts, 0)
        return self._lengths[name]

    def norms(self, name: str) -> Array | None:
        """What BM25 adds to a frequency in each document, by its length.

        ``None`` for a field that is not scored.
        """
        if name not in self._norms:
            is_scored = self.schema[name].scorable
            self._norms[name] = _norms_of(self.lengths(name)) if is_scored else None
        return self._norms[name]

    @cached_property
    def date_histogram(self) -> DateHistogram:
        """The days of each document."""
        return DateHistogram(
            self.numeric_doc_values(DATE_FIRST), self.numeric_doc_values(DATE_LAST)
        )

    def numeric_doc_values(self, name: str) -> Array:
        """The number of each document in a column.

        Where a segment lacks the column it is what the column has for no value.
        """
        if name not in self._numbers:
            parts = [data.numeric_doc_values(name) for data in self.segments]
            column = self.schema[name].column_type if name in self.schema else None
            default = column.default_value() if column else 0
            self._numbers[name] = self._join(parts, default)
        return self._numbers[name]

    def _join(self, parts: list[Array | None], default: Any) -> Array:
        # One type for all parts: NumPy makes floats of signed and unsigned together.
        dtype = next((part.dtype for part in parts if part is not None), np.int64)
        filled = [
            np.full(data.max_doc, default, dtype) if part is None else part
            for data, part in zip(self.segments, parts, strict=True)
        ]
        if len(filled) == 1:
            return filled[0]
        return np.concatenate(filled) if filled else np.empty(0, np.int64)

    def sorted_set_doc_values(self, name: str) -> SortedSetDocValues | None:
        """The values of each document in a field of whole values, or ``None``."""
        if name not in self._columns:
            self._columns[name] = _join_columns(self, name)
        return self._columns[name]

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The stored fields of a document."""
        at = int(np.searchsorted(self.doc_bases, docnum, side="right")) - 1
        return self.segments[at].stored_fields(docnum - self.doc_bases[at])


def _norms_of(lengths: Array) -> Array:
    average = max(int(lengths.sum(dtype=np.int64)) / max(lengths.size, 1), 1.0)
    relative = lengths.astype(np.float32) / np.float32(average)
    norms: Array = np.float32(K1) * (1 - np.float32(B) * (1 - relative))
    return norms


def _measure_order(order: tuple[Array, Array]) -> int:
    return sum(array.nbytes for array in order)


def _join_columns(snapshot: Snapshot, name: str) -> SortedSetDocValues | None:
    """The columns of all segments as one; ``None`` where no segment has it."""
    lists = [
        [term.decode() for term in field.terms] for _, field in snapshot.fields(name)
    ]
    labels = lists[0] if len(lists) == 1 else sorted(set().union(*lists))
    ordinal = {} if len(lists) == 1 else {label: at for at, label in enumerate(labels)}
    starts = [np.zeros(1, np.int64)]
    values: list[Array] = []
    for data in snapshot.segments:
        field, column = data.field(name), data.sorted_set_doc_values(name)
        if field is None or column is None:
            starts.append(np.full(data.max_doc, starts[-1][-1]))
            continue
        own = lists.pop(0)
        starts.append(column[0][1:].astype(np.int64) + starts[-1][-1])
        if own is labels:
            values.append(column[1].astype(np.intp))
            continue
        mapping = np.array([ordinal[label] for label in own], np.intp)
        values.append(mapping[column[1]] if mapping.size else column[1])
    if not values:
        return None
    return SortedSetDocValues(np.concatenate(starts), np.concatenate(values), labels)


# Pairs made Python's own at a time.
_STRETCH: Final = 10_000


def iter_hashes(snapshot: Snapshot) -> Iterator[tuple[int, int]]:
    """The article and the hash of each living document, by ascending article."""
    ids = snapshot.numeric_doc_values(ARTICLE_ID)
    hashes = snapshot.numeric_doc_values(DOCUMENT_HASH)
    if snapshot.live_docs is not None:
        ids, hashes = ids[snapshot.live_docs], hashes[snapshot.live_docs]
    order = np.argsort(ids, kind="stable")
    for start in range(0, len(order), _STRETCH):
        at = order[start : start + _STRETCH]
        yield from zip(ids[at].tolist(), hashes[at].tolist(), strict=True)
