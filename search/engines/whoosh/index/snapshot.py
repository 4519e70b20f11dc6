"""A snapshot: all segments of one commit as one index.

Document numbers run through all segments: a document's number in the index is its
number in its segment plus the segment's ``doc_base``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import cached_property
from itertools import count
from typing import Any, Final, TypeVar

import numpy as np
from whoosh.reading import IndexReader

from search.engines.contract import DateCounts
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

# Pairs that ``iter_hashes`` converts to Python integers at once.
_HASHES_AT_ONCE: Final = 10_000
_NUMBERS: Final = count(1)

Derived = TypeVar("Derived")


class Snapshot:
    """An open commit of the index, which does not change.

    ``max_doc`` counts deleted documents too, as document numbers do. *cache_mb* bounds
    the cache of postings, in mebibytes.
    """

    def __init__(self, reader: IndexReader, cache_mb: int | None = None) -> None:
        self.reader = reader
        self.number = next(_NUMBERS)
        """No other snapshot of this process has it."""
        self.schema = reader.schema
        leaves = [
            leaf for leaf, _base in reader.leaf_readers() if hasattr(leaf, "_perdoc")
        ]
        self.segments: list[SegmentReader] = [leaf._perdoc.reader for leaf in leaves]
        self.doc_bases = np.cumsum(
            [0, *(segment.max_doc for segment in self.segments)]
        ).tolist()
        self.max_doc: int = self.doc_bases[-1]
        self._deleted_docs = [list(leaf._perdoc.deleted_docs()) for leaf in leaves]
        self.order_cache: LruCache[Any] = LruCache.of("orders")
        """Cached orders of hits, by request."""
        self.postings_cache: LruCache[Any] = LruCache.of("postings", cache_mb)
        """Cached postings of term queries, by kind and term."""
        self._derived: dict[Hashable, Any] = {}

    @cached_property
    def live_docs(self) -> Array | None:
        """Whether each document is live: bool[max_doc]; ``None`` if none is deleted."""
        if not any(self._deleted_docs):
            return None
        live_docs = np.ones(self.max_doc, bool)
        for base, docs in zip(self.doc_bases, self._deleted_docs, strict=False):
            live_docs[np.array(docs, np.int64) + base] = False
        return live_docs

    @property
    def num_docs(self) -> int:
        """The number of live documents."""
        return self.max_doc - sum(map(len, self._deleted_docs))

    def fields(self, name: str) -> Iterator[tuple[int, FieldPostings]]:
        """The document base and the field *name* of each segment that has it."""
        for base, segment in zip(self.doc_bases, self.segments, strict=False):
            field = segment.field(name)
            if field is not None:
                yield base, field

    def derive(self, key: Hashable, make: Callable[[], Derived]) -> Derived:
        """What *make* returns, computed once a commit; for few keys, as of fields."""
        try:
            derived: Derived = self._derived[key]
        except KeyError:
            derived = self._derived[key] = make()
        return derived

    def lengths(self, name: str) -> Array:
        """The number of tokens of each document in the field *name*: [max_doc]."""
        return self.derive(("lengths", name), lambda: self._read_lengths(name))

    def _read_lengths(self, name: str) -> Array:
        return self._join([segment.lengths(name) for segment in self.segments], 0)

    @cached_property
    def date_histogram(self) -> DateHistogram:
        """The periods of publication, to be counted."""
        return DateHistogram(
            self.numeric_doc_values(DATE_FIRST), self.numeric_doc_values(DATE_LAST)
        )

    @cached_property
    def held_dates(self) -> DateCounts:
        """The periods of all live documents, counted."""
        live = self.live_docs
        docs = np.arange(self.max_doc) if live is None else live.nonzero()[0]
        return self.date_histogram.count(docs)

    def numeric_doc_values(self, name: str) -> Array:
        """The number of each document in the field *name*: [max_doc].

        Documents of a segment without the field have its default.
        """
        return self.derive(("numbers", name), lambda: self._read_numbers(name))

    def _read_numbers(self, name: str) -> Array:
        parts = [segment.numeric_doc_values(name) for segment in self.segments]
        column = self.schema[name].column_type if name in self.schema else None
        return self._join(parts, column.default_value() if column else 0)

    def _join(self, parts: list[Array | None], default: Any) -> Array:
        # One dtype for all parts: NumPy joins signed and unsigned integers to floats.
        dtype = next((part.dtype for part in parts if part is not None), np.int64)
        filled = [
            np.full(segment.max_doc, default, dtype) if part is None else part
            for segment, part in zip(self.segments, parts, strict=True)
        ]
        if len(filled) == 1:
            return filled[0]
        return np.concatenate(filled) if filled else np.empty(0, np.int64)

    def sorted_set_doc_values(self, name: str) -> SortedSetDocValues | None:
        """The keywords of each document in the field *name*; ``None`` without any."""
        key = "keywords", name
        return self.derive(key, lambda: join_segments(self.segments, name))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The stored fields of a document."""
        number = int(np.searchsorted(self.doc_bases, docnum, side="right")) - 1
        return self.segments[number].stored_fields(docnum - self.doc_bases[number])


def iter_hashes(snapshot: Snapshot) -> Iterator[tuple[int, int]]:
    """The article id and the hash of each live document, by ascending id."""
    ids = snapshot.numeric_doc_values(ARTICLE_ID)
    hashes = snapshot.numeric_doc_values(DOCUMENT_HASH)
    if snapshot.live_docs is not None:
        ids, hashes = ids[snapshot.live_docs], hashes[snapshot.live_docs]
    order = np.argsort(ids, kind="stable")
    for start in range(0, len(order), _HASHES_AT_ONCE):
        at = order[start : start + _HASHES_AT_ONCE]
        yield from zip(ids[at].tolist(), hashes[at].tolist(), strict=True)
