"""Reads the postings of the leaves of a query, each once a search."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from operator import attrgetter
from typing import Final

import numpy as np
from whoosh import query as q

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.execution.term_postings import SegmentPostings, TermPostings
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.diacritics import OtherMarkings
from search.engines.whoosh.query.expansion import expand
from search.engines.whoosh.query.limits import Deadline
from search.engines.whoosh.query.nodes import Family, Root, StemPrefix


class PostingsReader:
    """Reads the postings of leaves from *snapshot*, those asked for again only once.

    Who *keeps* them takes those that searches before have left, and leaves all to those
    after by ``store``, without which nobody would know what memory they take.

    Raises QueryTooExpensive after the *deadline*.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        deadline: Deadline | None = None,
        *,
        stores: bool = False,
    ) -> None:
        self.snapshot = snapshot
        self.deadline = deadline or Deadline(None)
        self._stores = stores
        # By identity, which is a leaf's own as long as the leaf is kept beside it.
        self._found: dict[int, tuple[q.Query, TermPostings]] = {}
        self._known: dict[Hashable, TermPostings] = {}
        self._flags: dict[TermPostings, Array] = {}

    def find(self, leaf: q.Query) -> TermPostings:
        """The postings of *leaf*; none where the index lacks its field."""
        known = self._found.get(id(leaf))
        if known is None:
            asked_for = _ASKED_FOR.get(type(leaf))
            found = (
                self._find_alike(leaf, (type(leaf), asked_for(leaf)))
                if asked_for
                else self._read(leaf)
            )
            known = self._found[id(leaf)] = leaf, found
        return known[1]

    def _find_alike(self, leaf: q.Query, key: Hashable) -> TermPostings:
        """The postings of *leaf*, or of one before it that asked for the same."""
        found = self._known.get(key)
        if found is None:
            found = self.snapshot.postings_cache.get(key) if self._stores else None
            if found is None:
                found = self._read(leaf)
            else:
                found.is_warm = True
            self._known[key] = found
        return found

    def flags(self, leaf: q.Query) -> Array:
        """For each document of the index whether it has any of the terms of *leaf*."""
        postings = self.find(leaf)
        flags = self._flags.get(postings)
        if flags is None:
            flags = self._flags[postings] = np.zeros(self.snapshot.max_doc, bool)
            postings.mark(flags)
        return flags

    def store(self) -> None:
        """Leave what was read to the searches that come after."""
        for key, postings in self._known.items():
            if postings.compact():
                self.snapshot.postings_cache.put(key, postings)

    def _read(self, leaf: q.Query) -> TermPostings:
        self.deadline.check()
        name = leaf.field()
        pieces = []
        if name in self.snapshot.schema:
            choose = expand(self.snapshot, leaf)
            for base, field in self.snapshot.fields(name):
                lists = choose(field)
                if len(lists):
                    pieces.append(SegmentPostings(field, lists, base))
        return TermPostings(self.snapshot.max_doc, pieces)


# What decides which documents a leaf matches, all but its weight; of those leaves of
# which one search makes several that ask for the same.
_TEXT: Final = attrgetter("fieldname", "text")
_ASKED_FOR: Final[dict[type, Callable[[q.Query], Hashable]]] = {
    q.Term: _TEXT,
    Family: _TEXT,
    Root: _TEXT,
    StemPrefix: _TEXT,
    OtherMarkings: attrgetter("fieldname", "text", "form"),
}
