"""The days that articles are of, without regard to their years or beside them.

A century at a glance, a day in any year, and days of the Hijri calendar.
"""

from archive.browsing.days.any_year import (
    DayOfYear,
    articles_of_day,
    count_by_year_of_day,
    pick_articles,
)
from archive.browsing.days.hijri import (
    HijriCount,
    HijriDay,
    HijriNeighbors,
    articles_of_days,
    build_hijri_grid,
    count_days,
    count_months_of,
    count_years,
    find_hijri_neighbors,
)
from archive.browsing.days.in_period import (
    InPeriod,
    PeriodSubjects,
    find_subjects,
    find_subjects_of,
)
from archive.browsing.days.overview import (
    DateOverview,
    Gap,
    count_dates,
    find_nearest_day,
    group_with_gaps,
    read_overview,
)
from archive.browsing.days.this_day import ThisDay, find_this_day

__all__ = [
    "DateOverview",
    "DayOfYear",
    "Gap",
    "HijriCount",
    "HijriDay",
    "HijriNeighbors",
    "InPeriod",
    "PeriodSubjects",
    "ThisDay",
    "articles_of_day",
    "articles_of_days",
    "build_hijri_grid",
    "count_by_year_of_day",
    "count_dates",
    "count_days",
    "count_months_of",
    "count_years",
    "find_hijri_neighbors",
    "find_nearest_day",
    "find_subjects",
    "find_subjects_of",
    "find_this_day",
    "group_with_gaps",
    "pick_articles",
    "read_overview",
]
