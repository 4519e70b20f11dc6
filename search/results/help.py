"""All that a page offers beside its hits: why they matched, and where else to look.

One function for the searcher, so that pages, the command line and other clients show
the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from search.engines.contract import Engine
from search.request import SearchRequest
from search.results.broader import list_broader
from search.results.did_you_mean import suggest
from search.results.explain import ask_statistics, explain_words, list_capped
from search.results.latin_names import find_named_actors
from search.results.model import Chip, SearchHelp
from search.results.relaxation import Count, find_relaxation, list_conditions


def find_help(
    engine: Engine,
    request: SearchRequest,
    *,
    total: int,
    chips: Sequence[Chip],
    count: Count,
    language: str,
) -> SearchHelp:
    """The help for *request*, which has *total* hits and the filters of *chips*.

    *count* returns the total of another request. Raises QueryTooExpensive and
    IndexUnavailable.
    """
    statistics = ask_statistics(engine, request)
    words = explain_words(request, statistics)
    relaxation = None if total else find_relaxation(request, count)
    conditions = () if total else list_conditions(request, chips, count)
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
