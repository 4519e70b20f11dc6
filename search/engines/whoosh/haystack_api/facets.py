"""Haystack's facets, of any field: hits counted by value or by period.

`SortedSetDocValues` counts for these facets and for the site's own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Self

import numpy as np
from whoosh.support.relativedelta import relativedelta

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.execution.top_k import largest_counts
from search.engines.whoosh.field_values import Kind, kind_of
from search.engines.whoosh.haystack_api.sort_values import sort_values
from search.engines.whoosh.index.doc_values import NO_ORDINAL
from search.engines.whoosh.index.snapshot import Snapshot

# Values, or begins and ends of periods, each with its count; ``None`` stands for hits
# without a value or outside of all periods.
Counts = list[tuple[Any, int]]

_MONTHS_A_YEAR: Final = 12
_SECONDS: Final = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
_MONTHS: Final = {"year": _MONTHS_A_YEAR, "month": 1}


def count_values(
    snapshot: Snapshot, name: str, docs: Array, limit: int | None = None
) -> Counts:
    """The field's values among *docs*, most frequent first, at most *limit* of them.

    Equal counts are in the order of the values. Raises ValueError for a field that
    keeps no values.
    """
    values = sort_values(snapshot, name)
    counts = values.count(docs)
    largest = largest_counts(counts, limit).tolist()
    counted = [(values.labels[at], int(counts[at])) for at in largest]
    missing = np.count_nonzero(values.lowest[docs] == NO_ORDINAL)
    return with_missing(counted, int(missing))[:limit]


def with_missing(counts: Counts, missing: int) -> Counts:
    """*counts*, largest first, with the count of no value after equal counts."""
    if not missing:
        return counts
    at = bisect_right(counts, -missing, key=lambda counted: -counted[1])
    return [*counts[:at], (None, missing), *counts[at:]]


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods of *amount* times *gap* from *start* on; the last is cut at *end*.

    *gap* is ``year``, ``month``, ``day``, ``hour``, ``minute`` or ``second``. A month
    begins on the day of the month of *start*, or on its last day where it is shorter.
    """

    start: datetime
    end: datetime
    gap: str
    amount: int = 1

    @classmethod
    def of(cls, facet: Mapping[str, Any]) -> Self:
        """The periods of the options of a date facet."""
        return cls(
            to_moment(facet["start_date"]),
            to_moment(facet["end_date"]),
            facet["gap_by"],
            facet.get("gap_amount", 1),
        )

    def begin(self, number: int) -> datetime:
        """The begin of the period *number*, counted from 0; at most the end."""
        step = number * self.amount
        try:
            if self.gap in _MONTHS:
                months = relativedelta(months=step * _MONTHS[self.gap])
                begin: datetime = self.start + months
                return min(begin, self.end)
            return min(
                self.start + timedelta(seconds=step * _SECONDS[self.gap]), self.end
            )
        except (OverflowError, ValueError):
            # Beyond the year 9999.
            return self.end

    def number_of(self, moment: datetime) -> int:
        """The number of the period with *moment*, which is not before *start*."""
        if self.gap in _SECONDS:
            seconds = _SECONDS[self.gap] * self.amount
            return (moment - self.start) // timedelta(seconds=seconds)
        months = (moment.year - self.start.year) * _MONTHS_A_YEAR
        months += moment.month - self.start.month
        number = max(months // (_MONTHS[self.gap] * self.amount), 0)
        # The month of *moment* may begin later than *moment*.
        return number - (self.begin(number) > moment)


def count_periods(
    snapshot: Snapshot, name: str, docs: Array, periods: Periods
) -> Counts:
    """The number of *docs* in each period, largest first, empty periods left out.

    Equal counts are in the order of time. Raises ValueError for a field of anything but
    dates.
    """
    if (
        name not in snapshot.schema
        or kind_of(snapshot.schema[name]) is not Kind.DATETIME
    ):
        raise ValueError(f"The field {name} has no dates to count by period.")
    values = sort_values(snapshot, name)
    counts = values.count(docs)
    found = counts.nonzero()[0].tolist()
    counted = ((values.labels[at], int(counts[at])) for at in found)
    return group_by_period(counted, len(docs), periods)


def group_by_period(
    counted: Iterable[tuple[datetime, int]], hits: int, periods: Periods
) -> Counts:
    """The number of *hits* in each period, from how many have each moment."""
    by_number: Counter[int] = Counter()
    for moment, count in counted:
        if periods.start <= moment < periods.end:
            by_number[periods.number_of(moment)] += count
    of_periods = [
        ((periods.begin(number), periods.begin(number + 1)), count)
        for number, count in by_number.items()
    ]
    of_periods.sort(key=lambda period: (-period[1], period[0]))
    return with_missing(of_periods, hits - by_number.total())


def to_moment(day: date) -> datetime:
    """*day* as the index holds it: a date as its midnight, an aware time in UTC."""
    if not isinstance(day, datetime):
        return datetime(day.year, day.month, day.day)
    return day.astimezone(UTC).replace(tzinfo=None) if day.tzinfo else day
