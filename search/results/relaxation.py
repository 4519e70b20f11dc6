"""Query relaxation: what to show where no article fulfils the whole query.

The articles that have most of the words, and the total without each condition.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from search.query import (
    And,
    DateRange,
    Everything,
    Field,
    MostOf,
    Not,
    Phrase,
    Query,
    render,
)
from search.request import SearchRequest
from search.results.facets.model import Removal
from search.results.model import Condition, CountHits, Relaxation

# The kinds of conditions that are not words.
_KINDS: Final = {Phrase: _("Phrase"), DateRange: _("Date")}

# Of two words, one is not most of them.
_MIN_WORDS: Final = 3
# The number of searches without one condition each.
MAX_CONDITIONS: Final = 12
# Filters of a search without words: without its only one, it is that for everything.
_MIN_FILTERS: Final = 2


def find_relaxation(request: SearchRequest, count: CountHits) -> Relaxation | None:
    """The request for as many of the words as any article has, if that is most."""
    relaxed = list(iter_relaxed(request))
    # Requests for fewer words have no fewer hits, so the first with any is bisected.
    first = bisect_left(relaxed, True, key=lambda each: count(each.request) > 0)
    return relaxed[first] if first < len(relaxed) else None


def iter_relaxed(request: SearchRequest) -> Iterator[Relaxation]:
    """Requests for ever fewer of the words, but for more than half of them.

    Excluded words and dates stay required.
    """
    conditions = _split_conditions(request.query)
    words = tuple(child for child in conditions if not _is_required(child))
    required = tuple(child for child in conditions if _is_required(child))
    asked = len(words)
    if asked < _MIN_WORDS:
        return
    for matched in range(asked - 1, asked // 2, -1):
        most = MostOf(words, matched)
        query: Query = And((most, *required)) if required else most
        yield Relaxation(replace(request, query=query), matched, asked)


def list_conditions(
    request: SearchRequest, removals: Sequence[Removal], count: CountHits
) -> tuple[Condition, ...]:
    """The total of *request* without each of its words, and without each filter.

    *removals* are those of *request*, of which those that leave out no condition have
    no more hits. A search with one condition alone has none to leave out.
    """
    filters = [each for each in removals if each.is_condition]
    if request.query == Everything() and len(filters) < _MIN_FILTERS:
        return ()
    return (*_without_words(request, count), *_without_filters(filters, count))


def _without_words(request: SearchRequest, count: CountHits) -> Iterator[Condition]:
    children = _split_conditions(request.query)
    for index, child in enumerate(children[:MAX_CONDITIONS]):
        rest = (*children[:index], *children[index + 1 :])
        # A query of excluded words alone is not offered.
        if any(not isinstance(each, Not) for each in rest):
            other = request.with_query(And(rest) if len(rest) > 1 else rest[0])
            kind = _KINDS.get(type(child), _("Word"))
            yield Condition(
                kind, render(child, get_language()), count(other), other.query_string()
            )


def _without_filters(
    removals: Sequence[Removal], count: CountHits
) -> Iterator[Condition]:
    for each in removals[:MAX_CONDITIONS]:
        chip = each.chip
        yield Condition(chip.kind, chip.text, count(each.request), chip.query_string)


def _split_conditions(query: Query) -> tuple[Query, ...]:
    """The distinct queries that an article must match, all of them."""
    match query:
        case And(children):
            return tuple(dict.fromkeys(children))
        case Field(name, And(children)):
            return tuple(Field(name, child) for child in dict.fromkeys(children))
        case Everything():
            return ()
    return (query,)


def _is_required(query: Query) -> bool:
    return isinstance(query, Not | DateRange)
