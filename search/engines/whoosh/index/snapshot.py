"""All segments of one commit as one index, with documents numbered throughout."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import cached_property
from typing import Any, Final, TypeVar

import numpy as np
from whoosh.reading import IndexReader

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.caches import LruCache
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.codec.segment_reader import SegmentReader
from search.engines.whoosh.index.doc_values import (
    DateHistogram,
    SortedSetDocValues,
    join_segments,
)
from search.fields import ARTICLE_ID, DATE_FIRST, DATE_LAST, DOCUMENT_HASH

Derived = TypeVar("Derived")


class Snapshot:
    """A commit of the index; it never changes while it is held.

    ``count`` includes deleted documents, as document numbers do. *cache_mb* bounds the
    cache of postings, in mebibytes.
    """

    def __init__(self, reader: IndexReader, cache_mb: int | None = None) -> None:
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
        self.order_cache: LruCache[Any] = LruCache.of("orders")
        """Cached orders of hits, by request."""
        self.postings_cache: LruCache[Any] = LruCache.of("postings", cache_mb)
        """Cached postings of term queries, by kind and term."""
        self._derived: dict[Hashable, Any] = {}
        self._lengths: dict[str, Array] = {}
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

    def derive(self, key: Hashable, make: Callable[[], Derived]) -> Derived:
        """What *make* returns, computed once a commit; for few keys, as of fields."""
        if key not in self._derived:
            self._derived[key] = make()
        derived: Derived = self._derived[key]
        return derived

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
            self._columns[name] = join_segments(self.segments, name)
        return self._columns[name]

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The stored fields of a document."""
        at = int(np.searchsorted(self.doc_bases, docnum, side="right")) - 1
        return self.segments[at].stored_fields(docnum - self.doc_bases[at])


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
