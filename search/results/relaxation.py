"""Query relaxation: what to show where no article fulfils the whole query.

The articles that have most of the words, and the total without each condition.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

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
from search.request import Period, SearchRequest
from search.results.model import Chip, Condition, CountHits, Relaxation

# The kinds of conditions that are not words.
_KINDS: Final = {Phrase: _("Phrase"), DateRange: _("Date")}

# Of two words, one is not most of them.
_MIN_WORDS: Final = 3
# The number of searches without one condition each.
MAX_CONDITIONS: Final = 12


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
    request: SearchRequest, chips: Sequence[Chip], count: CountHits
) -> tuple[Condition, ...]:
    """The total of *request* without each of its words, and without each filter.

    *chips* are those of *request*. One of several values of a facet is no condition,
    for without it there are fewer hits. A search without words has no conditions.
    """
    if request.query == Everything():
        return ()
    return (*_without_words(request, count), *_without_filters(request, chips, count))


def _without_words(request: SearchRequest, count: CountHits) -> Iterator[Condition]:
    children = _split_conditions(request.query)
    for index, child in enumerate(children[:MAX_CONDITIONS]):
        rest = (*children[:index], *children[index + 1 :])
        # A query of excluded words alone is not offered.
        if any(not isinstance(each, Not) for each in rest):
            other = request.with_query(And(rest) if len(rest) > 1 else rest[0])
            kind = _KINDS.get(type(child), _("Word"))
            yield Condition(kind, render(child), count(other), other.query_string())


def _without_filters(
    request: SearchRequest, chips: Sequence[Chip], count: CountHits
) -> Iterator[Condition]:
    # Chips are in the order of filters and values, with the dates last.
    chip_index = 0
    for name, slugs in request.filters:
        if len(slugs) == 1:
            other = request.with_filter(name, ())
            yield _without_chip(chips[chip_index], other, count)
        chip_index += len(slugs)
    if request.period:
        other = replace(request.with_dates("", ""), period=Period())
        yield _without_chip(chips[chip_index], other, count)


def _without_chip(chip: Chip, other: SearchRequest, count: CountHits) -> Condition:
    return Condition(chip.kind, chip.label, count(other), other.query_string())


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
