"""Help with a search: why its hits matched, and other searches where it has few.

One function for the searcher, so that pages, the command line and other clients offer
the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from search.engines.contract import Engine, EngineAnswer, EngineRequest
from search.request import SearchRequest
from search.results.broader import list_broader
from search.results.did_you_mean import suggest
from search.results.explain import ask_statistics, explain_words, list_capped
from search.results.facets.model import Removal
from search.results.latin_names import find_named_actors
from search.results.model import CountHits, SearchHelp
from search.results.readings import add_readings
from search.results.relaxation import find_relaxation, list_conditions

# Of some 20,000 bytes each.
HELP_CACHE_SIZE: Final = 512


@dataclass(frozen=True, slots=True)
class Answered:
    """A request that an engine has answered: *asked* is what it was asked."""

    request: SearchRequest
    asked: EngineRequest
    answer: EngineAnswer


def find_help(
    engine: Engine,
    answered: Answered,
    *,
    removals: Sequence[Removal],
    count: CountHits,
    language: str,
) -> SearchHelp:
    """The help with a request that was answered.

    *removals* are its filters, and *count* returns the total of another request. Labels
    are in *language*. What the index knows is kept as long as it stays the same. Raises
    QueryTooExpensive and IndexUnavailable.
    """
    wanted = _Wanted(engine, answered, tuple(removals), count, language)
    is_known = answered.answer.version > 0
    found = _find_in_index(wanted) if is_known else _find_in_index.__wrapped__(wanted)
    named = find_named_actors(answered.request, language=language)
    return replace(found, named_actors=named)


class _Wanted:
    """Help as a key of the cache, which lets go of the engine when it is kept."""

    __slots__ = ("key", "removals", "request", "sources", "total")

    def __init__(
        self,
        engine: Engine,
        answered: Answered,
        removals: tuple[Removal, ...],
        count: CountHits,
        language: str,
    ) -> None:
        self.request, self.removals = answered.request, removals
        self.total = answered.answer.total
        self.sources: tuple[Engine, CountHits] | None = (engine, count)
        self.key: tuple[Hashable, ...] = (
            answered.answer.version,
            language,
            answered.asked,
            answered.request,
            removals,
        )

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Wanted) and self.key == other.key


@lru_cache(HELP_CACHE_SIZE)
def _find_in_index(wanted: _Wanted) -> SearchHelp:
    sources, wanted.sources = wanted.sources, None
    if sources is None:
        raise ValueError("Help is looked for once.")
    (engine, count), request, total = sources, wanted.request, wanted.total
    statistics = ask_statistics(engine, request)
    words = explain_words(request, statistics)
    words = add_readings(engine, request, words, statistics)
    relaxation = None if total else find_relaxation(request, count)
    conditions = () if total else list_conditions(request, wanted.removals, count)
    has_hits = total or relaxation
    return SearchHelp(
        words=words,
        notices=list_capped(statistics),
        relaxation=relaxation,
        conditions=conditions,
        suggestion=suggest(engine, request, statistics, total, count),
        broader=() if has_hits else list_broader(request, words, conditions),
    )
