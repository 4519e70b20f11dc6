"""The postings of the leaves of a query over all segments, each read once a search."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from whoosh import query as q

from search.engines.whoosh.deadline import Deadline
from search.engines.whoosh.field_postings import FieldPostings, Lists, Occurrences
from search.engines.whoosh.marked_queries import OtherMarkings
from search.engines.whoosh.picking import pick
from search.engines.whoosh.queries import Beginning, Family, Root
from search.engines.whoosh.segment_file import Array
from search.engines.whoosh.snapshot import Snapshot

# Among so many times as many postings, some are found faster one by one.
_FEW: Final = 8


@dataclass(frozen=True)
class _Piece:
    """The postings of a leaf in one segment; ``docs`` are numbered throughout."""

    field: FieldPostings
    lists: Lists
    docs: Array

    @cached_property
    def occurrences(self) -> Occurrences:
        return self.field.occurrences(self.lists)

    def occurrences_in(self, flags: Array) -> tuple[Array, Occurrences]:
        """The documents of the postings in documents with a flag, and their tokens."""
        at = flags[self.docs].nonzero()[0]
        if at.size == self.docs.size:
            return self.docs, self.occurrences
        if at.size * _FEW < self.docs.size:
            return self.docs[at], self.field.occurrences_at(self.lists, at)
        return self.docs[at], self.occurrences.take(at)


class LeafPostings:
    """The postings of all terms of a leaf, one posting list after the other.

    A document stands in it once for each of the terms that it has.
    """

    def __init__(self, count: int, pieces: list[_Piece]) -> None:
        self._count = count
        self._pieces = pieces

    @cached_property
    def docs(self) -> Array:
        """The document of each posting."""
        return _join([piece.docs for piece in self._pieces])

    @cached_property
    def freqs(self) -> Array:
        """How often the term stands in the document, for each posting."""
        return _join([piece.occurrences.freqs for piece in self._pieces])

    @cached_property
    def is_one_list(self) -> bool:
        """Whether no document stands in it twice, there being but one term."""
        return all(len(piece.lists) == 1 for piece in self._pieces)

    @cached_property
    def flags(self) -> Array:
        """For each document of the index whether it has any of the terms."""
        flags = np.zeros(self._count, bool)
        flags[self.docs] = True
        return flags

    @cached_property
    def found(self) -> int:
        """How many documents have any of the terms, deleted ones included."""
        if self.is_one_list:
            return self.docs.size
        return int(np.count_nonzero(self.flags))

    def find_in(self, flags: Array) -> tuple[Array, Array]:
        """Document and frequency of each posting in the documents with a flag."""
        found = [piece.occurrences_in(flags) for piece in self._pieces]
        freqs = _join([occurrences.freqs for _, occurrences in found])
        return _join([docs for docs, _ in found]), freqs

    def tokens_in(self, flags: Array) -> tuple[Array, Array]:
        """Document and position of each token in the documents with a flag."""
        docs, places = [], []
        for piece in self._pieces:
            if not piece.field.has_positions:
                continue
            inside, found = piece.occurrences_in(flags)
            docs.append(np.repeat(inside, found.freqs))
            places.append(piece.field.positions(found))
        return _join(docs), _join(places)


def _join(parts: list[Array]) -> Array:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.empty(0, np.intp)


class Leaves:
    """Reads the postings of leaves from *snapshot*, those asked for again only once.

    Raises QueryTooExpensive after the *deadline*.
    """

    def __init__(self, snapshot: Snapshot, deadline: Deadline | None = None) -> None:
        self.snapshot = snapshot
        self.deadline = deadline or Deadline(None)
        self._known: dict[object, LeafPostings] = {}

    def find(self, leaf: q.Query) -> LeafPostings:
        """The postings of *leaf*; none where the index lacks its field."""
        key = (type(leaf), *_asked_for(leaf)) if type(leaf) in _ALIKE else id(leaf)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._read(leaf)
        return found

    def _read(self, leaf: q.Query) -> LeafPostings:
        self.deadline.check()
        name = leaf.field()
        pieces = []
        if name in self.snapshot.schema:
            choose = pick(self.snapshot, leaf)
            for base, field in self.snapshot.fields(name):
                lists = choose(field)
                if len(lists):
                    docs = field.docs(lists)
                    pieces.append(_Piece(field, lists, docs + base if base else docs))
        return LeafPostings(self.snapshot.count, pieces)


# Leaves of which one search makes several that ask for the same.
_ALIKE: Final = frozenset({q.Term, Family, Root, Beginning, OtherMarkings})


def _asked_for(leaf: q.Query) -> list[Any]:
    """All that decides which documents *leaf* matches: all but its weight."""
    return [value for name, value in vars(leaf).items() if name != "boost"]
