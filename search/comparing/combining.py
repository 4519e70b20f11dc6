"""Two searches as one: what both find, and what one finds and the other does not.

Words and filters say it where they can, for readers understand those. What they cannot
say, as the negation of a word of an actor, is a search that holds the other
(``SearchRequest.within``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from search.comparing.periods import Period as MonthPeriod
from search.errors import SearchError
from search.fields import FACETS
from search.forms import MAX_DEPTH, MAX_WITHIN
from search.query import And, DateRange, Everything, Not, Or, Query, Term, parse
from search.request import FacetFilter, Period, SearchRequest, Sort, make_filter

Combination = Callable[[SearchRequest, SearchRequest], SearchRequest]


class NotExpressible(Exception):
    """There is no search for the combination."""


class FindsNothing(Exception):
    """The combination contradicts itself, so that no article is in it."""


def combine(
    say: Combination, first: SearchRequest, second: SearchRequest, *, is_excluded: bool
) -> SearchRequest:
    """What *say* makes of both, else *first* with *second* within it or excluded.

    Raises FindsNothing, and NotExpressible where too many searches would stand within
    one another.
    """
    try:
        return say(first, second)
    except NotExpressible:
        combined = first.add_within(second, is_excluded=is_excluded)
        if combined.depth > MAX_DEPTH or len(combined.within) > MAX_WITHIN:
            raise
        return combined


def find_both(first: SearchRequest, second: SearchRequest) -> SearchRequest:
    """The search for what both find; raises NotExpressible and FindsNothing."""
    query = _join(first.query, second.query)
    combined = _start(first, second, query)
    for each in second.within:
        combined = combined.add_within(each.request, is_excluded=each.is_excluded)
    for facet in FACETS:
        filters = first.filter_of(facet.name), second.filter_of(facet.name)
        combined = combined.replace_filter(_intersect(*filters))
    return _finish(_with_both_dates(combined, first, second))


def find_only(first: SearchRequest, second: SearchRequest) -> SearchRequest:
    """The search for what *first* finds and *second* does not.

    Raises NotExpressible, and FindsNothing where all that the first finds has what the
    second asks for.
    """
    if not {*second.within} <= {*first.within}:
        raise NotExpressible
    words = _words_that_differ(first, second)
    filters = list(_filters_that_differ(first, second))
    if not words and not filters:
        raise FindsNothing
    if words:
        if filters:
            raise NotExpressible
        query = _join(first.query, Not(_join(*words)))
        return _finish(_start(first, second, query))
    if len(filters) > 1:
        raise NotExpressible
    [condition] = filters
    own = first.filter_of(condition.name)
    combined = _start(first, second, first.query)
    return _finish(combined.replace_filter(_without(own, condition)))


def _start(first: SearchRequest, second: SearchRequest, query: Query) -> SearchRequest:
    """*first* with another query, and the day from which relative dates count."""
    days = {first.as_of, second.as_of} - {None}
    if len(days) > 1:
        raise NotExpressible
    as_of = first.as_of or second.as_of
    combined = replace(first, sort=Sort.RELEVANCE, page=1, as_of=as_of)
    if isinstance(query, Everything):
        return combined
    return combined if query == first.query else combined.with_query(query)


def _finish(combined: SearchRequest) -> SearchRequest:
    """*combined*, if its text is read as its query."""
    if not combined.text:
        return combined
    try:
        parse(combined.text, combined.level)
    except SearchError as error:
        # More words than one query may have.
        raise NotExpressible from error
    return combined


def _join(*queries: Query) -> Query:
    """What all of *queries* match, each once."""
    parts = [
        query for query in dict.fromkeys(queries) if not isinstance(query, Everything)
    ]
    if len(parts) > 1:
        return And(tuple(_flatten(parts)))
    return parts[0] if parts else Everything()


def _flatten(parts: list[Query]) -> Iterator[Query]:
    """The children of conjunctions, once each, in place of them."""
    children: dict[Query, None] = {}
    for part in parts:
        children |= dict.fromkeys(part.children if isinstance(part, And) else [part])
    yield from children


def _intersect(first: FacetFilter, second: FacetFilter) -> FacetFilter:
    """What passes both filters of one facet."""
    excluded = (*first.excluded, *second.excluded)
    if not (first.values and second.values):
        wanted = first if first.values else second
        return replace(wanted, excluded=tuple(dict.fromkeys(excluded)))
    loose = [
        each for each in (first, second) if each.match_any and len(each.values) > 1
    ]
    if first.match_any and second.match_any:
        common = [value for value in first.values if value in second.values]
        if set(first.values) == set(second.values) or not _has_many(first.name):
            if not common:
                raise FindsNothing
            return make_filter(first.name, common, excluded, match_any=True)
    if loose:
        raise NotExpressible
    return make_filter(first.name, (*first.values, *second.values), excluded)


def _has_many(name: str) -> bool:
    return next(field.has_many for field in FACETS if field.name == name)


def _with_both_dates(
    combined: SearchRequest, first: SearchRequest, second: SearchRequest
) -> SearchRequest:
    """*combined* in the time of both: without dates a search has all of them."""
    dated = [each for each in (first, second) if each.period or each.undated]
    if len(dated) < 2:
        return _take_dates(combined, dated[0]) if dated else combined
    undated = all(each.undated for each in dated)
    if not all(each.period for each in dated):
        # One of them has articles without a date alone.
        if not undated:
            raise FindsNothing
        return replace(combined.without_dates(), undated=True)
    later = max(dated, key=lambda each: each.period.first or date.min)
    earlier = min(dated, key=lambda each: each.period.last or date.max)
    start, end = later.period.first, earlier.period.last
    if start and end and start > end:
        if not undated:
            raise FindsNothing
        return replace(combined.without_dates(), undated=True)
    narrowed = combined.with_dates(later.date_from, earlier.date_to)
    return replace(narrowed, period=Period(start, end), undated=undated)


def _take_dates(combined: SearchRequest, dated: SearchRequest) -> SearchRequest:
    return replace(
        combined,
        date_from=dated.date_from,
        date_to=dated.date_to,
        period=dated.period,
        typed_dates=dated.typed_dates,
        undated=dated.undated,
    )


def _words_that_differ(first: SearchRequest, second: SearchRequest) -> list[Query]:
    """What *second* asks of words and dates and *first* does not."""
    words: list[Query] = []
    asked = first.query.children if isinstance(first.query, And) else (first.query,)
    if second.query not in (*asked, first.query, Everything()):
        words.append(second.query)
    same = (first.period, first.undated) == (second.period, second.undated)
    if same or not (second.period or second.undated):
        return words
    if second.undated:
        raise NotExpressible
    words.append(DateRange(second.period.first, second.period.last))
    return words


@dataclass(frozen=True, slots=True)
class _Condition:
    """A condition of one facet: any of the values, or none of them if *is_not*."""

    name: str
    values: tuple[str, ...]
    is_not: bool = False


def _filters_that_differ(
    first: SearchRequest, second: SearchRequest
) -> Iterator[_Condition]:
    """The conditions of facets that *second* has and *first* has not."""
    for wanted in second.filters:
        own = first.filter_of(wanted.name)
        yield from (
            _Condition(wanted.name, (value,), is_not=True)
            for value in wanted.excluded
            if value not in own.excluded
        )
        if wanted.match_any:
            narrow = own.match_any or len(own.values) < 2
            is_within = own.values and {*own.values} <= {*wanted.values}
            if wanted.values and not (narrow and is_within):
                yield _Condition(wanted.name, wanted.values)
            continue
        required = () if own.match_any and len(own.values) > 1 else own.values
        for value in wanted.values:
            if value not in required:
                yield _Condition(wanted.name, (value,))


def _without(own: FacetFilter, condition: _Condition) -> FacetFilter:
    """The filter *own* with the negation of *condition*."""
    if not condition.is_not:
        excluded = (*own.excluded, *condition.values)
        return replace(own, excluded=tuple(dict.fromkeys(excluded)))
    return _intersect(own, make_filter(own.name, condition.values))


def with_word(request: SearchRequest, form: str) -> SearchRequest:
    """*request* for articles that also have the family of *form*.

    Raises NotExpressible.
    """
    word = SearchRequest().with_query(Term(form))
    return combine(_add_word, request, word, is_excluded=False)


def _add_word(request: SearchRequest, word: SearchRequest) -> SearchRequest:
    return _finish(request.with_query(_join(request.query, word.query)))


def without_months(
    request: SearchRequest, months: Iterable[MonthPeriod]
) -> SearchRequest:
    """*request* for what lies in none of *months*; raises NotExpressible."""
    days = [DateRange(each.first.first_day(), each.last.last_day()) for each in months]
    if not days:
        return request
    dated = Or(tuple(days)) if len(days) > 1 else days[0]
    return _finish(request.with_query(_join(request.query, Not(dated))))


def prefix_pairs(
    key: str, pairs: Iterable[tuple[str, str]]
) -> Iterable[tuple[str, str]]:
    """The parameters of a search as one of two.

    >>> list(prefix_pairs("a", [("q", "قطن")]))
    [('a.q', 'قطن')]
    """
    return ((f"{key}.{name}", value) for name, value in pairs)
