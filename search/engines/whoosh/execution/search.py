"""Runs the site's own searches on a snapshot: hits, total and all counts.

``haystack_search`` is the same for Haystack's users.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

import numpy as np
from whoosh import query as q

from search.engines.contract import (
    DateCounts,
    EngineAnswer,
    EngineRequest,
    FacetCounts,
    Hit,
)
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.execution.matching import Matching
from search.engines.whoosh.execution.rescoring import rank
from search.engines.whoosh.execution.scoring import Scoring
from search.engines.whoosh.execution.top_k import largest_counts, top_k
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.compiler import (
    compile_period,
    compile_query,
    compile_rescore,
)
from search.engines.whoosh.query.limits import Deadline, check_cost
from search.fields import ARTICLE_ID, DATE_FIRST
from search.request import Sort

# The key of the period among the restrictions; no facet is called so.
_PERIOD: Final = "period"


def run(snapshot: Snapshot, request: EngineRequest, deadline: Deadline) -> EngineAnswer:
    """The page of hits that *request* asks for, with the exact total and counts.

    Raises QueryTooExpensive.
    """
    with _searching(snapshot, request, deadline) as search:
        docs, scores = search.rank(request.offset, request.offset + request.limit)
    articles = snapshot.numeric_doc_values(ARTICLE_ID)[docs]
    return EngineAnswer(
        hits=tuple(map(Hit, articles.tolist(), scores.tolist())),
        total=search.hits.size,
        facets={name: search.count_facet(name) for name in request.facets},
        dates=search.count_dates() if request.count_dates else None,
    )


def iter_ids(
    snapshot: Snapshot, request: EngineRequest, deadline: Deadline
) -> Iterator[int]:
    """The article ids of all hits, in the order that *request* asks for.

    Raises QueryTooExpensive when the first is asked for.
    """
    with _searching(snapshot, request, deadline) as search:
        docs, _scores = search.rank(0, search.hits.size)
    yield from snapshot.numeric_doc_values(ARTICLE_ID)[docs].tolist()


@contextmanager
def _searching(
    snapshot: Snapshot, request: EngineRequest, deadline: Deadline
) -> Iterator[_Search]:
    """The search for *request*; what it reads is left to others, even if it fails."""
    matching = Matching(snapshot, deadline, stores=True)
    try:
        yield _Search(matching, request)
    finally:
        matching.postings.store()


class _Search:
    """What matches a request, and what of that passes its filters."""

    def __init__(self, matching: Matching, request: EngineRequest) -> None:
        check_cost(request.query)
        self._matching = matching
        self._snapshot = snapshot = matching.snapshot
        self._request = request
        self._query = compile_query(request.query)
        self._docs = self._matching.find(self._query)
        self._passes = _restrictions(snapshot, request, self._docs)
        self.hits = self._passing(self._passes)

    def _passing(self, names: Iterable[str]) -> Array:
        """The documents that pass the restrictions with these *names*."""
        chosen = [self._passes[name] for name in names]
        return self._docs[reduce(np.logical_and, chosen)] if chosen else self._docs

    def _without(self, left_out: str) -> Array:
        """The documents that pass every restriction but one."""
        if left_out not in self._passes:
            return self.hits
        return self._passing(name for name in self._passes if name != left_out)

    def rank(self, first: int, last: int) -> tuple[Array, Array]:
        """The hits from the place *first* up to *last*, in order, and their scores."""
        if self._request.sort is not Sort.RELEVANCE:
            docs = self._by_date(first, last)
            return docs, np.zeros(docs.size)
        if last == first:
            return self.hits[:0], np.zeros(0)
        if first == 0:
            return self._score(last)
        # Who turns one page turns another: nothing is scored again for the next.
        key = replace(self._request, offset=0, limit=0, facets=(), count_dates=False)
        kept = self._snapshot.order_cache.get(key)
        if kept is None:
            kept = self._score(self.hits.size)
            self._snapshot.order_cache.put(key, kept)
        docs, scores = kept
        return docs[first:last], scores[first:last]

    def _score(self, last: int) -> tuple[Array, Array]:
        """The best *last* hits and their scores."""
        scores = Scoring(self._matching, self.hits).score(self._query)
        bonuses = compile_rescore(self._request.query)
        return rank(self._matching, self.hits, scores, bonuses, last)

    def _by_date(self, first: int, last: int) -> Array:
        """Undated articles come last, whichever end is first."""
        dates = self._snapshot.numeric_doc_values(DATE_FIRST)[self.hits]
        articles = self._snapshot.numeric_doc_values(ARTICLE_ID)[self.hits]
        if self._request.sort is Sort.NEWEST:
            keys = (-dates, -articles)
        else:
            keys = (np.where(dates == 0, np.iinfo(np.int64).max, dates), articles)
        return self.hits[top_k(keys, first, last - first)]

    def count_facet(self, name: str) -> FacetCounts:
        """The commonest values of a facet, whichever of them are chosen."""
        return _count_facet(self._snapshot, name, self._without(name), self._request)

    def count_dates(self) -> DateCounts:
        """The hits by period, whatever period is chosen."""
        return self._snapshot.date_histogram.count(self._without(_PERIOD))


def _restrictions(
    snapshot: Snapshot, request: EngineRequest, docs: Array
) -> dict[str, Array]:
    """For each filter and the period, which of *docs* pass."""
    passes: dict[str, Array] = {}
    for name, values in request.filters:
        passes[name] = _have_any(snapshot, name, values)[docs]
    if request.period:
        ranges = compile_period(request.period)
        chosen = [
            one.choose(snapshot.numeric_doc_values(one.fieldname)[docs])
            for one in ranges
        ]
        passes[_PERIOD] = reduce(np.logical_and, chosen)
    return passes


def _have_any(snapshot: Snapshot, name: str, values: tuple[str, ...]) -> Array:
    """For every document of the index, whether it has one of *values*."""
    found = np.zeros(snapshot.max_doc, bool)
    for base, field in snapshot.fields(name):
        for value in values:
            found[field.docs(field.find(value.encode())) + base] = True
    return found


def _count_facet(
    snapshot: Snapshot, name: str, docs: Array, request: EngineRequest
) -> FacetCounts:
    chosen = dict(request.filters).get(name, ())
    column = snapshot.sorted_set_doc_values(name)
    if column is None or not docs.size:
        return FacetCounts(tuple((value, 0) for value in chosen), 0)
    counts = column.count(docs)
    best = largest_counts(counts, request.facet_limit)
    shown = {column.labels[at]: int(counts[at]) for at in best.tolist()}
    for value in chosen:
        if value not in shown:
            shown[value] = column.count_of(value, counts)
    return FacetCounts(tuple(shown.items()), int(np.count_nonzero(counts)))


@dataclass(frozen=True, slots=True)
class Matches:
    """Ascending document numbers and the score of each."""

    docs: Array
    scores: Array


def evaluate(snapshot: Snapshot, query: q.Query) -> Matches:
    """The documents that match *query*, deleted ones left out, with their scores.

    Raises TypeError for a kind of query that is not known here.
    """
    matching = Matching(snapshot)
    docs = matching.find(query)
    return Matches(docs, Scoring(matching, docs).score(query))
