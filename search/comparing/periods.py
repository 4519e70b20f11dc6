"""Periods of a chart: months, years or decades from the first to the last, no gaps."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from archive.browsing.year_ranges import YEARS_IN_A_DECADE
from archive.dates import PartialDate
from search.date_keys import MONTHS_OF_YEAR
from search.request import SearchRequest

_MONTHS: Final = 12
# The most periods that stand side by side before a coarser grain is taken.
MOST_MONTHS: Final = 36
MOST_YEARS: Final = 60
# The most periods of a table; a finer grain is not offered.
MOST_ROWS: Final = 400


class Grain(StrEnum):
    """How long a period is; the values stand in addresses."""

    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The dates from *first* to *last*, both included: one month, a year or ten."""

    first: PartialDate
    last: PartialDate

    def narrow(self, request: SearchRequest) -> tuple[str, str]:
        """Both ends, ISO, of what *request* has of the period.

        A period of which the dates of *request* have a part alone has that part.
        """
        first, last = self.first.iso(), self.last.iso()
        start, end = request.period.first, request.period.last
        if start and start > self.first.first_day():
            first = request.date_from
        if end and end < self.last.last_day():
            last = request.date_to
        return first, last


def choose_grain(months: Iterable[int]) -> Grain:
    """The finest grain that has room for the *months*, yyyymm or yyyy00.

    Where a year is known without its month, years are the finest.

    >>> choose_grain([191001, 191203]).value, choose_grain([191000, 191203]).value
    ('month', 'year')
    >>> choose_grain([180001, 191203]).value
    'decade'
    """
    dated = [month for month in months if month]
    if not dated:
        return Grain.YEAR
    years = max(dated) // MONTHS_OF_YEAR - min(dated) // MONTHS_OF_YEAR + 1
    if years > MOST_YEARS:
        return Grain.DECADE
    is_exact = all(month % MONTHS_OF_YEAR for month in dated)
    if is_exact and _index(max(dated)) - _index(min(dated)) < MOST_MONTHS:
        return Grain.MONTH
    return Grain.YEAR


def list_grains(months: Collection[int]) -> list[Grain]:
    """The grains in which the *months* fit into one table, the finest first.

    >>> [each.value for each in list_grains([180001, 191203])]
    ['year', 'decade']
    """
    return [
        grain
        for grain in Grain
        if grain is Grain.DECADE or len(_span(months, grain)) <= MOST_ROWS
    ]


def find_period(month: int, grain: Grain) -> Period | None:
    """The period of *month*, yyyymm or yyyy00; None where it is not known so far.

    >>> find_period(192305, Grain.DECADE).first.iso()
    '1920'
    >>> find_period(192300, Grain.MONTH) is None
    True
    """
    year, number = divmod(month, MONTHS_OF_YEAR)
    if not month:
        return None
    if grain is Grain.DECADE:
        first = year // YEARS_IN_A_DECADE * YEARS_IN_A_DECADE
        last = first + YEARS_IN_A_DECADE - 1
        return Period(PartialDate(max(first, 1)), PartialDate(last))
    if grain is Grain.YEAR:
        return Period(PartialDate(year), PartialDate(year))
    if not number:
        return None
    only = PartialDate(year, number)
    return Period(only, only)


def fill_periods(months: Iterable[int], grain: Grain) -> list[Period]:
    """All periods from the first to the last of *months*, also those without any.

    >>> [each.first.iso() for each in fill_periods([190311, 190402], Grain.MONTH)]
    ['1903-11', '1903-12', '1904-01', '1904-02']
    """
    span = _span(months, grain)
    if grain is Grain.MONTH:
        keys: Iterable[int] = map(_month, span)
    else:
        keys = (year * MONTHS_OF_YEAR for year in span)
    periods = (find_period(key, grain) for key in keys)
    return list(dict.fromkeys(period for period in periods if period))


def _span(months: Iterable[int], grain: Grain) -> range:
    """The indexes of the months, or the years, from the first to the last."""
    dated = [month for month in months if find_period(month, grain)]
    if not dated:
        return range(0)
    if grain is Grain.MONTH:
        return range(_index(min(dated)), _index(max(dated)) + 1)
    first, last = (end // MONTHS_OF_YEAR for end in (min(dated), max(dated)))
    return range(first, last + 1)


def _index(month: int) -> int:
    """The months from the year 0 to *month*."""
    year, number = divmod(month, MONTHS_OF_YEAR)
    return year * _MONTHS + number - 1


def _month(index: int) -> int:
    year, number = divmod(index, _MONTHS)
    return year * MONTHS_OF_YEAR + number + 1
