"""The Hijri calendar: pages of all its years, a year and a month."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from archive.browsing.days import (
    articles_of_days,
    build_hijri_grid,
    count_days,
    count_months_of,
    count_years,
    find_hijri_neighbors,
    find_subjects_of,
)
from archive.browsing.periods import weekday_order
from archive.dates import HijriDate, PartialDate
from archive.views.calendar import WEEKDAY_LETTERS


@require_safe
def show_hijri_calendar(request: HttpRequest) -> HttpResponse:
    """All Hijri years that have articles known to the day, by decade."""
    days = count_days(dt.date.min, dt.date.max)
    decades = count_years(days)
    context = {
        "decades": decades,
        "most": max((year.count for decade in decades for year in decade), default=0),
        "total": sum(days.values()),
    }
    return render(request, "archive/hijri/calendar.html", context)


@require_safe
def show_hijri_year(request: HttpRequest, year: int) -> HttpResponse:
    """The months of a Hijri year."""
    period = _read_period(year)
    context, days = _build_context(period)
    context["months"] = months = count_months_of(period, days)
    context["most"] = max(month.count for month in months)
    return render(request, "archive/hijri/year.html", context)


@require_safe
def show_hijri_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The days of a Hijri month."""
    period = _read_period(year, month)
    context, days = _build_context(period)
    context["weeks"] = build_hijri_grid(period, days)
    language = get_language() or "ar"
    articles = articles_of_days(period.first_day(), period.last_day())
    context["subjects"] = find_subjects_of(articles, language=language)
    context["most"] = max(days.values(), default=0)
    context["weekdays"] = [
        (WEEKDAYS[day], WEEKDAY_LETTERS[day]) for day in weekday_order()
    ]
    return render(request, "archive/hijri/month.html", context)


def _build_context(period: HijriDate) -> tuple[dict[str, Any], dict[dt.date, int]]:
    """What the pages of a year and a month share; articles by day."""
    first, last = period.first_day(), period.last_day()
    days = count_days(first, last)
    context = {
        "period": period,
        "first": PartialDate.from_date(first),
        "last": PartialDate.from_date(last),
        "total": sum(days.values()),
        "neighbors": find_hijri_neighbors(period),
    }
    return context, days


def _read_period(*parts: int) -> HijriDate:
    """The year or month of a URL. Raises Http404 for one that does not exist."""
    try:
        return HijriDate(*parts)
    except ValueError as error:
        raise Http404(gettext("There is no such date.")) from error
