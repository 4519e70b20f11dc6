"""The date facet: hits by year, by month of a year or by day of a month."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from archive.dates import PartialDate, format_partial
from search.date_keys import DAYS_OF_MONTH, MONTHS_OF_YEAR, month_number
from search.engines.contract import DateCounts
from search.request import ChartCalendar, Period, SearchRequest
from search.results.facets.chart import Chart
from search.results.facets.model import DateFacet

# Fewer hits make bars of one or two articles each, which tell less than the numbers.
MIN_CHARTED: Final = 10
_OTHER_CALENDAR: Final = {
    ChartCalendar.GREGORIAN: ChartCalendar.HIJRI,
    ChartCalendar.HIJRI: ChartCalendar.GREGORIAN,
}


def read_iso(text: str) -> PartialDate | None:
    """The date of ISO text, as ``1923`` or ``1923-02-03``; ``None`` for ``""``.

    Raises ValueError for other text.
    """
    return PartialDate.from_iso(text) if text else None


def build_period(date_from: str, date_to: str) -> Period:
    """The days from the first of *date_from* to the last of *date_to*.

    Raises ValueError where either is not an ISO date.

    >>> build_period("1923-02", "1923-02").last
    datetime.date(1923, 2, 28)
    """
    first, last = read_iso(date_from), read_iso(date_to)
    return Period(
        first.first_day() if first else None, last.last_day() if last else None
    )


def label_dates(request: SearchRequest, *, language: str) -> str:
    """The dates that the search is filtered by, in words; ``""`` without any."""
    first, last = read_iso(request.date_from), read_iso(request.date_to)
    if first and first == last:
        return _show(first, language)
    if first and last:
        return _("%(first)s – %(last)s") % {
            "first": _show(first, language),
            "last": _show(last, language),
        }
    if first:
        return _("from %(date)s") % {"date": _show(first, language)}
    return _("until %(date)s") % {"date": _show(last, language)} if last else ""


def build_date_facet(
    request: SearchRequest, counts: DateCounts, held: DateCounts, *, language: str
) -> DateFacet:
    """The hits at the grain below the period that the search is filtered by.

    *held* are the dates of the whole archive.
    """
    selected = None
    if request.date_from == request.date_to:
        selected = read_iso(request.date_from)
    broader = _find_broader(selected)
    dates = _select_counts(counts, selected, request.period)
    held_dates = _select_counts(held, selected, request.period)
    chart = Chart(request, selected, held_dates, language)
    buckets, decades = chart.build_buckets(dates), chart.build_decades(dates)
    has_chart = sum(dates.values()) >= MIN_CHARTED
    if not has_chart:
        buckets, decades = tuple(filter(lambda each: each.count, buckets)), ()
    is_filtered = bool(request.date_from or request.date_to or request.undated)
    broader_iso = broader.iso() if broader else ""
    without = request.with_dates(broader_iso, broader_iso).query_string()
    return DateFacet(
        grain=_find_grain(selected),
        buckets=buckets,
        undated=0 if selected else counts.undated,
        broader_query_string=without if is_filtered else None,
        broader_label=_show(broader, language) if broader else _("all years"),
        decades=decades,
        vague=_count_vague(counts, selected, sum(dates.values())),
        undated_selected=request.undated,
        undated_query_string=_toggle_undated(request).query_string(),
        has_chart=has_chart,
        has_holdings=has_chart and chart.has_holdings(dates),
        calendar=request.calendar,
        other_calendar_query_string=_exchange_calendar(request).query_string(),
    )


def _toggle_undated(request: SearchRequest) -> SearchRequest:
    return request.without_undated() if request.undated else request.with_undated()


def _exchange_calendar(request: SearchRequest) -> SearchRequest:
    return replace(request, calendar=_OTHER_CALENDAR[request.calendar])


def _count_vague(counts: DateCounts, selected: PartialDate | None, precise: int) -> int:
    """The hits of the selected year or month whose date is no more precise."""
    if selected is None:
        return 0
    if selected.month is None:
        return counts.years.get(selected.year, 0) - precise
    key = month_number(selected.year, selected.month)
    return counts.months.get(key, 0) - precise


def _find_broader(selected: PartialDate | None) -> PartialDate | None:
    """The month of a day, the year of a month; ``None`` for all years."""
    if selected is None or selected.month is None:
        return None
    return PartialDate(selected.year, selected.month if selected.day else None)


def _find_grain(selected: PartialDate | None) -> str:
    if selected is None:
        return "year"
    return "month" if selected.month is None else "day"


def _select_counts(
    counts: DateCounts, selected: PartialDate | None, period: Period
) -> dict[PartialDate, int]:
    """The years in *period*, the months of a selected year or the days of its month."""
    if selected is None:
        years = {PartialDate(year): count for year, count in counts.years.items()}
        return {date: count for date, count in years.items() if _meets(date, period)}
    year, month = selected.year, selected.month
    if month is None:
        return {
            PartialDate(year, key % MONTHS_OF_YEAR): count
            for key, count in counts.months.items()
            if key // MONTHS_OF_YEAR == year
        }
    return {
        PartialDate(year, month, key % DAYS_OF_MONTH): count
        for key, count in counts.days.items()
        if key // DAYS_OF_MONTH == month_number(year, month)
    }


def _meets(date: PartialDate, period: Period) -> bool:
    return (period.first is None or date.last_day() >= period.first) and (
        period.last is None or date.first_day() <= period.last
    )


def _show(date: PartialDate, language: str) -> str:
    return format_partial(
        date, language, months=settings.MONTH_NAMES, digits=settings.DIGITS
    )
