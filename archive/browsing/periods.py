"""Articles counted by decade, year, month and day. Pure: the counts come from outside.

Public: `DateCount`, `group_decades`, `count_months`, `count_only`, `build_month_grid`.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from archive.browsing.spans import YEARS_IN_A_DECADE
from archive.dates.partial import MONTHS_IN_A_YEAR, PartialDate, Precision

# The day the week begins with in most of the Arab countries.
FIRST_WEEKDAY: Final = calendar.SATURDAY


@dataclass(frozen=True, slots=True)
class DateCount:
    """How many articles bear one date, known to one precision."""

    first_day: dt.date
    precision: Precision
    count: int


@dataclass(frozen=True, slots=True)
class Decade:
    """Ten years by the first; ``years`` pairs those that have articles with counts."""

    first_year: int
    count: int
    years: tuple[tuple[int, int], ...]

    @property
    def last_year(self) -> int:
        return self.first_year + YEARS_IN_A_DECADE - 1


@dataclass(frozen=True, slots=True)
class MonthCount:
    """A month of a year with its articles, those known only to the month included."""

    month: PartialDate
    count: int


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day in the grid of a month."""

    day: dt.date
    count: int


def group_decades(years: Mapping[int, int]) -> tuple[Decade, ...]:
    """The decades that have articles, in order; *years* maps years to counts."""
    found: dict[int, list[tuple[int, int]]] = {}
    for year, count in sorted(years.items()):
        found.setdefault(year - year % YEARS_IN_A_DECADE, []).append((year, count))
    return tuple(
        Decade(first, sum(count for _year, count in members), tuple(members))
        for first, members in found.items()
    )


def count_months(year: int, counts: Iterable[DateCount]) -> tuple[MonthCount, ...]:
    """All twelve months of the year; what is known only to the year is in none."""
    totals: Counter[int] = Counter()
    for row in counts:
        if row.precision in (Precision.MONTH, Precision.DAY):
            totals[row.first_day.month] += row.count
    return tuple(
        MonthCount(PartialDate(year, month), totals[month])
        for month in range(1, MONTHS_IN_A_YEAR + 1)
    )


def count_only(counts: Iterable[DateCount], precision: Precision) -> int:
    """How many articles are known to exactly this precision."""
    return sum(row.count for row in counts if row.precision is precision)


def build_month_grid(
    month: PartialDate, counts: Iterable[DateCount]
) -> tuple[tuple[DayCell | None, ...], ...]:
    """The weeks of the month, Saturday first; None where a week reaches outside it.

    >>> grid = build_month_grid(PartialDate(1923, 5), [])
    >>> [cell.day.day if cell else 0 for cell in grid[0]]
    [0, 0, 0, 1, 2, 3, 4]
    """
    totals: Counter[int] = Counter()
    for row in counts:
        if row.precision is Precision.DAY:
            totals[row.first_day.day] += row.count
    weeks = calendar.Calendar(FIRST_WEEKDAY).monthdayscalendar(
        month.year, month.first_day().month
    )
    return tuple(
        tuple(
            DayCell(month.first_day().replace(day=day), totals[day]) if day else None
            for day in week
        )
        for week in weeks
    )


def weekday_order() -> tuple[int, ...]:
    """The weekdays of a row of the grid, numbered from Monday as 0."""
    return tuple(calendar.Calendar(FIRST_WEEKDAY).iterweekdays())
