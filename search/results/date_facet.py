"""The date facet: years, months of a year, days of a month, and the way back out."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _

from archive.dates import PartialDate, format_partial
from search.date_keys import DAYS_OF_MONTH, MONTHS_OF_YEAR, month_number
from search.engines.contract import DateCounts
from search.request import Period, SearchRequest
from search.results.model import DateBucket, DateFacet


def read_iso(text: str) -> PartialDate | None:
    """The date in an address, as ``1923`` or ``1923-02-03``; ``None`` for ``""``.

    Raises ValueError for anything else.
    """
    return PartialDate.from_iso(text) if text else None


def build_period(date_from: str, date_to: str) -> Period:
    """The days from the first of *date_from* to the last of *date_to*.

    Raises ValueError where one of them is no ISO date.

    >>> build_period("1923-02", "1923-02").last
    datetime.date(1923, 2, 28)
    """
    first, last = read_iso(date_from), read_iso(date_to)
    return Period(
        first.first_day() if first else None, last.last_day() if last else None
    )


def label_dates(request: SearchRequest, *, language: str) -> str:
    """The dates that the search is narrowed by, in words."""
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
    request: SearchRequest, counts: DateCounts, *, language: str
) -> DateFacet:
    """The calendar of the hits at the grain below what the search is narrowed to."""
    chosen = (
        read_iso(request.date_from) if request.date_from == request.date_to else None
    )
    if chosen is None:
        dates = {PartialDate(year): count for year, count in counts.years.items()}
        inside = _within(dates, request.period)
        return _facet("year", inside, request, counts.undated, None, None, language)
    if chosen.month is None:
        dates = _months(counts.months, chosen.year)
        return _facet("month", dates, request, 0, chosen, None, language)
    dates = _days(counts.days, chosen.year, chosen.month)
    # From a day back to its month, from a month back to its year.
    wider = PartialDate(chosen.year, chosen.month if chosen.day else None)
    return _facet("day", dates, request, 0, chosen, wider, language)


def _within(dates: Mapping[PartialDate, int], period: Period) -> dict[PartialDate, int]:
    return {
        date: count
        for date, count in dates.items()
        if (period.first is None or date.last_day() >= period.first)
        and (period.last is None or date.first_day() <= period.last)
    }


def _months(counts: Mapping[int, int], year: int) -> dict[PartialDate, int]:
    return {
        PartialDate(year, number % MONTHS_OF_YEAR): count
        for number, count in counts.items()
        if number // MONTHS_OF_YEAR == year
    }


def _days(counts: Mapping[int, int], year: int, month: int) -> dict[PartialDate, int]:
    return {
        PartialDate(year, month, number % DAYS_OF_MONTH): count
        for number, count in counts.items()
        if number // DAYS_OF_MONTH == month_number(year, month)
    }


def _facet(
    grain: str,
    dates: Mapping[PartialDate, int],
    request: SearchRequest,
    undated: int,
    chosen: PartialDate | None,
    wider: PartialDate | None,
    language: str,
) -> DateFacet:
    largest = max(dates.values(), default=1)
    buckets = []
    for date in sorted(dates):
        is_chosen = date == chosen
        target = (wider.iso() if wider else "") if is_chosen else date.iso()
        buckets.append(
            DateBucket(
                iso=date.iso(),
                label=_show(date, language),
                count=dates[date],
                share=round(100 * dates[date] / largest),
                selected=is_chosen,
                query_string=request.with_dates(target, target).query_string(),
            )
        )
    widened = request.with_dates(
        wider.iso() if wider else "", wider.iso() if wider else ""
    )
    narrowed = bool(request.date_from or request.date_to)
    return DateFacet(
        grain=grain,
        buckets=tuple(buckets),
        undated=undated,
        widen_query_string=widened.query_string() if narrowed else None,
        widen_label=_show(wider, language) if wider else _("all years"),
    )


def _show(date: PartialDate, language: str) -> str:
    return format_partial(
        date, language, months=settings.MONTH_NAMES, digits=settings.DIGITS
    )
