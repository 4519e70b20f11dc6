"""Articles known to the day by Hijri years, months and days.

Months of print began by sighting the crescent: a day may be one or two off.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from calendar import Calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count

from archive.browsing.year_ranges import YEARS_IN_A_DECADE
from archive.dates import (
    FIRST_WEEKDAY,
    LAST_HIJRI_YEAR,
    MONTHS_IN_A_YEAR,
    HijriDate,
    Precision,
)
from archive.models import Article, ArticleQuerySet

_DAYS_IN_A_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class HijriCount:
    """The articles of a Hijri year or month, and its first Gregorian day."""

    period: HijriDate
    first_day: dt.date
    count: int


@dataclass(frozen=True, slots=True)
class HijriDay:
    """A day of a Hijri month by its number, its Gregorian day, and its articles."""

    number: int
    day: dt.date
    count: int


@dataclass(frozen=True, slots=True)
class HijriNeighbors:
    """The nearest periods with articles before and after one; None without any."""

    before: HijriDate | None
    after: HijriDate | None


def known_to_the_day() -> ArticleQuerySet:
    """The published articles that have a Hijri day."""
    return Article.objects.published().filter(published_precision=Precision.DAY.value)


def articles_of_days(first: dt.date, last: dt.date) -> ArticleQuerySet:
    """The published articles known to the day, from *first* to *last*."""
    return known_to_the_day().filter(published_on__range=(first, last))


def count_days(first: dt.date, last: dt.date) -> dict[dt.date, int]:
    """Published articles known to the day, by day, from *first* to *last*."""
    rows = articles_of_days(first, last).order_by()
    return dict(rows.values_list("published_on").annotate(Count("pk")))


def count_years(days: Mapping[dt.date, int]) -> tuple[tuple[HijriCount, ...], ...]:
    """All years of the decades that have articles, a decade a tuple.

    Days outside the Hijri years that can be computed are left out.
    """
    ends = [HijriDate.from_day(day) for day in (min(days), max(days))] if days else []
    if not ends:
        return ()
    first = ends[0].year if ends[0] else 1
    last = ends[1].year if ends[1] else LAST_HIJRI_YEAR
    starts = [HijriDate(year).first_day() for year in range(first, last + 1)]
    end = HijriDate(last).last_day()
    counts: Counter[int] = Counter()
    for day, count in days.items():
        if starts[0] <= day <= end:
            counts[first + bisect_right(starts, day) - 1] += count
    decades = sorted({year - year % YEARS_IN_A_DECADE for year in counts})
    return tuple(
        tuple(
            _count(HijriDate(year), counts[year])
            for year in range(max(decade, 1), decade + YEARS_IN_A_DECADE)
            if year <= LAST_HIJRI_YEAR
        )
        for decade in decades
    )


def count_months_of(
    year: HijriDate, days: Mapping[dt.date, int]
) -> tuple[HijriCount, ...]:
    """All twelve months of *year*; *days* are those of the year."""
    months = [HijriDate(year.year, n) for n in range(1, MONTHS_IN_A_YEAR + 1)]
    starts = [month.first_day() for month in months]
    counts: Counter[int] = Counter()
    for day, count in days.items():
        counts[bisect_right(starts, day) - 1] += count
    return tuple(_count(month, counts[n]) for n, month in enumerate(months))


def build_hijri_grid(
    month: HijriDate, days: Mapping[dt.date, int]
) -> tuple[tuple[HijriDay | None, ...], ...]:
    """The weeks of *month* from Saturday to Friday; None for days of other months.

    >>> grid = build_hijri_grid(HijriDate(1341, 9), {dt.date(1923, 5, 1): 2})
    >>> [(cell.number, cell.count) for week in grid for cell in week if cell][14]
    (15, 2)
    """
    first, last = month.first_day(), month.last_day()
    length = (last - first).days + 1
    dates = [first + dt.timedelta(days=n) for n in range(length)]
    # Numbers instead of Hijri dates: a few months of the tables have 31 days.
    cells: list[HijriDay | None] = [
        HijriDay(number, date, days.get(date, 0))
        for number, date in enumerate(dates, start=1)
    ]
    weekdays = list(Calendar(FIRST_WEEKDAY).iterweekdays())
    cells[:0] = [None] * weekdays.index(first.weekday())
    cells += [None] * (-len(cells) % _DAYS_IN_A_WEEK)
    return _cut(cells)


def find_hijri_neighbors(period: HijriDate) -> HijriNeighbors:
    """The years or months next to *period* that have articles known to the day."""
    days = known_to_the_day().values_list("published_on", flat=True)
    before = days.filter(published_on__lt=period.first_day()).order_by("-published_on")
    after = days.filter(published_on__gt=period.last_day()).order_by("published_on")
    return HijriNeighbors(
        _hold(before.first(), period.precision), _hold(after.first(), period.precision)
    )


def _hold(day: dt.date | None, precision: Precision) -> HijriDate | None:
    """The year or month that has the day."""
    found = HijriDate.from_day(day) if day else None
    if found is None:
        return None
    month = None if precision is Precision.YEAR else found.month
    return HijriDate(found.year, month)


def _count(period: HijriDate, count: int) -> HijriCount:
    return HijriCount(period, period.first_day(), count)


def _cut(
    cells: Sequence[HijriDay | None],
) -> tuple[tuple[HijriDay | None, ...], ...]:
    return tuple(
        tuple(cells[start : start + _DAYS_IN_A_WEEK])
        for start in range(0, len(cells), _DAYS_IN_A_WEEK)
    )
