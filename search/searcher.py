"""The one orchestrator: from a request to a results page, a facet or all articles.

The engine gives ids, totals and counts; everything shown comes from the database.
"""

from __future__ import annotations

import heapq
import logging
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import lru_cache
from typing import Final

from archive.models import Article, iter_id_batches, prefetch_actor_links
from search.arabic.analyzer import surfaces
from search.deadline import Deadline, time_limit
from search.engines.contract import DateCounts, EngineAnswer, EngineRequest
from search.errors import IndexUnavailable, QueryTooExpensive
from search.fields import FACETS
from search.indexing.connections import site_engine
from search.query import Everything, Level, Or, Term
from search.request import PAGE_SIZE, SearchRequest
from search.results.facets import (
    FacetRows,
    build_date_facet,
    build_facet,
    build_facets,
    describe_chips,
    label_dates,
    list_impossible,
    list_removals,
)
from search.results.facets.model import Facet
from search.results.help import Answered, find_help
from search.results.hit_rows import HitRows
from search.results.model import SearchResults
from search.results.rows import fetch_articles

log = logging.getLogger(__name__)

# Articles read from the database at a time when all hits are wanted.
BATCH: Final = 500
# Of 8,000 bytes or so each.
FIRST_IDS_CACHE_SIZE: Final = 512
# Words that are looked for. BM25 weighs their rarity; shorter ones have hardly any.
_SIMILAR_WORDS: Final = 24
_SHORTEST_SIMILAR: Final = 4
# Characters of the text that are read: what a text is about stands at its beginning.
_READ_FOR_SIMILAR: Final = 20_000
_NO_DATES: Final = DateCounts({}, {}, {}, 0)


def run(request: SearchRequest, *, language: str) -> SearchResults:
    """The page of results that *request* asks for, labels in *language*.

    All of it shares the processor time that the engine gives to one search. Raises
    QueryTooExpensive and IndexUnavailable.
    """
    with page_time():
        found = find(request, language=language)
        rows = found.rows
        # Read now, within the time.
        return replace(found, rows=rows.read() if isinstance(rows, HitRows) else rows)


def page_time() -> AbstractContextManager[Deadline]:
    """The processor time of one page, which everything in the block shares."""
    return time_limit(site_engine().timeout)


def find(request: SearchRequest, *, language: str) -> SearchResults:
    """As `run`, but the rows are read when they are wanted; take it in `page_time`."""
    facet_rows = FacetRows(request)
    asked = _build_engine_request(request, facet_rows)
    answer = ask_engine(request, facet_rows)
    date_label = label_dates(request, language=language)
    removals = list_removals(request, facet_rows, date_label, language=language)
    search_help = find_help(
        site_engine(),
        Answered(request, asked, answer),
        removals=removals,
        count=lambda other: _count(other, facet_rows),
        language=language,
    )
    shown = request
    if search_help.relaxation:
        shown = search_help.relaxation.request
        answer = ask_engine(shown, facet_rows)
    return SearchResults(
        request=request,
        total=answer.total,
        rows=HitRows(shown, answer.hits),
        facets=build_facets(request, facet_rows, answer.facets, language=language),
        dates=build_date_facet(
            request,
            answer.dates or _NO_DATES,
            answer.held or _NO_DATES,
            language=language,
        ),
        chips=tuple(removal.chip for removal in removals),
        impossible=list_impossible(request, facet_rows, language=language),
        help=search_help,
        held=None if answer.total else _count_held(request),
    )


def _count_held(request: SearchRequest) -> int | None:
    """The articles of the period, whatever they say; ``None`` without a period."""
    if not request.period:
        return None
    of_period = EngineRequest(query=Everything(), period=request.period, limit=0)
    return site_engine().run(of_period).total


def estimate_seconds(request: SearchRequest) -> float:
    """About how many processor seconds `run` takes; raises IndexUnavailable."""
    engine = site_engine()
    others = (estimate_seconds(each.request) for each in request.within)
    return engine.estimate_seconds(request.query) + sum(others)


def ask_engine(request: SearchRequest, facet_rows: FacetRows) -> EngineAnswer:
    """The engine's answer for a results page: hits, total and all counts."""
    asked = replace(
        _build_engine_request(request, facet_rows),
        offset=(request.page - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
        facets=tuple(field.name for field in FACETS),
        facet_limit=max(field.size for field in FACETS),
        count_dates=True,
    )
    return site_engine().run(asked)


def list_facet(request: SearchRequest, name: str, *, language: str) -> Facet:
    """The facet *name* with all its buckets; raises KeyError for an unknown one."""
    field = {field.name: field for field in FACETS}[name]
    facet_rows = FacetRows(request)
    asked = replace(_build_engine_request(request, facet_rows), facets=(name,))
    counts = site_engine().run(asked).facets[name]
    return build_facet(field, counts, request, facet_rows, language=language)


def describe_question(request: SearchRequest, *, language: str) -> str:
    """The query and the filters in one line; words for an empty search."""
    dates = label_dates(request, language=language)
    removals = list_removals(request, FacetRows(request), dates, language=language)
    return describe_chips(request.text, (removal.chip for removal in removals))


def list_first_ids(request: SearchRequest, *, limit: int) -> tuple[Sequence[int], int]:
    """The ids of the first *limit* results in order, and the total.

    Kept while the index stays the same: a reader goes from one to the next.
    """
    asked = replace(_build_engine_request(request, FacetRows(request)), limit=limit)
    version = site_engine().version()
    find = _find_first_ids if version else _find_first_ids.__wrapped__
    return find(asked, version)


@lru_cache(FIRST_IDS_CACHE_SIZE)
def _find_first_ids(asked: EngineRequest, _version: int) -> tuple[Sequence[int], int]:
    answer = site_engine().run(asked)
    return array("q", (hit.article_id for hit in answer.hits)), answer.total


def count_articles(request: SearchRequest) -> int:
    """The total of *request*; raises QueryTooExpensive and IndexUnavailable."""
    return _count(request, FacetRows(request))


def iter_ids(request: SearchRequest) -> Iterator[int]:
    """The numbers of all hits in order, also of articles withdrawn since indexing.

    Raises QueryTooExpensive and IndexUnavailable.
    """
    return site_engine().iter_ids(build_engine_request(request))


def iter_articles(request: SearchRequest) -> Iterator[Article]:
    """All hits in order with their sources, read in batches."""
    yield from iter_chosen(iter_ids(request))


def list_newest(request: SearchRequest, *, limit: int) -> list[Article]:
    """The hits that were added last, the last one first, with source and relations.

    Raises QueryTooExpensive and IndexUnavailable.
    """
    newest = heapq.nlargest(limit, iter_ids(request))
    relations = "topics", "authors", prefetch_actor_links()
    articles = Article.objects.select_related("source").prefetch_related(*relations)
    return fetch_articles(articles, newest)


def iter_chosen(article_ids: Iterable[int]) -> Iterator[Article]:
    """These articles in order with their sources, without those that nobody sees."""
    articles = Article.objects.select_related("source")
    for batch in iter_id_batches(article_ids, most=BATCH):
        yield from fetch_articles(articles, batch)


def _count(request: SearchRequest, facet_rows: FacetRows) -> int:
    return site_engine().run(_build_engine_request(request, facet_rows)).total


def build_engine_request(request: SearchRequest) -> EngineRequest:
    """*request* as an engine takes it, all hits asked for by no page."""
    return _build_engine_request(request, FacetRows(request))


def _build_engine_request(
    request: SearchRequest, facet_rows: FacetRows
) -> EngineRequest:
    """*request* with values of the index for its slugs, and no hits asked for."""
    return EngineRequest(
        query=request.query,
        filters=tuple(map(facet_rows.in_index, request.filters)),
        period=request.period,
        undated=request.undated,
        sort=request.sort,
        limit=0,
        within=_others(request, is_excluded=False),
        without=_others(request, is_excluded=True),
    )


def _others(request: SearchRequest, *, is_excluded: bool) -> tuple[EngineRequest, ...]:
    return tuple(
        build_engine_request(each.request)
        for each in request.within
        if each.is_excluded is is_excluded
    )


def find_similar(text: str, limit: int) -> list[int]:
    """Ids of published articles with the words of *text*, the best first.

    The value of the setting ``SIMILAR_ARTICLES``. None where the index cannot be asked:
    proposals do without it.
    """
    words = Counter(
        word
        for word in surfaces(text[:_READ_FOR_SIMILAR])
        if len(word) >= _SHORTEST_SIMILAR
    )
    ordered = sorted(words.items(), key=lambda item: (-item[1], -len(item[0]), item[0]))
    terms = tuple(Term(word, Level.EXACT) for word, _count in ordered[:_SIMILAR_WORDS])
    if not terms:
        return []
    try:
        answer = site_engine().run(EngineRequest(query=Or(terms), limit=limit))
    except (IndexUnavailable, QueryTooExpensive) as error:
        log.warning("No similar articles for a proposal: %s", error)
        return []
    return [hit.article_id for hit in answer.hits]
