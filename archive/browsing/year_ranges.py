"""The years of a collection as the reader narrows them: decades, then years.

Public: `YearRange`, `YearRangeCount`, `parse_year_range`, `list_year_ranges`. Pure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

YEARS_IN_A_DECADE: Final = 10
# More years than this are first shown as decades.
MAX_YEARS_LISTED: Final = 24
_PERCENT: Final = 100

# 1923, 1920s
_YEAR_RANGE_RE: Final = re.compile(r"([0-9]{4})(s?)")


@dataclass(frozen=True, slots=True)
class YearRange:
    """The years from *first* to *last*, both included: one year or one decade."""

    first: int
    last: int

    @property
    def key(self) -> str:
        """The span as it stands in addresses: ``1923`` or ``1920s``."""
        return f"{self.first:04}" if self.first == self.last else f"{self.first:04}s"

    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day of the span."""
        return dt.date(self.first, 1, 1), dt.date(self.last, 12, 31)

    def __contains__(self, year: int) -> bool:
        return self.first <= year <= self.last


@dataclass(frozen=True, slots=True)
class YearRangeCount:
    """A span with its articles; ``share`` is percent of the fullest one, from 1."""

    years: YearRange
    count: int
    share: int


def parse_year_range(text: str) -> YearRange | None:
    """The year or decade written ``1923`` or ``1920s``; None for any other text.

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
    """The years that have articles, or their decades where the years are many.

    With a year or decade *chosen* among many, the years of that decade.
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
    near = decade_of(chosen.first)
    return _with_shares(
        {YearRange(year, year): count for year, count in years.items() if year in near}
    )


def count_in(years: Mapping[int, int], span: YearRange) -> int:
    """How many articles the span holds."""
    return sum(count for year, count in years.items() if year in span)


def decade_of(year: int) -> YearRange:
    """The decade that *year* lies in, within the years that `date` knows."""
    first = year - year % YEARS_IN_A_DECADE
    return YearRange(max(first, dt.MINYEAR), first + YEARS_IN_A_DECADE - 1)


def _with_shares(counts: Mapping[YearRange, int]) -> tuple[YearRangeCount, ...]:
    most = max(counts.values(), default=0)
    return tuple(
        YearRangeCount(span, count, max(1, round(count * _PERCENT / most)))
        for span, count in sorted(counts.items(), key=lambda item: item[0].first)
    )
