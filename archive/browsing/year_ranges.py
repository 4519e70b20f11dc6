"""The years of a collection as the reader narrows them: decades, then years.

Public: `Span`, `SpanCount`, `read_span`, `list_spans`. Pure.
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
MOST_YEARS: Final = 24
_WHOLE: Final = 100

# 1923, 1920s
_SPAN_RE: Final = re.compile(r"([0-9]{4})(s?)")


@dataclass(frozen=True, slots=True)
class Span:
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
class SpanCount:
    """A span with its articles; ``share`` is percent of the fullest one, from 1."""

    span: Span
    count: int
    share: int


def read_span(text: str) -> Span | None:
    """The year or decade written ``1923`` or ``1920s``; None for any other text.

    >>> read_span("1920s")
    Span(first=1920, last=1929)
    >>> read_span("1925s"), read_span("١٩٢٣"), read_span("0000")
    (None, None, None)
    """
    match = _SPAN_RE.fullmatch(text)
    if match is None or not int(match[1]):
        return None
    first = int(match[1])
    if not match[2]:
        return Span(first, first)
    return _decade(first) if first % YEARS_IN_A_DECADE == 0 else None


def list_spans(
    years: Mapping[int, int], chosen: Span | None = None
) -> tuple[SpanCount, ...]:
    """The years that have articles, or their decades where the years are many.

    With a year or decade *chosen* among many, the years of that decade.
    """
    if len(years) <= MOST_YEARS:
        return _with_shares({Span(year, year): count for year, count in years.items()})
    if chosen is None:
        decades: Counter[Span] = Counter()
        for year, count in years.items():
            decades[_decade(year)] += count
        return _with_shares(decades)
    near = _decade(chosen.first)
    return _with_shares(
        {Span(year, year): count for year, count in years.items() if year in near}
    )


def count_in(years: Mapping[int, int], span: Span) -> int:
    """How many articles the span holds."""
    return sum(count for year, count in years.items() if year in span)


def _decade(year: int) -> Span:
    first = year - year % YEARS_IN_A_DECADE
    return Span(max(first, dt.MINYEAR), first + YEARS_IN_A_DECADE - 1)


def _with_shares(counts: Mapping[Span, int]) -> tuple[SpanCount, ...]:
    most = max(counts.values(), default=0)
    return tuple(
        SpanCount(span, count, max(1, round(count * _WHOLE / most)))
        for span, count in sorted(counts.items(), key=lambda item: item[0].first)
    )
