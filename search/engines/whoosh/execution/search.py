"""One search of the site on one commit, from the request to the answer.

``haystack_api.search`` is the same for Haystack's users.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from search.deadline import Deadline
from search.engines.contract import DateCounts, EngineRequest, FacetCounts
from search.engines.limits import check_request
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.execution.facet_counts import count_facet
from search.engines.whoosh.execution.filters import PERIOD, filter_docs, find_docs
from search.engines.whoosh.execution.matching import Matching
from search.engines.whoosh.execution.rescoring import (
    RankedDocs,
    rescore,
    sort_by_date,
)
from search.engines.whoosh.execution.scoring import Scoring
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.compiler import compile_query, compile_rescore
from search.request import Sort


class TopDocs(NamedTuple):
    """One page of hits in order, the exact total, and the counts asked for.

    ``docs`` is int64[n], ``scores`` float32[n].
    """

    docs: Array
    scores: Array
    total: int
    facets: Mapping[str, FacetCounts]
    dates: DateCounts | None
    held: DateCounts | None


def search(snapshot: Snapshot, request: EngineRequest, deadline: Deadline) -> TopDocs:
    """The page of hits that *request* asks for, with the exact total and all counts.

    Counts of a facet of which any value is enough leave out what it must have, those
    of dates the period.
    Raises QueryTooExpensive.
    """
    check_request(request)
    query = compile_query(request.query)
    with Matching(snapshot, deadline, caches=True) as matching:
        docs = find_docs(matching, request)
        filtered = filter_docs(snapshot, request, docs)
        hits = filtered.hits
        end = hits.size if request.limit is None else request.offset + request.limit
        ranked = _order_without_scoring(snapshot, request, hits, end)
        if ranked is None:
            scores = Scoring(matching, hits).score(query)
            by = compile_rescore(request.query)
            # Pages after the first cache the whole order, so that none is scored twice.
            depth = hits.size if request.offset else end
            ranked = rescore(matching, hits, scores, by, depth)
            if request.offset:
                snapshot.order_cache.put(_order_key(request), ranked)
    page = ranked.cut(request.offset, end)
    facets = {
        name: count_facet(snapshot, request, name, filtered.hits_without(name))
        for name in request.facets
    }
    dates = held = None
    if request.count_dates:
        dates = snapshot.date_histogram.count(filtered.hits_without(PERIOD))
        held = snapshot.held_dates
    return TopDocs(page.docs, page.scores, hits.size, facets, dates, held)


def _order_without_scoring(
    snapshot: Snapshot, request: EngineRequest, hits: Array, end: int
) -> RankedDocs | None:
    """The order of *hits* where nothing has to be scored for it."""
    if end == request.offset:
        return RankedDocs(hits[:0], hits[:0])
    if request.sort is not Sort.RELEVANCE:
        return sort_by_date(snapshot, hits, request.sort, end)
    if request.offset:
        return snapshot.order_cache.get(_order_key(request))
    return None


def _order_key(request: EngineRequest) -> EngineRequest:
    """*request* without what does not change the order of its hits."""
    return replace(request, offset=0, limit=0, facets=(), count_dates=False)
