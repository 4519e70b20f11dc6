"""The search form: reads a query string into a `SearchRequest`.

Results pages, lists of all values of a facet and exports share it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from urllib.parse import parse_qsl

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.dates import DateNotUnderstood, ParsedRange, PartialDate, parse_edge
from search.errors import QuerySyntaxError
from search.query import Everything, Level, Query, parse
from search.query.date_readings import DateReading, describe, has_relative_dates
from search.request import (
    CALENDAR_KEY,
    UNDATED,
    UNDATED_KEY,
    ChartCalendar,
    Period,
    SearchRequest,
    Sort,
    read_as_of,
    read_filters,
    read_level,
    read_within,
)

# Longer numbers are no page of any archive, and int() is slow on very long ones: they
# stand for the last number, and the page says that there is none.
MAX_PAGE_DIGITS: Final = 9
LAST_PAGE: Final = 10**MAX_PAGE_DIGITS - 1

# Searches within one another, and side by side: each is asked for.
MAX_DEPTH: Final = 3
MAX_WITHIN: Final = 4

# Form field → key in query strings; "from" is a keyword in Python.
_KEYS: Final = {"date_from": "from", "date_to": "to"}


@dataclass(frozen=True, slots=True)
class DateEnd:
    """One end of a period: its ISO date, its possible days, and how they were read."""

    iso: str = ""
    first: date | None = None
    last: date | None = None
    parsed: ParsedRange | None = None

    @property
    def is_period(self) -> bool:
        """Whether the text names both ends, so that it is the whole period."""
        return self.parsed is not None and self.parsed.has_two_ends


@dataclass(frozen=True, slots=True)
class DateBox:
    """A box of the form: the text as typed, and how it was read, if it could be."""

    text: str
    reading: DateReading | None


class SearchForm(forms.Form):
    """The form of every search page; once valid, it has ``search_request``.

    ``q``, ``from`` and ``to`` that cannot be read are errors with a remedy; an unknown
    level, sort or page counts as the default, and unknown keys are ignored.
    ``correction`` is a query to offer instead of one with a syntax error, or ``""``,
    and ``left_out`` are the parts of the query that it lacks. Relative dates count from
    the day ``as_of`` of the query string, else from today.
    """

    # Plain fields, because the parsers report what is wrong, in their own words.
    q = forms.Field(required=False)
    date_from = forms.Field(required=False)
    date_to = forms.Field(required=False)

    search_request: SearchRequest
    correction = ""
    left_out: tuple[str, ...] = ()
    _query: Query = Everything()
    # How many searches this one stands within.
    depth: int = 0

    def add_prefix(self, field_name: str) -> str:
        """The key of a field in query strings."""
        return _KEYS.get(field_name, field_name)

    def clean_q(self) -> str:
        """The query without white space around it; its tree goes to the request."""
        text = str(self.cleaned_data["q"] or "").strip()
        if not text:
            return ""
        try:
            self._query = parse(text, self._level(), today=self._today())
        except QuerySyntaxError as error:
            self.correction, self.left_out = error.correction, error.left_out
            raise ValidationError(str(error), code="syntax") from error
        return text

    def clean_date_from(self) -> DateEnd:
        """The beginning of the period; raises ValidationError."""
        return self._read_end("date_from", later=False)

    def clean_date_to(self) -> DateEnd:
        """The end of the period; raises ValidationError."""
        return self._read_end("date_to", later=True)

    def clean(self) -> dict[str, Any]:
        """Build ``search_request``; a period must not end before it begins."""
        start, end = self._period()
        if start.first and end.last and start.first > end.last:
            self.add_error(
                "date_to",
                _("The search ends before it begins. Exchange the two dates."),
            )
        typed = self._typed("date_from"), self._typed("date_to")
        self.search_request = SearchRequest(
            text=self.cleaned_data.get("q", ""),
            query=self._query,
            level=self._level(),
            filters=read_filters(self._lists()),
            date_from=start.iso,
            date_to=end.iso,
            period=Period(start.first, end.last),
            typed_dates=("", "") if typed == (start.iso, end.iso) else typed,
            undated=self.data.get(UNDATED_KEY) == UNDATED,
            as_of=self._today() if self._is_relative(start, end) else None,
            sort=read_sort(str(self.data.get("sort", ""))),
            page=read_page(str(self.data.get("page", ""))),
            calendar=read_calendar(str(self.data.get(CALENDAR_KEY, ""))),
        )
        for other, is_excluded in self._read_others():
            self.search_request = self.search_request.add_within(
                other, is_excluded=is_excluded
            )
        return self.cleaned_data

    def _read_others(self) -> Iterator[tuple[SearchRequest, bool]]:
        """The other searches that hits must be found by, or must not."""
        given = read_within(self._lists())
        if given and (len(given) > MAX_WITHIN or self.depth == MAX_DEPTH):
            self.add_error(
                None, _("Too many searches stand within one another. Leave some out.")
            )
            return
        for text, is_excluded in given:
            form = SearchForm(QueryDict(text))
            form.depth = self.depth + 1
            if form.is_valid():
                yield form.search_request, is_excluded
                continue
            why = " ".join(str(one) for each in form.errors.values() for one in each)
            sentence = _("The search “%(text)s” in this one cannot be read: %(why)s")
            self.add_error(None, sentence % {"text": text, "why": why})

    def _period(self) -> tuple[DateEnd, DateEnd]:
        """Both ends; a box that names two dates is the whole period."""
        start = self.cleaned_data.get("date_from", DateEnd())
        end = self.cleaned_data.get("date_to", DateEnd())
        for name, each in (("date_from", start), ("date_to", end)):
            if not each.is_period or not (each.first and each.last):
                continue
            if not (start.parsed and end.parsed):
                isos = (each.first.isoformat(), each.last.isoformat())
                return replace(each, iso=isos[0]), replace(each, iso=isos[1])
            self.add_error(
                name,
                _(
                    "“%(text)s” is a whole period. Leave the other box empty, or write "
                    "one date in each."
                )
                % {"text": self._typed(name)},
            )
            break
        return start, end

    def _is_relative(self, *ends: DateEnd) -> bool:
        """Whether the query or a box depends on the day on which it is read."""
        return has_relative_dates(self._query) or any(
            end.parsed is not None and end.parsed.is_relative for end in ends
        )

    def _read_end(self, name: str, *, later: bool) -> DateEnd:
        text = self.cleaned_data[name] or ""
        return read_date_end(text, later=later, today=self._today())

    def _today(self) -> date:
        return read_as_of(str(self.data.get("as_of", ""))) or localdate()

    def _typed(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), "")).strip()

    def _level(self) -> Level:
        return read_level(str(self.data.get("level", "")))

    def _lists(self) -> dict[str, list[str]]:
        return dict(self.data.lists()) if hasattr(self.data, "lists") else {}

    def has_address(self, query_string: str) -> bool:
        """Whether *query_string* is the canonical one of this search."""
        given = parse_qsl(query_string, keep_blank_values=True)
        return given == parse_qsl(self.search_request.query_string())

    def corrected_query_string(self) -> str:
        """The query string of the search with ``correction`` as its query."""
        return replace(self.search_request, text=self.correction, page=1).query_string()

    def chosen_filters(self) -> list[tuple[str, str]]:
        """The key and value of each filter by a facet, as in the address."""
        return list(self.search_request.filter_pairs())

    @property
    def uses_options(self) -> bool:
        """Whether the search differs from others by its level or its dates."""
        request = getattr(self, "search_request", None)
        dated = any(map(self._typed, _KEYS)) or self.data.get(UNDATED_KEY) == UNDATED
        return dated or (request is not None and request.level is not Level.FAMILY)

    def date_boxes(self) -> dict[str, DateBox]:
        """The two boxes: what was typed stays, and the reading stands beside it."""
        return {name: self._date_box(name) for name in _KEYS}

    def _date_box(self, name: str) -> DateBox:
        end = self.cleaned_data.get(name)
        text = self._typed(name)
        if not isinstance(end, DateEnd) or end.parsed is None:
            return DateBox(text, None)
        day = end.last if name == "date_to" else end.first
        first, last = (end.first, end.last) if end.is_period else (day, day)
        reading = describe(first, last, [end.parsed], typed=text, as_of=self._today())
        return DateBox(text, reading)


def read_query_string(query_string: str) -> SearchRequest | None:
    """The search of a query string; None for one that cannot be read."""
    form = SearchForm(QueryDict(query_string))
    return form.search_request if form.is_valid() else None


def read_date_end(text: str, *, later: bool, today: date | None = None) -> DateEnd:
    """The end of a period written in *text*; an empty one for ``""``.

    What has no ISO date, as a Hijri month, is replaced by its first day, or by its last
    for the *later* end. Raises ValidationError with the remedy.

    >>> read_date_end("شباط 1923", later=False).iso
    '1923-02'
    >>> read_date_end("رمضان 1345 هـ", later=True).iso
    '1927-04-02'
    """
    if not text.strip():
        return DateEnd()
    try:
        parsed = parse_edge(text, today, later=later)
    except DateNotUnderstood as error:
        raise ValidationError(error.sentence(gettext), code="date") from error
    days = parsed.first_day, parsed.last_day
    partial = PartialDate.holding(*days)
    if partial and (partial.first_day(), partial.last_day()) == days:
        return DateEnd(partial.iso(), *days, parsed)
    return DateEnd(days[1 if later else 0].isoformat(), *days, parsed)


def read_sort(text: str) -> Sort:
    """The sort named *text*; ``Sort.RELEVANCE`` for any other name."""
    return Sort(text) if text in set(Sort) else Sort.RELEVANCE


def read_calendar(text: str) -> ChartCalendar:
    """The calendar named *text*; the Gregorian one for any other name."""
    known = text in set(ChartCalendar)
    return ChartCalendar(text) if known else ChartCalendar.GREGORIAN


def read_page(text: str) -> int:
    """The page number in *text*, from 1 to LAST_PAGE; 1 for what is no number.

    >>> read_page("3"), read_page("abc"), read_page("0"), read_page("9" * 5000)
    (3, 1, 1, 999999999)
    """
    if not text.isdecimal():
        return 1
    return max(1, int(text)) if len(text) <= MAX_PAGE_DIGITS else LAST_PAGE
