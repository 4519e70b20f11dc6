"""Ranges of years by which readers narrow a collection: decades, then single years.

Pure functions of counts that the caller loads.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

YEARS_IN_A_DECADE: Final = 10
# More years than this are listed as decades.
MAX_YEARS_LISTED: Final = 24
_PERCENT: Final = 100

# 1923, 1920s
_YEAR_RANGE_RE: Final = re.compile(r"([0-9]{4})(s?)")


@dataclass(frozen=True, slots=True)
class YearRange:
    """The years from *first* to *last*, both inclusive: one year or one decade."""

    first: int
    last: int

    @property
    def key(self) -> str:
        """The range as written in URLs: ``1923`` or ``1920s``."""
        return f"{self.first:04}" if self.first == self.last else f"{self.first:04}s"

    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day of the range."""
        return dt.date(self.first, 1, 1), dt.date(self.last, 12, 31)

    def __contains__(self, year: int) -> bool:
        return self.first <= year <= self.last


@dataclass(frozen=True, slots=True)
class YearRangeCount:
    """The articles of a range; ``share``: percent of the largest count, at least 1."""

    years: YearRange
    count: int
    share: int


def parse_year_range(text: str) -> YearRange | None:
    """The year ``1923`` or decade ``1920s``; None for any other text.

    >>> parse_year_range("1920s")
    YearRange(first=1920, last=1929)
    >>> parse_year_range("1925s"), parse_year_range("١٩٢٣"), parse_year_range("0000")
    (None, None, None)
    """
    match = _YEAR_RANGE_RE.fullmatch(text)
    if match is None or not int(match[1]):
        return None
    first = int(match[1])
    if not match[2]:
        return YearRange(first, first)
    return decade_of(first) if first % YEARS_IN_A_DECADE == 0 else None


def list_year_ranges(
    years: Mapping[int, int], chosen: YearRange | None = None
) -> tuple[YearRangeCount, ...]:
    """The years that have articles, sorted; decades if there are many years.

    *years* maps years to counts. With a *chosen* year or decade, many years are reduced
    to those of its decade.
    """
    if len(years) <= MAX_YEARS_LISTED:
        return _with_shares(
            {YearRange(year, year): count for year, count in years.items()}
        )
    if chosen is None:
        decades: Counter[YearRange] = Counter()
        for year, count in years.items():
            decades[decade_of(year)] += count
        return _with_shares(decades)
    decade = decade_of(chosen.first)
    return _with_shares(
        {
            YearRange(year, year): count
            for year, count in years.items()
            if year in decade
        }
    )


def count_in(years: Mapping[int, int], year_range: YearRange) -> int:
    """The number of articles in the range; *years* maps years to counts."""
    return sum(count for year, count in years.items() if year in year_range)


def decade_of(year: int) -> YearRange:
    """The decade of a year; the first one begins with year 1."""
    first = year - year % YEARS_IN_A_DECADE
    return YearRange(max(first, dt.MINYEAR), first + YEARS_IN_A_DECADE - 1)


def _with_shares(counts: Mapping[YearRange, int]) -> tuple[YearRangeCount, ...]:
    most = max(counts.values(), default=0)
    return tuple(
        YearRangeCount(years, count, max(1, round(count * _PERCENT / most)))
        for years, count in sorted(counts.items(), key=lambda item: item[0].first)
    )
