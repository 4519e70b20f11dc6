"""A day in any year: which years have articles of it, and the articles."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Max, Min

from archive.dates import MONTHS_IN_A_YEAR, Precision
from archive.models import Article, ArticleQuerySet

# A leap year, so that 29 February is among its days.
_LEAP_YEAR: Final = 2000
_DAYS_IN_A_LEAP_YEAR: Final = 366


@dataclass(frozen=True, slots=True, order=True)
class DayOfYear:
    """A month and a day of it. Raises ValueError where no year has such a day."""

    month: int
    day: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= MONTHS_IN_A_YEAR:
            raise ValueError(f"There is no month {self.month}.")
        if not 1 <= self.day <= monthrange(_LEAP_YEAR, self.month)[1]:
            raise ValueError(f"The month {self.month} has no day {self.day}.")

    @classmethod
    def of(cls, date: dt.date) -> DayOfYear:
        """The day of a date, without its year."""
        return cls(date.month, date.day)

    def in_year(self, year: int) -> dt.date | None:
        """The day in that year; ``None`` for 29 February of a common year.

        >>> DayOfYear(2, 29).in_year(1911) is None
        True
        """
        try:
            return dt.date(year, self.month, self.day)
        except ValueError:
            return None


DAYS_OF_YEAR: Final = tuple(
    DayOfYear.of(dt.date(_LEAP_YEAR, 1, 1) + dt.timedelta(days=number))
    for number in range(_DAYS_IN_A_LEAP_YEAR)
)


def articles_of_day(day: DayOfYear) -> ArticleQuerySet:
    """The published articles of *day* in any year; one query reads the years."""
    published = Article.objects.published()
    ends = published.aggregate(first=Min("published_on"), last=Max("published_on"))
    if ends["first"] is None:
        return published.none()
    years = range(ends["first"].year, ends["last"].year + 1)
    days = [found for found in map(day.in_year, years) if found]
    # Single days, which the index has; a condition on parts of dates reads every row.
    return published.filter(
        published_on__in=days, published_precision=Precision.DAY.value
    )


def count_by_year_of_day(articles: ArticleQuerySet) -> dict[dt.date, int]:
    """Counts of *articles*, all of one day of the year, by date, sorted."""
    rows = articles.order_by("published_on").values_list("published_on")
    return dict(rows.annotate(Count("pk")))


def pick_articles(
    articles: ArticleQuerySet, counts: Mapping[dt.date, int], *, limit: int
) -> list[Article]:
    """At most *limit* of *articles* for a list, each of another date, in their order.

    *counts* are those of `count_by_year_of_day`. The dates are spread over all of them.
    """
    dates = list(counts)
    if len(dates) > limit:
        last = len(dates) - 1
        dates = [dates[round(n * last / (limit - 1))] for n in range(limit)]
    firsts = articles.filter(published_on__in=dates).order_by()
    ids = firsts.values_list("published_on").annotate(Min("pk"))
    chosen = [pk for _date, pk in ids.values_list("published_on", "pk__min")]
    rows = Article.objects.filter(pk__in=chosen).for_entries()
    return list(rows.order_by("published_on"))
