"""The one orchestrator: a request goes to the engine, rows and facets come back.

Everything shown comes from the database; the engine gives ids, the total and counts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from archive.models import Article
from search.engines.contract import DateCounts, EngineAnswer, EngineRequest, FacetCounts
from search.fields import FACETS
from search.indexing.connections import site_engine
from search.query import Everything
from search.request import PAGE_SIZE, SearchRequest
from search.results.date_facet import build_date_facet, label_dates
from search.results.did_you_mean import suggest
from search.results.explain import ask_statistics, explain_words, list_capped
from search.results.facets import FacetRows, build_chips, build_facet
from search.results.model import Facet, SearchResults
from search.results.relaxation import Count, iter_relaxed, list_conditions
from search.results.rows import build_rows, fetch_articles

# Articles read from the database at a time when all hits are wanted.
BATCH: Final = 500
_NO_DATES: Final = DateCounts({}, {}, {}, 0)
_NO_VALUES: Final = FacetCounts((), 0)


def run(request: SearchRequest, *, language: str) -> SearchResults:
    """The page of results that *request* asks for, labels in *language*.

    Raises QueryTooExpensive and IndexUnavailable.
    """
    rows = FacetRows(request)
    answer = ask_engine(request, rows)
    found = _build_results(request, rows, answer, language=language)
    if request.query == Everything():
        return found
    statistics = ask_statistics(site_engine(), request)
    total = found.total

    def count(other: SearchRequest) -> int:
        return site_engine().run(_engine_request(other, rows, limit=0)).total

    if not total:
        found = replace(
            _find_most(request, rows, count, language=language) or found,
            conditions=list_conditions(request, found.chips, count),
        )
    return replace(
        found,
        words=explain_words(request, statistics),
        notices=list_capped(statistics),
        suggestion=suggest(site_engine(), request, statistics, total, count),
    )


def _build_results(
    request: SearchRequest, rows: FacetRows, answer: EngineAnswer, *, language: str
) -> SearchResults:
    facets = []
    for field in FACETS:
        counts = answer.facets.get(field.name, _NO_VALUES)
        labels = rows.load(field.name, counts)
        facets.append(build_facet(field, counts, request, labels, language=language))
    return SearchResults(
        request=request,
        total=answer.total,
        rows=build_rows(request, [hit.article_id for hit in answer.hits]),
        facets=tuple(facets),
        dates=build_date_facet(request, answer.dates or _NO_DATES, language=language),
        chips=build_chips(
            request, rows, label_dates(request, language=language), language=language
        ),
    )


def _find_most(
    request: SearchRequest, rows: FacetRows, count: Count, *, language: str
) -> SearchResults | None:
    """The articles with as many of the words as any has, if that is most of them."""
    looser = list(iter_relaxed(request))
    # Whoever asks for fewer words finds no fewer articles.
    at = bisect_left(looser, True, key=lambda one: count(one[0]) > 0)
    if at == len(looser):
        return None
    other, most = looser[at]
    answer = ask_engine(other, rows)
    results = _build_results(other, rows, answer, language=language)
    return replace(results, request=request, most=most)


def ask_engine(request: SearchRequest, rows: FacetRows) -> EngineAnswer:
    """What the engine answers for a page of results: hits, total and all counts."""
    return site_engine().run(
        _engine_request(
            request,
            rows,
            offset=(request.page - 1) * PAGE_SIZE,
            facets=tuple(field.name for field in FACETS),
            facet_limit=max(field.size for field in FACETS),
            count_dates=True,
        )
    )


def list_facet(request: SearchRequest, name: str, *, language: str) -> Facet:
    """The facet *name* with all its buckets; raises KeyError for an unknown one."""
    field = {field.name: field for field in FACETS}[name]
    rows = FacetRows(request)
    answer = site_engine().run(_engine_request(request, rows, limit=0, facets=(name,)))
    counts = answer.facets[name]
    return build_facet(
        field, counts, request, rows.load(name, counts), language=language
    )


def count_articles(request: SearchRequest) -> int:
    """How many hits there are; raises QueryTooExpensive and IndexUnavailable."""
    return (
        site_engine().run(_engine_request(request, FacetRows(request), limit=0)).total
    )


def iter_articles(request: SearchRequest) -> Iterator[Article]:
    """Every hit in order with its catalogue, read a batch at a time."""
    ids = site_engine().iter_ids(_engine_request(request, FacetRows(request)))
    articles = Article.objects.all().with_catalogue()
    batch: list[int] = []
    for article_id in ids:
        batch.append(article_id)
        if len(batch) == BATCH:
            yield from fetch_articles(articles, batch)
            batch = []
    yield from fetch_articles(articles, batch)


def _engine_request(
    request: SearchRequest,
    rows: FacetRows,
    *,
    offset: int = 0,
    limit: int = PAGE_SIZE,
    facets: tuple[str, ...] = (),
    facet_limit: int | None = None,
    count_dates: bool = False,
) -> EngineRequest:
    return EngineRequest(
        query=request.query,
        filters=tuple(
            (name, rows.values(name, slugs)) for name, slugs in request.filters
        ),
        period=request.period,
        sort=request.sort,
        offset=offset,
        limit=limit,
        facets=facets,
        facet_limit=facet_limit,
        count_dates=count_dates,
    )
