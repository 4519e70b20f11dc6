"""Query relaxation: what to show where no article fulfils the whole query.

The articles that have most of the words, and the total without each condition.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
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
from search.results.explain import with_tree
from search.results.model import Chip, Condition, Relaxation

# How many articles a request finds.
Count = Callable[[SearchRequest], int]

# What a condition is called that is not a word.
_KINDS: Final = {Phrase: _("Phrase"), DateRange: _("Date")}

# Of two words no article has "most".
_FEWEST_WORDS: Final = 3
# Conditions that are counted without; each is a search of its own.
MOST_CONDITIONS: Final = 12


def find_relaxation(request: SearchRequest, count: Count) -> Relaxation | None:
    """The request for as many of the words as any article has, if that is most."""
    relaxed = list(iter_relaxed(request))
    # Requests for fewer words have no fewer hits, so the first with any is bisected.
    first = bisect_left(relaxed, True, key=lambda each: count(each.request) > 0)
    return relaxed[first] if first < len(relaxed) else None


def iter_relaxed(request: SearchRequest) -> Iterator[Relaxation]:
    """Requests for ever fewer of the words, but for more than half of them.

    Words that must not occur, and dates, stay as they are.
    """
    words = [child for child in _conditions(request.query) if not _is_strict(child)]
    strict = [child for child in _conditions(request.query) if _is_strict(child)]
    asked = len(words)
    if asked < _FEWEST_WORDS:
        return
    for matched in range(asked - 1, asked // 2, -1):
        most = MostOf(tuple(words), matched)
        tree: Query = And((most, *strict)) if strict else most
        yield Relaxation(replace(request, query=tree), matched, asked)


def list_conditions(
    request: SearchRequest, chips: Sequence[Chip], count: Count
) -> tuple[Condition, ...]:
    """What is found without each word, and without each filter of *chips*.

    Those are the chips of *request*, and *count* tells how many a request finds. One
    of several values of a facet is no condition: without it there are fewer. Filters
    alone, without words, are none either.
    """
    if request.query == Everything():
        return ()
    return (*_without_words(request, count), *_without_filters(request, chips, count))


def _without_words(request: SearchRequest, count: Count) -> Iterator[Condition]:
    children = _conditions(request.query)
    for at, child in enumerate(children[:MOST_CONDITIONS]):
        rest = (*children[:at], *children[at + 1 :])
        # What is only left out is no search.
        if any(not isinstance(one, Not) for one in rest):
            tree = And(rest) if len(rest) > 1 else rest[0]
            other = with_tree(request, tree)
            kind = _KINDS.get(type(child), _("Word"))
            yield Condition(kind, render(child), count(other), other.query_string())


def _without_filters(
    request: SearchRequest, chips: Sequence[Chip], count: Count
) -> Iterator[Condition]:
    at = 0
    for name, slugs in request.filters:
        if len(slugs) == 1:
            other = request.with_filter(name, ())
            yield _without_chip(chips[at], other, count)
        at += len(slugs)
    if request.period:
        other = replace(request.with_dates("", ""), period=Period())
        yield _without_chip(chips[at], other, count)


def _without_chip(chip: Chip, other: SearchRequest, count: Count) -> Condition:
    return Condition(chip.kind, chip.label, count(other), other.query_string())


def _conditions(query: Query) -> tuple[Query, ...]:
    """What an article must fulfil, one by one; what is said twice counts once."""
    match query:
        case And(children):
            return tuple(dict.fromkeys(children))
        case Field(name, And(children)):
            return tuple(Field(name, child) for child in dict.fromkeys(children))
        case Everything():
            return ()
    return (query,)


def _is_strict(query: Query) -> bool:
    return isinstance(query, Not | DateRange)
