"""All dates of the archive in two counts: by year, and by day of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.db.models import Count

from archive.browsing.days.any_year import DAYS_OF_YEAR, DayOfYear
from archive.browsing.periods import Decade, group_decades
from archive.browsing.year_ranges import YEARS_IN_A_DECADE
from archive.dates import PartialDate, Precision
from archive.models import Article

_CACHE_KEY: Final = "archive.browsing.days"
# The home page shows them, and they are counted from an entry for every article.
_CACHE_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class DateOverview:
    """Counts of published articles by year, and by day for those known to the day."""

    years: Mapping[int, int]
    days: Mapping[DayOfYear, int]
    undated: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Years without articles, from *first* to *last*: whole decades in a row."""

    first: PartialDate
    last: PartialDate


def read_overview() -> DateOverview:
    """The counts, at most `_CACHE_SECONDS` old."""
    cached = cache.get(_CACHE_KEY)
    if isinstance(cached, DateOverview):
        return cached
    current = count_dates()
    cache.set(_CACHE_KEY, current, _CACHE_SECONDS)
    return current


def count_dates() -> DateOverview:
    """The counts, by one query that a covering index answers."""
    rows = (
        Article.objects.published()
        .order_by()
        .values_list("published_on", "published_precision")
        .annotate(Count("pk"))
    )
    years: Counter[int] = Counter()
    days: Counter[DayOfYear] = Counter()
    undated = 0
    for day, precision, count in rows:
        if day is None:
            undated += count
            continue
        years[day.year] += count
        if precision == Precision.DAY.value:
            days[DayOfYear(day.month, day.day)] += count
    return DateOverview(dict(years), dict(days), undated)


def find_nearest_day(
    overview: DateOverview, day: DayOfYear, *, step: int = 1
) -> DayOfYear | None:
    """The next day of the year after *day* with articles, or before it by *step* -1.

    ``None`` where no other day has any.

    >>> overview = DateOverview({}, {DayOfYear(3, 1): 2, DayOfYear(12, 31): 1}, 0)
    >>> find_nearest_day(overview, DayOfYear(3, 1)), find_nearest_day(
    ...     overview, DayOfYear(1, 1), step=-1)
    (DayOfYear(month=12, day=31), DayOfYear(month=12, day=31))
    """
    start, length = DAYS_OF_YEAR.index(day), len(DAYS_OF_YEAR)
    others = (DAYS_OF_YEAR[(start + step * n) % length] for n in range(1, length))
    return next((other for other in others if overview.days.get(other)), None)


def group_with_gaps(years: Mapping[int, int]) -> tuple[Decade | Gap, ...]:
    """The decades that have articles, in order, with the gaps between them.

    *years* maps years to counts.

    >>> rows = group_with_gaps({1911: 3, 1950: 1})
    >>> [(row.first.iso(), row.last.iso()) for row in rows]
    [('1910', '1919'), ('1920', '1949'), ('1950', '1959')]
    """
    rows: list[Decade | Gap] = []
    following: int | None = None
    for decade in group_decades(years):
        first = decade.last.year - YEARS_IN_A_DECADE + 1
        if following is not None and first > following:
            rows.append(Gap(PartialDate(following), PartialDate(first - 1)))
        rows.append(decade)
        following = decade.last.year + 1
    return tuple(rows)
