"""Counts of articles arranged by decade, month and day of a calendar.

Pure functions of counts that the caller loads.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import MINYEAR

from archive.browsing.year_ranges import YEARS_IN_A_DECADE
from archive.dates import FIRST_WEEKDAY, MONTHS_IN_A_YEAR, PartialDate, Precision


@dataclass(frozen=True, slots=True)
class DateCount:
    """The number of articles with one date, known to one precision."""

    first_day: dt.date
    precision: Precision
    count: int


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """The number of articles in a year, a month or a day."""

    period: PartialDate
    count: int


@dataclass(frozen=True, slots=True)
class Decade:
    """The counts of all ten years of a decade, also of years without articles."""

    years: tuple[PeriodCount, ...]

    @property
    def count(self) -> int:
        """The articles of all its years."""
        return sum(year.count for year in self.years)

    @property
    def first(self) -> PartialDate:
        """The first year."""
        return self.years[0].period

    @property
    def last(self) -> PartialDate:
        """The last year."""
        return self.years[-1].period


def group_decades(years: Mapping[int, int]) -> tuple[Decade, ...]:
    """The decades that have articles, in order; *years* maps years to counts.

    >>> [(decade.first.iso(), decade.count) for decade in group_decades({1911: 3})]
    [('1910', 3)]
    """
    firsts = sorted({year - year % YEARS_IN_A_DECADE for year in years})
    return tuple(
        Decade(
            tuple(
                PeriodCount(PartialDate(year), years.get(year, 0))
                for year in range(max(first, MINYEAR), first + YEARS_IN_A_DECADE)
            )
        )
        for first in firsts
    )


def count_months(year: int, counts: Iterable[DateCount]) -> tuple[PeriodCount, ...]:
    """All twelve months of the year; dates known to the year only are in no month."""
    totals: Counter[int] = Counter()
    for row in counts:
        if row.precision in (Precision.MONTH, Precision.DAY):
            totals[row.first_day.month] += row.count
    return tuple(
        PeriodCount(PartialDate(year, month), totals[month])
        for month in range(1, MONTHS_IN_A_YEAR + 1)
    )


def count_only(counts: Iterable[DateCount], precision: Precision) -> int:
    """The number of articles whose date is known to exactly this precision."""
    return sum(row.count for row in counts if row.precision is precision)


def build_month_grid(
    month: PartialDate, counts: Iterable[DateCount]
) -> tuple[tuple[PeriodCount | None, ...], ...]:
    """The weeks of the month from Saturday to Friday; None for days of other months.

    >>> grid = build_month_grid(PartialDate(1923, 5), [])
    >>> [cell.period.day if cell else 0 for cell in grid[0]]
    [0, 0, 0, 1, 2, 3, 4]
    """
    totals: Counter[int] = Counter()
    for row in counts:
        if row.precision is Precision.DAY:
            totals[row.first_day.day] += row.count
    first = month.first_day()
    weeks = calendar.Calendar(FIRST_WEEKDAY).monthdayscalendar(first.year, first.month)
    return tuple(
        tuple(
            PeriodCount(PartialDate(first.year, first.month, day), totals[day])
            if day
            else None
            for day in week
        )
        for week in weeks
    )


def weekday_order() -> tuple[int, ...]:
    """The weekdays of the grid's columns, Monday as 0."""
    return tuple(calendar.Calendar(FIRST_WEEKDAY).iterweekdays())
