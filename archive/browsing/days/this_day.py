"""A day of the year as the home page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from archive.browsing.days.any_year import (
    DayOfYear,
    articles_of_day,
    count_by_year_of_day,
    pick_articles,
)
from archive.browsing.days.overview import DateOverview, find_nearest_day
from archive.dates import PartialDate
from archive.models import Article

ARTICLES_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class ThisDay:
    """A day in any year: the dates that have articles, with counts, and some of these.

    Where *day* has none, they are of ``shown``, the next day of the year that has any.
    """

    day: DayOfYear
    shown: DayOfYear
    years: tuple[tuple[PartialDate, int], ...]
    articles: tuple[Article, ...]


def find_this_day(overview: DateOverview, day: DayOfYear) -> ThisDay | None:
    """What the archive has of *day*; ``None`` where no article is known to a day."""
    shown = day if overview.days.get(day) else find_nearest_day(overview, day)
    if shown is None:
        return None
    articles = articles_of_day(shown)
    counts = count_by_year_of_day(articles)
    return ThisDay(
        day=day,
        shown=shown,
        years=tuple((PartialDate.from_date(date), n) for date, n in counts.items()),
        articles=tuple(pick_articles(articles, counts, limit=ARTICLES_SHOWN)),
    )
