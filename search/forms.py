"""The search form: reads a query string into a `SearchRequest`.

Results pages, lists of all values of a facet and exports share it.
"""

from dataclasses import replace
from datetime import date
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.dates import DateNotUnderstood, PartialDate, parse_date
from search.errors import QuerySyntaxError
from search.query import Everything, Level, Query, parse
from search.request import Period, SearchRequest, Sort, read_filters, read_level

# Longer numbers are no page of any archive, and int() is slow on very long ones.
MAX_PAGE_DIGITS: Final = 9

# Form field → key in query strings; "from" is a keyword in Python.
_KEYS: Final = {"date_from": "from", "date_to": "to"}


class DateEnd(NamedTuple):
    """One end of a period: the ISO date for query strings, and its possible days."""

    iso: str = ""
    first: date | None = None
    last: date | None = None


class SearchForm(forms.Form):
    """The form of every search page; once valid, it has ``search_request``.

    ``q``, ``from`` and ``to`` that cannot be read are errors with a remedy; an unknown
    level, sort or page counts as the default, and unknown keys are ignored.
    ``correction`` is a query to offer instead of one with a syntax error, or ``""``.
    """

    # Plain fields, because the parsers report what is wrong, in their own words.
    q = forms.Field(required=False)
    date_from = forms.Field(required=False)
    date_to = forms.Field(required=False)

    search_request: SearchRequest
    correction = ""
    _query: Query = Everything()

    def add_prefix(self, field_name: str) -> str:
        """The key of a field in query strings."""
        return _KEYS.get(field_name, field_name)

    def clean_q(self) -> str:
        """The query without white space around it; its tree goes to the request."""
        text = str(self.cleaned_data["q"] or "").strip()
        if not text:
            return ""
        try:
            self._query = parse(text, self._level())
        except QuerySyntaxError as error:
            self.correction = error.correction
            raise ValidationError(str(error), code="syntax") from error
        return text

    def clean_date_from(self) -> DateEnd:
        """The beginning of the period; raises ValidationError."""
        return read_date_end(self.cleaned_data["date_from"] or "", later=False)

    def clean_date_to(self) -> DateEnd:
        """The end of the period; raises ValidationError."""
        return read_date_end(self.cleaned_data["date_to"] or "", later=True)

    def clean(self) -> dict[str, Any]:
        """Build ``search_request``; a period must not end before it begins."""
        start = self.cleaned_data.get("date_from", DateEnd())
        end = self.cleaned_data.get("date_to", DateEnd())
        if start.first and end.last and start.first > end.last:
            self.add_error(
                "date_to",
                _("The search ends before it begins. Exchange the two dates."),
            )
        self.search_request = SearchRequest(
            text=self.cleaned_data.get("q", ""),
            query=self._query,
            level=self._level(),
            filters=read_filters(self._lists()),
            date_from=start.iso,
            date_to=end.iso,
            period=Period(start.first, end.last),
            sort=read_sort(str(self.data.get("sort", ""))),
            page=read_page(str(self.data.get("page", ""))),
        )
        return self.cleaned_data

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
        """Each selected value, after the key of its facet."""
        return [
            (key, value)
            for key, values in self.search_request.filters
            for value in values
        ]

    def shown_dates(self) -> dict[str, PartialDate | str]:
        """The two dates for the form: as understood, or else as typed."""
        return {name: self._shown_date(name) for name in _KEYS}

    def _shown_date(self, name: str) -> PartialDate | str:
        end = self.cleaned_data.get(name)
        if isinstance(end, DateEnd) and end.iso:
            return PartialDate.from_iso(end.iso)
        return str(self.data.get(self.add_prefix(name), ""))


def read_date_end(text: str, *, later: bool) -> DateEnd:
    """The end of a period written in *text*; an empty one for ``""``.

    A Hijri month or year, which has no ISO date, is replaced by its first day, or by
    its last for the *later* end. Raises ValidationError with the remedy.

    >>> read_date_end("شباط 1923", later=False).iso
    '1923-02'
    >>> read_date_end("رمضان 1345 هـ", later=True).iso
    '1927-04-02'
    """
    if not text.strip():
        return DateEnd()
    try:
        parsed = parse_date(text)
    except DateNotUnderstood as error:
        raise ValidationError(error.sentence(gettext), code="date") from error
    partial, days = parsed.partial, (parsed.first_day, parsed.last_day)
    if partial and (partial.first_day(), partial.last_day()) == days:
        return DateEnd(partial.iso(), *days)
    return DateEnd(days[1 if later else 0].isoformat(), *days)


def read_sort(text: str) -> Sort:
    """The sort named *text*; ``Sort.RELEVANCE`` for any other name."""
    return Sort(text) if text in set(Sort) else Sort.RELEVANCE


def read_page(text: str) -> int:
    """The page number in *text*, from 1; 1 for anything else.

    >>> read_page("3"), read_page("abc"), read_page("0"), read_page("9" * 5000)
    (3, 1, 1, 1)
    """
    if not text.isdecimal() or len(text) > MAX_PAGE_DIGITS:
        return 1
    return max(1, int(text))
