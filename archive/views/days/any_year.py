"""A day in any year: all its articles; and a calendar of all days of the year."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive.browsing.days import (
    DateOverview,
    DayOfYear,
    articles_of_day,
    count_by_year_of_day,
    find_nearest_day,
    read_overview,
)
from archive.browsing.listing import list_articles
from archive.dates import MONTHS_IN_A_YEAR, PartialDate

_LONGEST_MONTH: Final = 31


@require_safe
def show_days(request: HttpRequest) -> HttpResponse:
    """All days of the year with the number of articles of each in any year."""
    overview = read_overview()
    months = range(1, MONTHS_IN_A_YEAR + 1)
    rows = [
        (number, [_count_cell(overview, month, number) for month in months])
        for number in range(1, _LONGEST_MONTH + 1)
    ]
    context = {
        "rows": rows,
        "months": [PartialDate(1, month) for month in months],
        "dated": sum(overview.days.values()),
        "most": max(overview.days.values(), default=0),
        "today": DayOfYear.of(localdate()),
    }
    return render(request, "archive/days.html", context)


@require_safe
def show_day_in_any_year(request: HttpRequest, month: int, day: int) -> HttpResponse:
    """The articles of a day of the year, whatever the year."""
    try:
        wanted = DayOfYear(month, day)
    except ValueError as error:
        raise Http404(gettext("There is no such date.")) from error
    overview = read_overview()
    articles = articles_of_day(wanted)
    counts = count_by_year_of_day(articles)
    total = sum(counts.values())
    context = {
        "day": wanted,
        "years": [(PartialDate.from_date(date), n) for date, n in counts.items()],
        "before": find_nearest_day(overview, wanted, step=-1),
        "after": find_nearest_day(overview, wanted),
        "total": total,
        "listing": list_articles(
            articles, total=total, page=request.GET.get("page", "")
        ),
    }
    return render(request, "archive/any_year.html", context)


def _count_cell(
    overview: DateOverview, month: int, day: int
) -> tuple[DayOfYear, int] | None:
    """The day and its articles; ``None`` where the month has no such day."""
    try:
        cell = DayOfYear(month, day)
    except ValueError:
        return None
    return cell, overview.days.get(cell, 0)
