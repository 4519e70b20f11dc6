"""Arithmetic of days, weeks, months and years from a day on."""

import calendar
import datetime as dt
from enum import StrEnum
from typing import Final

from archive.dates.partial import MONTHS_IN_A_YEAR, PartialDate

# The first day of the week in most Arab countries (CLDR, weekData).
FIRST_WEEKDAY: Final = calendar.SATURDAY
DAYS_IN_A_WEEK: Final = 7

Days = tuple[dt.date, dt.date]


class Unit(StrEnum):
    """A unit of relative dates."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def unit_before(today: dt.date, unit: Unit, count: int) -> Days:
    """The whole day, week, month or year that is *count* before that of *today*.

    Raises ValueError or OverflowError beyond the calendar.

    >>> [str(day) for day in unit_before(dt.date(2026, 11, 30), Unit.WEEK, 1)]
    ['2026-11-21', '2026-11-27']
    """
    if unit is Unit.DAY:
        day = today - dt.timedelta(days=count)
        return day, day
    if unit is Unit.WEEK:
        since = (today.weekday() - FIRST_WEEKDAY) % DAYS_IN_A_WEEK
        first = today - dt.timedelta(days=since + DAYS_IN_A_WEEK * count)
        return first, first + dt.timedelta(days=DAYS_IN_A_WEEK - 1)
    partial = (
        _month_before(today, count)
        if unit is Unit.MONTH
        else PartialDate(today.year - count)
    )
    return partial.first_day(), partial.last_day()


def ago(today: dt.date, unit: Unit, count: int) -> Days:
    """The day *count* days or weeks ago; the month or year *count* of them ago.

    No day is made up: «قبل شهرين» says no day, «قبل أسبوعين» does.

    >>> [str(day) for day in ago(dt.date(2026, 11, 30), Unit.MONTH, 2)]
    ['2026-09-01', '2026-09-30']
    """
    if unit is Unit.WEEK:
        return unit_before(today, Unit.DAY, count * DAYS_IN_A_WEEK)
    return unit_before(today, unit, count)


def latest(today: dt.date, unit: Unit, count: int) -> Days:
    """The *count* days, weeks, months or years that end with *today*.

    >>> [str(day) for day in latest(dt.date(2026, 11, 30), Unit.DAY, 7)]
    ['2026-11-24', '2026-11-30']
    >>> [str(day) for day in latest(dt.date(2026, 3, 31), Unit.MONTH, 1)]
    ['2026-03-01', '2026-03-31']
    """
    if unit in {Unit.DAY, Unit.WEEK}:
        days = count * (DAYS_IN_A_WEEK if unit is Unit.WEEK else 1)
        return today - dt.timedelta(days=days - 1), today
    months = count * (MONTHS_IN_A_YEAR if unit is Unit.YEAR else 1)
    month = _month_before(today, months)
    day = min(today.day, month.last_day().day)
    return dt.date(month.year, month.month or 1, day) + dt.timedelta(days=1), today


def weekday_before(today: dt.date, weekday: int) -> Days:
    """The latest such weekday before *today*, Monday as 0.

    >>> str(weekday_before(dt.date(2026, 11, 30), calendar.MONDAY)[0])
    '2026-11-23'
    """
    back = (today.weekday() - weekday - 1) % DAYS_IN_A_WEEK + 1
    return unit_before(today, Unit.DAY, back)


def _month_before(today: dt.date, count: int) -> PartialDate:
    year, month = divmod(
        today.year * MONTHS_IN_A_YEAR + today.month - 1 - count, MONTHS_IN_A_YEAR
    )
    return PartialDate(year, month + 1)
