"""Counts of published articles by year and by day, and the nearest dates with any."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr

from archive.browsing.periods import DateCount
from archive.dates import PartialDate, Precision
from archive.models import Article, ArticleQuerySet

_YEAR_DIGITS: Final = 4
# Precisions of the dates that fall into a period of a precision: a date known to the
# month belongs to that month, but to no day.
_AS_PRECISE: Final = {
    Precision.YEAR: (Precision.YEAR, Precision.MONTH, Precision.DAY),
    Precision.MONTH: (Precision.MONTH, Precision.DAY),
    Precision.DAY: (Precision.DAY,),
}


@dataclass(frozen=True, slots=True)
class Neighbors:
    """The nearest periods before and after one that have articles; None without any."""

    before: PartialDate | None
    after: PartialDate | None


def count_by_year(articles: ArticleQuerySet) -> tuple[Counter[int], int]:
    """Counts of articles by year of publication, and the count of undated ones."""
    # The year as text: EXTRACT is a Python callback on SQLite, called for each row.
    year = Substr(Cast("published_on", CharField()), 1, _YEAR_DIGITS)
    counts = dict(articles.order_by().values_list(year).annotate(Count("pk")))
    undated = counts.pop(None, 0)
    return Counter({int(year): count for year, count in counts.items()}), undated


def count_by_day(period: PartialDate) -> tuple[DateCount, ...]:
    """Counts of the published articles in the period by date and precision, sorted."""
    rows = (
        Article.objects.published()
        .filter(published_on__range=(period.first_day(), period.last_day()))
        .order_by("published_on", "published_precision")
        .values_list("published_on", "published_precision")
        .annotate(Count("pk"))
    )
    return tuple(
        DateCount(day, Precision(precision), count)
        for day, precision, count in rows
        if day is not None
    )


def articles_dated(period: PartialDate) -> ArticleQuerySet:
    """The published articles whose date is the period itself, not one within it."""
    return Article.objects.published().filter(
        published_on=period.first_day(), published_precision=period.precision.value
    )


def find_neighbors(period: PartialDate) -> Neighbors:
    """The periods of the same precision next to *period* with published articles."""
    precision = period.precision
    dated = Article.objects.published().filter(
        published_precision__in=[kind.value for kind in _AS_PRECISE[precision]]
    )
    before = (
        dated.filter(published_on__lt=period.first_day())
        .order_by("-published_on")
        .values_list("published_on", flat=True)
        .first()
    )
    after = (
        dated.filter(published_on__gt=period.last_day())
        .order_by("published_on")
        .values_list("published_on", flat=True)
        .first()
    )
    return Neighbors(_truncate(before, precision), _truncate(after, precision))


def _truncate(day: dt.date | None, precision: Precision) -> PartialDate | None:
    """The period of this precision that contains the day."""
    if day is None:
        return None
    parts = {
        Precision.YEAR: (day.year,),
        Precision.MONTH: (day.year, day.month),
        Precision.DAY: (day.year, day.month, day.day),
    }
    return PartialDate(*parts[precision])
