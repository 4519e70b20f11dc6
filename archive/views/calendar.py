"""The calendar: pages of all years, a year, a month, a day, and undated articles."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.views.decorators.http import require_safe

from archive.browsing.date_counts import (
    articles_dated,
    count_by_day,
    count_by_year,
    find_neighbors,
)
from archive.browsing.days import (
    DayOfYear,
    PeriodSubjects,
    articles_of_day,
    count_by_year_of_day,
    find_subjects,
    find_subjects_of,
)
from archive.browsing.listing import list_articles
from archive.browsing.periods import (
    DateCount,
    build_month_grid,
    count_months,
    count_only,
    group_decades,
    weekday_order,
)
from archive.dates import PartialDate, Precision
from archive.models import Article
from archive.views.left_out import find_left_out

# From Monday, as in `datetime.date.weekday`.
WEEKDAY_LETTERS: Final[tuple[Promise, ...]] = (
    pgettext_lazy("Monday, one letter", "M"),
    pgettext_lazy("Tuesday, one letter", "T"),
    pgettext_lazy("Wednesday, one letter", "W"),
    pgettext_lazy("Thursday, one letter", "T"),
    pgettext_lazy("Friday, one letter", "F"),
    pgettext_lazy("Saturday, one letter", "S"),
    pgettext_lazy("Sunday, one letter", "S"),
)


@require_safe
def show_calendar(request: HttpRequest) -> HttpResponse:
    """All years that have articles, by decade."""
    years, undated = count_by_year(Article.objects.published())
    context = {
        "decades": group_decades(years),
        "most": max(years.values(), default=0),
        "dated": sum(years.values()),
        "undated": undated,
    }
    return render(request, "archive/calendar.html", context)


@require_safe
def show_year(request: HttpRequest, year: int) -> HttpResponse:
    """The months of a year."""
    period = _read_period(year)
    counts = count_by_day(period)
    months = count_months(year, counts)
    context = {
        "months": months,
        "most": max(month.count for month in months),
        "subjects": _find_subjects(request, period),
        **_build_context(request, period, counts),
    }
    return render(request, "archive/year.html", context)


@require_safe
def show_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The days of a month."""
    period = _read_period(year, month)
    # Dates known to the year only are stored as its first day, but are not in January.
    counts = tuple(
        row for row in count_by_day(period) if row.precision is not Precision.YEAR
    )
    weeks = build_month_grid(period, counts)
    context = {
        "subjects": _find_subjects(request, period),
        "weeks": weeks,
        "most": max(cell.count for week in weeks for cell in week if cell),
        "with_hijri": request.GET.get("hijri") == "1",
        "weekdays": [(WEEKDAYS[day], WEEKDAY_LETTERS[day]) for day in weekday_order()],
        **_build_context(request, period, counts),
    }
    return render(request, "archive/month.html", context)


@require_safe
def show_day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """The articles of a day."""
    period = _read_period(year, month, day)
    counts = tuple(
        row for row in count_by_day(period) if row.precision is Precision.DAY
    )
    day_of_year = DayOfYear.of(period.first_day())
    in_years = count_by_year_of_day(articles_of_day(day_of_year))
    context = {
        "weekday": WEEKDAYS[period.first_day().weekday()],
        "others": [
            (PartialDate.from_date(other), count)
            for other, count in in_years.items()
            if other != period.first_day()
        ],
        "day_of_year": day_of_year,
        **_build_context(request, period, counts),
    }
    return render(request, "archive/day.html", context)


@require_safe
def show_undated(request: HttpRequest) -> HttpResponse:
    """The articles without a date."""
    articles = Article.objects.published().filter(published_on=None)
    listing = list_articles(
        articles, total=articles.count(), page=request.GET.get("page", "")
    )
    subjects = find_subjects_of(articles, language=get_language() or "ar")
    context = {
        "listing": listing,
        "subjects": subjects,
        "left_out": find_left_out(request.GET, page=listing.page.number),
    }
    return render(request, "archive/undated.html", context)


def _build_context(
    request: HttpRequest, period: PartialDate, counts: tuple[DateCount, ...]
) -> dict[str, Any]:
    """The context shared by the pages of a year, a month and a day.

    ``listing`` has the articles whose date is the period itself, not one within it.
    """
    listing = list_articles(
        articles_dated(period),
        total=count_only(counts, period.precision),
        page=request.GET.get("page", ""),
    )
    return {
        "period": period,
        "total": sum(row.count for row in counts),
        "neighbors": find_neighbors(period),
        "listing": listing,
        "left_out": find_left_out(request.GET, page=listing.page.number),
    }


def _find_subjects(request: HttpRequest, period: PartialDate) -> PeriodSubjects | None:
    """Sources, actors and topics of the period; ``None`` on further pages."""
    if "page" in request.GET:
        return None
    return find_subjects(period, language=get_language() or "ar")


def _read_period(*parts: int) -> PartialDate:
    """The year, month or day of a URL. Raises Http404 for one that does not exist."""
    try:
        return PartialDate(*parts)
    except ValueError as error:
        raise Http404(gettext("There is no such date.")) from error
