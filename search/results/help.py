"""Help with a search: why its hits matched, and other searches where it has few.

One function for the searcher, so that pages, the command line and other clients offer
the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from search.engines.contract import Engine
from search.request import SearchRequest
from search.results.broader import list_broader
from search.results.did_you_mean import suggest
from search.results.explain import ask_statistics, explain_words, list_capped
from search.results.facets.model import Removal
from search.results.latin_names import find_named_actors
from search.results.model import CountHits, SearchHelp
from search.results.readings import add_readings
from search.results.relaxation import find_relaxation, list_conditions


def find_help(
    engine: Engine,
    request: SearchRequest,
    *,
    total: int,
    removals: Sequence[Removal],
    count: CountHits,
    language: str,
) -> SearchHelp:
    """The help with *request*, which has *total* hits.

    *removals* are its filters, and *count* returns the total of another request. Labels
    are in *language*. Raises QueryTooExpensive and IndexUnavailable.
    """
    statistics = ask_statistics(engine, request)
    words = explain_words(request, statistics)
    words = add_readings(engine, request, words, statistics)
    relaxation = None if total else find_relaxation(request, count)
    conditions = () if total else list_conditions(request, removals, count)
    has_hits = total or relaxation
    return SearchHelp(
        words=words,
        notices=list_capped(statistics),
        relaxation=relaxation,
        conditions=conditions,
        suggestion=suggest(engine, request, statistics, total, count),
        broader=() if has_hits else list_broader(request, words, conditions),
        named_actors=find_named_actors(request, language=language),
    )
