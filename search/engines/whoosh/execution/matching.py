"""Which documents match a Whoosh query: one flag for each document of the index.

Each kind of query has a function in ``_MATCHERS``. Boolean queries combine whole flag
arrays, one byte a document; nothing is scored here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from whoosh import query as q

from search.deadline import Deadline
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.execution.positions import POSITION_BITS, find_positions
from search.engines.whoosh.execution.postings_reader import PostingsReader
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.diacritics import WithDiacritics
from search.engines.whoosh.query.nodes import (
    ColumnRange,
    NearQuery,
    PhraseQuery,
    PositionQuery,
    TitleMatch,
)
from search.engines.whoosh.query.term_tests import TextRange


class Matching:
    """Matches queries against *snapshot*; results of parts of a query are reused.

    With *caches*, postings come from the snapshot's cache and go into it at the end of
    a ``with`` block, also where that fails. All methods raise QueryTooExpensive after
    the *deadline*.
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
        self.postings = PostingsReader(snapshot, self.deadline, caches=caches)
        # Keyed by id(); the query is stored with it, so that the id is not reused.
        self._flags: dict[int, tuple[q.Query, Array]] = {}
        self._positions: dict[int, Array] = {}
        self._rewritten: dict[int, q.Query] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.postings.store()

    def find(self, query: q.Query) -> Array:
        """The documents that match *query*, ascending, without deleted ones: int64[n].

        Raises TypeError for an unknown kind of query.
        """
        flags = self.flags(query)
        if self.snapshot.live_docs is not None:
            flags = flags & self.snapshot.live_docs
        return flags.nonzero()[0]

    def flags(self, query: q.Query) -> Array:
        """Whether each document matches *query*: bool[n_docs], not to be mutated."""
        if id(query) not in self._flags:
            rewritten = self.rewrite(query)
            flags = look_up(_MATCHERS, rewritten)(self, rewritten)
            self._flags[id(query)] = query, flags
        return self._flags[id(query)][1]

    def positions(self, query: q.Query) -> Array:
        """The encoded positions, ascending, at which *query* matches.

        *query* is a `PositionQuery` or `WithDiacritics`.
        """
        positions = self._positions.get(id(query))
        if positions is None:
            positions = find_positions(self.postings, query)
            self._positions[id(query)] = positions
        return positions

    def rewrite(self, query: q.Query) -> q.Query:
        """*query* itself, or what replaces one of Whoosh's phrases or number ranges."""
        rewriter = _REWRITERS.get(type(query))
        if rewriter is None:
            return query
        if id(query) not in self._rewritten:
            self._rewritten[id(query)] = rewriter(self.snapshot, query)
        return self._rewritten[id(query)]

    def none(self) -> Array:
        """No document: bool[n_docs] of False."""
        return np.zeros(self.snapshot.max_doc, bool)


def look_up(table: dict[type, Callable[..., Any]], query: q.Query) -> Any:
    """The function in *table* for the kind of *query*, or for its nearest base class.

    Raises TypeError where there is none.
    """
    own = type(query)
    function = table.get(own)
    if function is None:
        function = next((table[kind] for kind in own.__mro__ if kind in table), None)
        if function is None:
            raise TypeError(f"No evaluation for {own.__name__}.")
        # The base classes need not be searched again.
        table[own] = function
    return function


def required(query: q.And) -> list[q.Query]:
    """The children of *query* that are not negated; ``Every`` if all of them are."""
    return [one for one in query.subqueries if not isinstance(one, q.Not)] or _EVERY


def _match_term(matching: Matching, query: q.Query) -> Array:
    return matching.postings.flags(query)


def _match_positions(matching: Matching, query: q.Query) -> Array:
    flags = matching.none()
    flags[matching.positions(query) >> POSITION_BITS] = True
    return flags


def _match_and(matching: Matching, query: q.And) -> Array:
    flags = reduce(np.logical_and, map(matching.flags, required(query)))
    for child in query.subqueries:
        if isinstance(child, q.Not):
            flags = flags & ~matching.flags(child.query)
    return flags


def _match_or(matching: Matching, query: q.Or) -> Array:
    children = [matching.flags(child) for child in query.subqueries]
    if query.minmatch < 2:
        return reduce(np.logical_or, children, matching.none())
    counts = np.zeros(matching.snapshot.max_doc, np.uint16)
    for flags in children:
        counts += flags
    enough: Array = counts >= query.minmatch
    return enough


def _match_every(matching: Matching, query: q.Every) -> Array:
    if query.fieldname is None or query.fieldname == "*":
        return np.ones(matching.snapshot.max_doc, bool)
    flags = matching.none()
    for base, field in matching.snapshot.fields(query.fieldname):
        flags[field.docs(range(field.n_lists)) + base] = True
    return flags


def _match_column_range(matching: Matching, query: ColumnRange) -> Array:
    flags: Array = query.choose(matching.snapshot.numeric_doc_values(query.fieldname))
    return flags


def _match_text_range(matching: Matching, query: TextRange) -> Array:
    flags = matching.none()
    flags[query.find(matching.snapshot)] = True
    return flags


def _rewrite_range(snapshot: Snapshot, query: q.NumericRange) -> q.Query:
    return query._compile_query(snapshot.reader)


def _rewrite_phrase(snapshot: Snapshot, query: q.Phrase) -> PositionQuery:
    words = tuple(q.Term(query.fieldname, word) for word in query.words)
    if query.slop == 1:
        return PhraseQuery(words, boost=query.boost)
    return NearQuery(words, query.slop * (len(words) - 1), boost=query.boost)


_EVERY: Final = [q.Every()]

_REWRITERS: Final[dict[type, Callable[[Snapshot, Any], q.Query]]] = {
    q.Phrase: _rewrite_phrase,
    q.NumericRange: _rewrite_range,
    q.DateRange: _rewrite_range,
}

_MATCHERS: Final[dict[type, Callable[[Matching, Any], Array]]] = {
    q.Term: _match_term,
    q.MultiTerm: _match_term,
    TitleMatch: lambda matching, query: matching.flags(query.title),
    WithDiacritics: _match_positions,
    PositionQuery: _match_positions,
    q.And: _match_and,
    q.Or: _match_or,
    q.Not: lambda matching, query: ~matching.flags(query.query),
    q.AndNot: lambda matching, query: (
        matching.flags(query.a) & ~matching.flags(query.b)
    ),
    q.AndMaybe: lambda matching, query: matching.flags(query.a),
    q.Require: lambda matching, query: (
        matching.flags(query.a) & matching.flags(query.b)
    ),
    q.Every: _match_every,
    q.ConstantScoreQuery: lambda matching, query: matching.flags(query.child),
    ColumnRange: _match_column_range,
    TextRange: _match_text_range,
    type(q.NullQuery): lambda matching, query: matching.none(),
}
