"""Which documents match a Whoosh query tree: a flag for each document of the index.

Every kind of query has one function in ``_FLAG``. Set against set is decided by whole
arrays of flags, which are a byte a document; nothing is scored here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any, Final

import numpy as np
from whoosh import query as q

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.execution.positions import (
    POSITION_BITS,
    find_phrase_positions,
    find_word_positions,
)
from search.engines.whoosh.execution.postings_reader import PostingsReader
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.diacritics import WithDiacritics
from search.engines.whoosh.query.limits import Deadline
from search.engines.whoosh.query.nodes import ColumnRange, Sequence, TitleMatch
from search.engines.whoosh.query.term_tests import TextRange


class Matching:
    """What matches in *snapshot*; what was found for a part of a tree is kept.

    Who *keeps* what is read calls ``leaves.store`` at the end of the search. Raises
    QueryTooExpensive after the *deadline*, whatever is asked for.
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
        self.postings = PostingsReader(snapshot, self.deadline, stores=stores)
        # By identity, which is a part's own as long as the part is kept beside it.
        self._flags: dict[int, tuple[q.Query, Array]] = {}
        self._places: dict[int, Array] = {}
        self._made: dict[int, q.Query] = {}

    def find(self, query: q.Query) -> Array:
        """The documents that match *query*, ascending, deleted ones left out.

        Raises TypeError for a kind of query that is not known here.
        """
        flags = self.flags(query)
        if self.snapshot.live_docs is not None:
            flags = flags & self.snapshot.live_docs
        return flags.nonzero()[0]

    def flags(self, query: q.Query) -> Array:
        """For each document of the index whether it matches; not to be changed."""
        if id(query) not in self._flags:
            resolved = self.resolve(query)
            flags = look_up(_FLAG, resolved)(self, resolved)
            self._flags[id(query)] = query, flags
        return self._flags[id(query)][1]

    def places(self, query: q.Query) -> Array:
        """The packed places where a phrase, a nearness or a marked word is."""
        found = self._places.get(id(query))
        if found is None:
            find = (
                find_word_positions
                if isinstance(query, WithDiacritics)
                else find_phrase_positions
            )
            found = self._places[id(query)] = find(self.postings, query)
        return found

    def resolve(self, query: q.Query) -> q.Query:
        """*query*, or what Whoosh's own phrases and ranges of numbers stand for."""
        make = _MADE.get(type(query))
        if make is None:
            return query
        if id(query) not in self._made:
            self._made[id(query)] = make(self.snapshot, query)
        return self._made[id(query)]

    def none(self) -> Array:
        """No flag for any document."""
        return np.zeros(self.snapshot.max_doc, bool)


def look_up(table: dict[type, Callable[..., Any]], query: q.Query) -> Any:
    """The function of *table* for the kind of *query*, which the table then names.

    Raises TypeError where there is none.
    """
    own = type(query)
    function = table.get(own)
    if function is None:
        function = next((table[kind] for kind in own.__mro__ if kind in table), None)
        if function is None:
            raise TypeError(f"No evaluation for {own.__name__}.")
        # Next time it is found at once.
        table[own] = function
    return function


def wanted(query: q.And) -> list[q.Query]:
    """The children of *query* that are not denied; everything, if there is none."""
    return [one for one in query.subqueries if not isinstance(one, q.Not)] or _ALL


def _leaf(matching: Matching, query: q.Query) -> Array:
    return matching.postings.flags(query)


def _at_places(matching: Matching, query: q.Query) -> Array:
    flags = matching.none()
    flags[matching.places(query) >> POSITION_BITS] = True
    return flags


def _and(matching: Matching, query: q.And) -> Array:
    flags = reduce(np.logical_and, map(matching.flags, wanted(query)))
    for child in query.subqueries:
        if isinstance(child, q.Not):
            flags = flags & ~matching.flags(child.query)
    return flags


def _or(matching: Matching, query: q.Or) -> Array:
    several = [matching.flags(child) for child in query.subqueries]
    if query.minmatch < 2:
        return reduce(np.logical_or, several, matching.none())
    counts = np.zeros(matching.snapshot.max_doc, np.uint16)
    for flags in several:
        counts += flags
    enough: Array = counts >= query.minmatch
    return enough


def _every(matching: Matching, query: q.Every) -> Array:
    if query.fieldname is None or query.fieldname == "*":
        return np.ones(matching.snapshot.max_doc, bool)
    flags = matching.none()
    for base, field in matching.snapshot.fields(query.fieldname):
        flags[field.docs(range(len(field.terms))) + base] = True
    return flags


def _column_range(matching: Matching, query: ColumnRange) -> Array:
    flags: Array = query.choose(matching.snapshot.numeric_doc_values(query.fieldname))
    return flags


def _text_range(matching: Matching, query: TextRange) -> Array:
    flags = matching.none()
    flags[query.find(matching.snapshot)] = True
    return flags


def _range_terms(snapshot: Snapshot, query: q.NumericRange) -> q.Query:
    return query._compile_query(snapshot.reader)


def _sequence(snapshot: Snapshot, query: q.Phrase) -> Sequence:
    words = tuple(q.Term(query.fieldname, word) for word in query.words)
    distance = None if query.slop == 1 else query.slop * (len(words) - 1)
    return Sequence(words, distance, boost=query.boost)


_ALL: Final = [q.Every()]

_MADE: Final[dict[type, Callable[[Snapshot, Any], q.Query]]] = {
    q.Phrase: _sequence,
    q.NumericRange: _range_terms,
    q.DateRange: _range_terms,
}

_FLAG: Final[dict[type, Callable[[Matching, Any], Array]]] = {
    q.Term: _leaf,
    q.MultiTerm: _leaf,
    TitleMatch: lambda matching, query: matching.flags(query.title),
    WithDiacritics: _at_places,
    Sequence: _at_places,
    q.And: _and,
    q.Or: _or,
    q.Not: lambda matching, query: ~matching.flags(query.query),
    q.AndNot: lambda matching, query: (
        matching.flags(query.a) & ~matching.flags(query.b)
    ),
    q.AndMaybe: lambda matching, query: matching.flags(query.a),
    q.Require: lambda matching, query: (
        matching.flags(query.a) & matching.flags(query.b)
    ),
    q.Every: _every,
    q.ConstantScoreQuery: lambda matching, query: matching.flags(query.child),
    ColumnRange: _column_range,
    TextRange: _text_range,
    type(q.NullQuery): lambda matching, query: matching.none(),
}
