"""A search as a value: query, filters, sort and page, to and from an address.

The address of a search is readable, stable and shareable: keys stand in one
order, empty ones are left out, unknown ones are ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final
from urllib.parse import quote, urlencode

from search.fields import FACETS
from search.query import Everything, Level, Query

PAGE_SIZE: Final = 20


class Sort(StrEnum):
    """The order of hits; the value stands in addresses."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from *first* to *last*, both included; ``None`` leaves a side open."""

    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        return self.first is not None or self.last is not None


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """Everything that decides what a results page shows.

    ``text`` is the query as typed and ``query`` its tree; ``level`` is how strictly
    words match that say nothing else themselves. ``filters`` holds, for
    each facet narrowed by, the slugs chosen: an article passes with any of them.
    ``date_from`` and ``date_to`` are what the address says (ISO, as precise as
    the reader was), ``period`` is the days they mean.
    """

    text: str = ""
    query: Query = field(default_factory=Everything)
    level: Level = Level.FAMILY
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    date_from: str = ""
    date_to: str = ""
    period: Period = field(default_factory=Period)
    sort: Sort = Sort.RELEVANCE
    page: int = 1

    def selected(self, facet: str) -> tuple[str, ...]:
        """The slugs that *facet* is narrowed by."""
        return dict(self.filters).get(facet, ())

    def with_filter(self, facet: str, values: Iterable[str]) -> SearchRequest:
        """The first page of the same search with *facet* narrowed by *values* only."""
        filters = dict(self.filters)
        filters[facet] = tuple(values)
        kept = tuple(
            (row.name, filters[row.name]) for row in FACETS if filters.get(row.name)
        )
        return replace(self, filters=kept, page=1)

    def toggled(self, facet: str, value: str) -> SearchRequest:
        """The first page with *value* of *facet* chosen, or no longer so."""
        chosen = self.selected(facet)
        if value in chosen:
            return self.with_filter(facet, (slug for slug in chosen if slug != value))
        return self.with_filter(facet, (*chosen, value))

    def with_dates(self, date_from: str, date_to: str) -> SearchRequest:
        """The first page between other dates; the period must be read again."""
        return replace(self, date_from=date_from, date_to=date_to, page=1)

    def query_string(self) -> str:
        """The address behind the question mark; ``""`` for an empty search."""
        pairs: list[tuple[str, str]] = []
        if self.text:
            pairs.append(("q", self.text))
        if self.level is not Level.FAMILY:
            pairs.append(("level", self.level.value))
        for facet, values in self.filters:
            pairs.extend((facet, value) for value in values)
        if self.date_from:
            pairs.append(("from", self.date_from))
        if self.date_to:
            pairs.append(("to", self.date_to))
        if self.sort is not Sort.RELEVANCE:
            pairs.append(("sort", self.sort.value))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return urlencode(pairs, quote_via=quote)


def read_filters(
    parameters: Mapping[str, Sequence[str]],
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The facets that *parameters* narrow by, each value once, in table order."""
    found = []
    for row in FACETS:
        values = tuple(dict.fromkeys(v for v in parameters.get(row.name, ()) if v))
        if values:
            found.append((row.name, values))
    return tuple(found)


def read_level(text: str) -> Level:
    """The level that an address calls *text*; word families for what it does not know.

    >>> read_level("root").value, read_level("roots").value
    ('root', 'family')
    """
    return Level(text) if text in set(Level) else Level.FAMILY
