"""The search request: query, filters, sort and page, and its query string.

A search has one query string, which readers can keep and share: keys are in a fixed
order, defaults are left out, unknown keys are ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final
from urllib.parse import quote, urlencode

from archive.dates import PartialDate
from search.fields import FACETS
from search.query import Everything, Level, Query, render

PAGE_SIZE: Final = 20
# The keys of dates in query strings: both ends, and the day of relative ones.
DATE_KEYS: Final = ("from", "to", "as_of")


class Sort(StrEnum):
    """The order of hits; the values stand in query strings."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from *first* to *last*, both included; ``None`` means without limit."""

    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        return self.first is not None or self.last is not None


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """Everything that a results page depends on.

    ``text`` is the query as typed and ``query`` its tree; ``level`` is the level of
    words that have none of their own. ``filters`` holds, for each facet filtered by,
    the selected slugs: an article passes with any of them. ``date_from`` and
    ``date_to`` are ISO dates as precise as the reader's, ``period`` is their days, and
    ``typed_dates`` what the reader wrote for both, where that is not ISO. ``as_of`` is
    the day from which relative dates count, None where there are none: with it the
    address of a search for أمس keeps its days (docs/decisions/0031).
    """

    text: str = ""
    query: Query = field(default_factory=Everything)
    level: Level = Level.FAMILY
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    date_from: str = ""
    date_to: str = ""
    period: Period = field(default_factory=Period)
    typed_dates: tuple[str, str] = ("", "")
    as_of: date | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1

    def selected(self, facet: str) -> tuple[str, ...]:
        """The selected slugs of *facet*."""
        return dict(self.filters).get(facet, ())

    def with_filter(self, facet: str, values: Iterable[str]) -> SearchRequest:
        """The first page of the same search, filtered by only *values* of *facet*."""
        selected = dict(self.filters)
        selected[facet] = tuple(values)
        filters = tuple(
            (row.name, selected[row.name]) for row in FACETS if selected.get(row.name)
        )
        return replace(self, filters=filters, page=1)

    def toggled(self, facet: str, value: str) -> SearchRequest:
        """The first page with *value* of *facet* selected, or deselected if it was."""
        selected = self.selected(facet)
        if value in selected:
            return self.with_filter(facet, (slug for slug in selected if slug != value))
        return self.with_filter(facet, (*selected, value))

    def with_dates(self, date_from: str, date_to: str) -> SearchRequest:
        """The first page with other dates; the caller must read ``period`` again."""
        return replace(
            self, date_from=date_from, date_to=date_to, typed_dates=("", ""), page=1
        )

    def date_pairs(self) -> list[tuple[str, str]]:
        """The parameters of the dates: as typed, with the day of relative ones."""
        written = self.typed_dates
        if not any(written):
            written = self.date_from, self.date_to
        as_of = self.as_of.isoformat() if self.as_of else ""
        pairs = zip(DATE_KEYS, (*written, as_of), strict=True)
        return [(key, value) for key, value in pairs if value]

    def with_query(self, query: Query) -> SearchRequest:
        """The first page of another query, with the level of each word in its text."""
        text = render(query)
        return replace(self, text=text, query=query, level=Level.FAMILY, page=1)

    def query_string(self) -> str:
        """The query string of the search; ``""`` for an empty one."""
        pairs: list[tuple[str, str]] = []
        if self.text:
            pairs.append(("q", self.text))
        if self.level is not Level.FAMILY:
            pairs.append(("level", self.level.value))
        for facet, values in self.filters:
            pairs.extend((facet, value) for value in values)
        pairs.extend(self.date_pairs())
        if self.sort is not Sort.RELEVANCE:
            pairs.append(("sort", self.sort.value))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return urlencode(pairs, quote_via=quote)


def read_filters(
    parameters: Mapping[str, Sequence[str]],
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The filters in *parameters*, in the order of ``FACETS``, with distinct values."""
    filters = []
    for row in FACETS:
        values = tuple(dict.fromkeys(v for v in parameters.get(row.name, ()) if v))
        if values:
            filters.append((row.name, values))
    return tuple(filters)


def read_as_of(text: str) -> date | None:
    """The day of an ISO date; None for anything else.

    >>> read_as_of("2026-11-30"), read_as_of("2026-11")
    (datetime.date(2026, 11, 30), None)
    """
    try:
        partial = PartialDate.from_iso(text)
    except ValueError:
        return None
    return partial.first_day() if partial.day else None


def read_level(text: str) -> Level:
    """The level named *text* in a query string; ``Level.FAMILY`` for any other name.

    >>> read_level("root").value, read_level("roots").value
    ('root', 'family')
    """
    return Level(text) if text in set(Level) else Level.FAMILY
