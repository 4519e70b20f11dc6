"""Reads the postings of term queries, each once a search, by way of the cache."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from operator import attrgetter
from typing import Final

import numpy as np
from whoosh import query as q

from search.deadline import Deadline
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.execution.term_postings import SegmentPostings, TermPostings
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.diacritics import OtherDiacritics
from search.engines.whoosh.query.expansion import expand
from search.engines.whoosh.query.multi_term import FuzzyTerm, WildcardTerm
from search.engines.whoosh.query.nodes import (
    Family,
    LightStem,
    NamePart,
    PrintedTerm,
    Root,
    StemPrefix,
)


class PostingsReader:
    """Reads postings from *snapshot*; those of equal term queries are read once.

    With *caches* it takes postings from the snapshot's cache, and ``store`` has to be
    called at the end of the search: only then is their memory counted. Raises
    QueryTooExpensive after the *deadline*.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        deadline: Deadline | None = None,
        *,
        caches: bool = False,
    ) -> None:
        self.snapshot = snapshot
        self.deadline = deadline or Deadline(None)
        self._caches = caches
        # Keyed by id(); the query is stored with it, so that the id is not reused.
        self._by_query: dict[int, tuple[q.Query, TermPostings]] = {}
        self._by_key: dict[Hashable, TermPostings] = {}
        self._flags: dict[TermPostings, Array] = {}

    def read(self, query: q.Query) -> TermPostings:
        """The postings of a term query; none where the index lacks its field."""
        known = self._by_query.get(id(query))
        if known is None:
            key_of = _CACHE_KEYS.get(type(query))
            postings = (
                self._read_cached(query, (type(query), key_of(query)))
                if key_of
                else self._read(query)
            )
            known = self._by_query[id(query)] = query, postings
        return known[1]

    def _read_cached(self, query: q.Query, key: Hashable) -> TermPostings:
        postings = self._by_key.get(key)
        if postings is None:
            if self._caches:
                postings = self.snapshot.postings_cache.get(key)
            if postings is None:
                postings = self._read(query)
            else:
                postings.is_warm = True
            self._by_key[key] = postings
        return postings

    def flags(self, query: q.Query) -> Array:
        """Whether each document has any of the terms of *query*: bool[n_docs]."""
        postings = self.read(query)
        flags = self._flags.get(postings)
        if flags is None:
            flags = self._flags[postings] = np.zeros(self.snapshot.max_doc, bool)
            postings.set_flags(flags)
        return flags

    def store(self) -> None:
        """Put what was read into the cache, without what later searches do not need."""
        for key, postings in self._by_key.items():
            if postings.compact():
                self.snapshot.postings_cache.put(key, postings)

    def _read(self, query: q.Query) -> TermPostings:
        self.deadline.check()
        name = query.field()
        segments = []
        if name in self.snapshot.schema:
            expanded = expand(self.snapshot, query)
            for base, field in self.snapshot.fields(name):
                lists = expanded(field)
                if len(lists):
                    segments.append(SegmentPostings(field, lists, base))
        return TermPostings(self.snapshot.max_doc, segments)


# What decides which documents a term query matches: everything but its boost. Only
# kinds of which one search often makes several equal ones, or later searches do.
_TEXT: Final = attrgetter("fieldname", "text")
_CACHE_KEYS: Final[dict[type, Callable[[q.Query], Hashable]]] = {
    q.Term: _TEXT,
    Family: _TEXT,
    Root: _TEXT,
    NamePart: _TEXT,
    LightStem: _TEXT,
    PrintedTerm: attrgetter("fieldname", "text", "display_form"),
    StemPrefix: _TEXT,
    OtherDiacritics: attrgetter("fieldname", "text", "form"),
    WildcardTerm: _TEXT,
    FuzzyTerm: attrgetter("fieldname", "text", "edits"),
}
