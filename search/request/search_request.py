"""The search request: query, filters, sort and page, and its query string.

A search has one query string, which readers can keep and share: keys are in a fixed
order, defaults are left out, unknown keys are ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from django.utils.translation import get_language

from archive.dates import PartialDate
from search.fields import FACETS
from search.query import Everything, Level, Query, render
from search.request.facet_filters import EXCLUDED_PREFIX, FacetFilter, make_filter

PAGE_SIZE: Final = 20
# The keys of dates in query strings: both ends, and the day of relative ones.
DATE_KEYS: Final = ("from", "to", "as_of")
PAIRS_CACHE_SIZE: Final = 10_000
# The key of articles without a date, and its one value.
UNDATED_KEY: Final = "undated"
UNDATED: Final = "1"
# The key of another search that a hit must be found by; behind the prefix of
# exclusions, of one that it must not be found by.
# The keys of other searches: of those that must find the hits, and that must not.
WITHIN_KEYS: Final = ("within", f"{EXCLUDED_PREFIX}within")
# What would end a parameter, or be read as another sign, in an address in an address.
_ESCAPED: Final = str.maketrans({sign: quote(sign, safe="") for sign in "%&+#"})
# The key of the calendar of the chart.
CALENDAR_KEY: Final = "calendar"


class Sort(StrEnum):
    """The order of hits; the values stand in query strings."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class ChartCalendar(StrEnum):
    """What the dates of the chart are labelled by; the values stand in addresses."""

    GREGORIAN = "gregorian"
    HIJRI = "hijri"


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
    words that have none of their own. ``filters`` holds the filter of each facet
    filtered by, whose values are slugs. ``date_from`` and ``date_to`` are ISO dates as
    precise as the reader's, ``period`` is their days, and ``typed_dates`` what the
    reader wrote for both, where that is not ISO. With ``undated`` articles without a
    date pass too, and without a period they alone. ``as_of`` is the day from which
    relative dates count, None where there are none: with it the address of a search
    for أمس keeps its days (docs/decisions/0031). ``calendar`` changes no hit.
    ``within`` are other searches that its hits must, or must not, be found by, too.
    """

    text: str = ""
    query: Query = field(default_factory=Everything)
    level: Level = Level.FAMILY
    filters: tuple[FacetFilter, ...] = ()
    date_from: str = ""
    date_to: str = ""
    period: Period = field(default_factory=Period)
    typed_dates: tuple[str, str] = ("", "")
    undated: bool = False
    as_of: date | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    calendar: ChartCalendar = ChartCalendar.GREGORIAN
    within: tuple[Within, ...] = ()

    def filter_of(self, facet: str) -> FacetFilter:
        """The filter of *facet*; one that all articles pass where there is none."""
        found = (each for each in self.filters if each.name == facet)
        return next(found, None) or make_filter(facet)

    def selected(self, facet: str) -> tuple[str, ...]:
        """The selected slugs of *facet*."""
        return self.filter_of(facet).values

    def replace_filter(self, new: FacetFilter) -> SearchRequest:
        """The first page of the same search with *new* for the filter of its facet."""
        by_name = {each.name: each for each in self.filters} | {new.name: new}
        filters = (by_name.get(row.name) for row in FACETS)
        return replace(self, filters=tuple(filter(None, filters)), page=1)

    def with_filter(self, facet: str, values: Iterable[str]) -> SearchRequest:
        """The first page of the same search, filtered by only *values* of *facet*."""
        return self.replace_filter(make_filter(facet, values))

    def toggled(self, facet: str, value: str) -> SearchRequest:
        """The first page with *value* of *facet* selected, or deselected if it was."""
        return self.replace_filter(self.filter_of(facet).toggled(value))

    def without(self, facet: str, value: str) -> SearchRequest:
        """The first page where *value* of *facet* is neither asked for nor excluded."""
        current = self.filter_of(facet)
        if value in current.excluded:
            current = current.toggled_exclusion(value)
        if value in current.values:
            current = current.toggled(value)
        return self.replace_filter(current)

    def with_dates(self, date_from: str, date_to: str) -> SearchRequest:
        """The first page with other dates; the caller must read ``period`` again."""
        return replace(
            self,
            date_from=date_from,
            date_to=date_to,
            typed_dates=("", ""),
            undated=False,
            page=1,
        )

    def without_dates(self) -> SearchRequest:
        """The first page of the same search in all years."""
        return replace(self.with_dates("", ""), period=Period())

    def with_undated(self) -> SearchRequest:
        """The first page with the articles without a date alone."""
        return replace(self.without_dates(), undated=True)

    def without_undated(self) -> SearchRequest:
        """The first page without the articles that have no date."""
        return replace(self, undated=False, page=1)

    def date_pairs(self) -> list[tuple[str, str]]:
        """The parameters of the dates: as typed, with the day of relative ones."""
        written = self.typed_dates
        if not any(written):
            written = self.date_from, self.date_to
        as_of = self.as_of.isoformat() if self.as_of else ""
        pairs = zip(DATE_KEYS, (*written, as_of), strict=True)
        given = [(key, value) for key, value in pairs if value]
        return [*given, (UNDATED_KEY, UNDATED)] if self.undated else given

    def filter_pairs(self) -> Iterator[tuple[str, str]]:
        """The parameters of the filters by facets."""
        for each in self.filters:
            yield from each.pairs()

    def within_pairs(self) -> list[tuple[str, str]]:
        """The parameters of the other searches that hits must be found by or not."""
        return [each.pair() for each in self.within]

    def add_within(
        self, other: SearchRequest, *, is_excluded: bool = False
    ) -> SearchRequest:
        """The first page of what *other* finds too, or with *is_excluded* does not."""
        plain = replace(
            other, sort=Sort.RELEVANCE, page=1, calendar=ChartCalendar.GREGORIAN
        )
        within = dict.fromkeys((*self.within, Within(plain, is_excluded)))
        return replace(self, within=tuple(within), page=1)

    def without_within(self, other: Within) -> SearchRequest:
        """The first page of the same search whether or not *other* finds its hits."""
        kept = tuple(each for each in self.within if each != other)
        return replace(self, within=kept, page=1)

    @property
    def depth(self) -> int:
        """How many searches stand within one another, 0 for one without others."""
        return max((each.request.depth + 1 for each in self.within), default=0)

    def with_query(self, query: Query) -> SearchRequest:
        """The first page of another query, with the level of each word in its text.

        The text is in the language of the page that writes it: أو on Arabic ones.
        """
        text = render(query, get_language())
        return replace(self, text=text, query=query, level=Level.FAMILY, page=1)

    def query_string(self) -> str:
        """The query string of the search; ``""`` for an empty one."""
        return "&".join(_encode(key, value) for key, value in self.pairs())

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the search, in the order of its query string."""
        pairs: list[tuple[str, str]] = []
        if self.text:
            pairs.append(("q", self.text))
        if self.level is not Level.FAMILY:
            pairs.append(("level", self.level.value))
        pairs.extend(self.filter_pairs())
        pairs.extend(self.date_pairs())
        pairs.extend(self.within_pairs())
        if self.sort is not Sort.RELEVANCE:
            pairs.append(("sort", self.sort.value))
        if self.calendar is not ChartCalendar.GREGORIAN:
            pairs.append((CALENDAR_KEY, self.calendar.value))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs


@dataclass(frozen=True, slots=True)
class Within:
    """Another search that hits must be found by, or with *is_excluded* must not be."""

    request: SearchRequest
    is_excluded: bool = False

    def pair(self) -> tuple[str, str]:
        """The key and the value in an address: the parameters of the other search.

        >>> Within(SearchRequest(text="نفط & غاز"), is_excluded=True).pair()
        ('-within', 'q=نفط %26 غاز')
        """
        key = WITHIN_KEYS[self.is_excluded]
        asked = (
            (name, text.translate(_ESCAPED)) for name, text in self.request.pairs()
        )
        return key, "&".join(f"{name}={text}" for name, text in asked)


@lru_cache(PAIRS_CACHE_SIZE)
def _encode(key: str, value: str) -> str:
    """A parameter as it stands in an address; a page has the same ones many times."""
    return f"{quote(key, safe='')}={quote(value, safe='')}"


def read_within(
    parameters: Mapping[str, Sequence[str]],
) -> list[tuple[str, bool]]:
    """The query string of each other search, and whether its hits are excluded.

    >>> read_within({"within": ["q=نفط"], "-within": ["", "actor=basra"]})
    [('q=نفط', False), ('actor=basra', True)]
    """
    return [
        (text, is_excluded)
        for key, is_excluded in zip(WITHIN_KEYS, (False, True), strict=True)
        for text in parameters.get(key, ())
        if text.strip()
    ]


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
