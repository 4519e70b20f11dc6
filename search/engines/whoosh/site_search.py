"""Runs the site's own searches on a snapshot: hits, total and all counts.

``haystack_search`` is the same for Haystack's users.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Final

import numpy as np

from search.day_numbers import DAYS_OF_MONTH, DAYS_OF_YEAR
from search.engines.contract import EngineRequest
from search.engines.whoosh.compile import (
    compile_bonuses,
    compile_period,
    compile_query,
)
from search.engines.whoosh.cost import check_cost
from search.engines.whoosh.evaluate import Matches, evaluate
from search.engines.whoosh.ranking import look_again, relevance_keys
from search.engines.whoosh.segment_file import Array
from search.engines.whoosh.selection import select_page
from search.engines.whoosh.snapshot import Snapshot
from search.fields import ARTICLE_ID, DATE_FIRST, DATE_LAST
from search.request import Sort
from search.results import DateCounts, EngineAnswer, FacetCounts, Hit

# The key of the period among the restrictions; no facet is called so.
_PERIOD: Final = "period"


def run(snapshot: Snapshot, request: EngineRequest) -> EngineAnswer:
    """The page of hits that *request* asks for, with the exact total and counts.

    Raises QueryTooExpensive.
    """
    check_cost(request.query)
    matches = evaluate(snapshot, compile_query(request.query))
    passes = _restrictions(snapshot, request, matches.docs)
    hits = _passing(matches, list(passes.values()))
    if request.limit:
        hits = _rank(snapshot, hits, request)
    shown = _order(snapshot, hits, request.sort, request.offset, request.limit)
    return EngineAnswer(
        hits=tuple(
            Hit(int(article), float(score))
            for article, score in zip(
                snapshot.numbers(ARTICLE_ID)[hits.docs[shown]],
                hits.scores[shown],
                strict=True,
            )
        ),
        total=len(hits.docs),
        facets={
            name: _count_facet(snapshot, name, _without(matches, passes, name), request)
            for name in request.facets
        },
        dates=(
            _count_dates(snapshot, _without(matches, passes, _PERIOD))
            if request.count_dates
            else None
        ),
    )


def iter_ids(snapshot: Snapshot, request: EngineRequest) -> Iterator[int]:
    """The article ids of all hits, in the order that *request* asks for.

    Raises QueryTooExpensive when the first is asked for.
    """
    check_cost(request.query)
    matches = evaluate(snapshot, compile_query(request.query))
    hits = _passing(
        matches, list(_restrictions(snapshot, request, matches.docs).values())
    )
    hits = _rank(snapshot, hits, request)
    order = _order(snapshot, hits, request.sort, 0, len(hits.docs))
    yield from snapshot.numbers(ARTICLE_ID)[hits.docs[order]].tolist()


def _rank(snapshot: Snapshot, hits: Matches, request: EngineRequest) -> Matches:
    if request.sort is not Sort.RELEVANCE:
        return hits
    return look_again(snapshot, hits, compile_bonuses(request.query))


def _restrictions(
    snapshot: Snapshot, request: EngineRequest, docs: Array
) -> dict[str, Array]:
    """For each filter and the period, which of *docs* pass."""
    passes: dict[str, Array] = {}
    for name, values in request.filters:
        passes[name] = _have_any(snapshot, name, values)[docs]
    if request.period:
        ranges = compile_period(request.period)
        chosen = [one.choose(snapshot.numbers(one.fieldname)[docs]) for one in ranges]
        passes[_PERIOD] = reduce(np.logical_and, chosen)
    return passes


def _have_any(snapshot: Snapshot, name: str, values: tuple[str, ...]) -> Array:
    """For every document of the index, whether it has one of *values*."""
    found = np.zeros(snapshot.count, bool)
    for base, field in snapshot.fields(name):
        for value in values:
            ordinal = field.terms.find(value.encode())
            if ordinal is not None:
                found[field.postings(ordinal).docs.astype(np.int64) + base] = True
    return found


def _passing(matches: Matches, passes: list[Array]) -> Matches:
    if not passes:
        return matches
    chosen = reduce(np.logical_and, passes)
    return Matches(matches.docs[chosen], matches.scores[chosen])


def _without(matches: Matches, passes: dict[str, Array], left_out: str) -> Array:
    """The documents that pass every restriction but one."""
    kept = [found for name, found in passes.items() if name != left_out]
    return _passing(matches, kept).docs


def _order(
    snapshot: Snapshot, hits: Matches, sort: Sort, offset: int, limit: int
) -> Array:
    """Indexes into *hits* of the places asked for; undated articles come last."""
    dates = snapshot.numbers(DATE_FIRST)[hits.docs]
    articles = snapshot.numbers(ARTICLE_ID)[hits.docs]
    # Without a date an article comes last, whichever end is first.
    ascending = np.where(dates == 0, np.iinfo(np.int64).max, dates)
    keys: dict[Sort, tuple[Array, ...]] = {
        Sort.RELEVANCE: relevance_keys(snapshot, hits),
        Sort.NEWEST: (-dates, -articles),
        Sort.OLDEST: (ascending, articles),
    }
    return select_page(keys[sort], offset, limit)


def _count_facet(
    snapshot: Snapshot, name: str, docs: Array, request: EngineRequest
) -> FacetCounts:
    chosen = dict(request.filters).get(name, ())
    column = snapshot.column(name)
    if column is None or not docs.size:
        return FacetCounts(tuple((value, 0) for value in chosen), 0)
    counts = column.count(docs)
    found = np.flatnonzero(counts)
    limit = len(found) if request.facet_limit is None else request.facet_limit
    best = found[select_page((-counts[found], found), 0, limit)]
    shown = {column.labels[at]: int(counts[at]) for at in best.tolist()}
    for value in chosen:
        if value not in shown:
            shown[value] = column.count_of(value, counts)
    return FacetCounts(tuple(shown.items()), len(found))


def _count_dates(snapshot: Snapshot, docs: Array) -> DateCounts:
    first = snapshot.numbers(DATE_FIRST)[docs]
    last = snapshot.numbers(DATE_LAST)[docs]
    dated = first > 0
    undated = int(len(docs) - dated.sum())
    first, last = first[dated], last[dated]
    in_month = first[first // DAYS_OF_MONTH == last // DAYS_OF_MONTH] // DAYS_OF_MONTH
    return DateCounts(
        years=_tally(first // DAYS_OF_YEAR),
        months=_tally(in_month),
        days=_tally(first[first == last]),
        undated=undated,
    )


def _tally(values: Array) -> dict[int, int]:
    found, counts = np.unique(values, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))
