"""The values of each document in a facet or a column of days, and how to count them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np

from search.date_keys import DAYS_OF_MONTH, MONTHS_OF_YEAR
from search.engines.contract import DateCounts
from search.engines.whoosh.arrays import Array, concat_sized_ranges, count_runs
from search.engines.whoosh.codec.segment_reader import SegmentReader

# So many times as many values as documents to count, and going through all values is
# no slower than looking for those of the documents.
_ALL_AT_ONCE: Final = 6
# The ordinal of a document that has no value.
NO_ORDINAL: Final = -1


class SortedSetDocValues:
    """For each document the ordinals of its values, in one list of distinct values.

    ``values[starts[d]:starts[d + 1]]`` are the ordinals of document *d*'s values,
    ascending; ``labels`` turns an ordinal into the value.
    """

    def __init__(self, starts: Array, values: Array, labels: Sequence[Any]) -> None:
        self.starts = starts
        self.values = values
        self.labels = labels

    @cached_property
    def _sizes(self) -> Array:
        return np.diff(self.starts)

    @cached_property
    def _has_several(self) -> bool:
        return self._sizes.size > 0 and int(self._sizes.max()) > 1

    @cached_property
    def _singles(self) -> Array | None:
        """The ordinal of each document's only value, the number of all for none.

        ``None`` where a document has several.
        """
        if self._has_several:
            return None
        ordinals = np.full(self._sizes.size, len(self.labels), np.intp)
        ordinals[self._sizes > 0] = self.values
        return ordinals

    @cached_property
    def _owners(self) -> Array:
        """For each value the document that has it."""
        return np.repeat(np.arange(self._sizes.size), self._sizes)

    @cached_property
    def lowest(self) -> Array:
        """int[max_doc]: each document's first ordinal, ``NO_ORDINAL`` without one."""
        return self._choose(self.starts[:-1])

    @cached_property
    def highest(self) -> Array:
        """int[max_doc]: each document's last ordinal, ``NO_ORDINAL`` without one."""
        return self._choose(self.starts[1:] - 1) if self._has_several else self.lowest

    def _choose(self, places: Array) -> Array:
        ordinals = np.full(self._sizes.size, NO_ORDINAL, self.values.dtype)
        has_value = self._sizes > 0
        ordinals[has_value] = self.values[places[has_value]]
        return ordinals

    def count(self, docs: Array) -> Array:
        """For each ordinal, how many of *docs* have the value."""
        size = len(self.labels)
        if self._singles is not None:
            return np.bincount(self._singles[docs], minlength=size + 1)[:size]
        if docs.size * _ALL_AT_ONCE > self.values.size:
            flags = np.zeros(self._sizes.size, bool)
            flags[docs] = True
            chosen = self.values[flags[self._owners]]
        else:
            chosen = self.values[
                concat_sized_ranges(self.starts[docs], self._sizes[docs])
            ]
        return np.bincount(chosen, minlength=size)

    def count_of(self, label: str, counts: Array) -> int:
        """The count of *label* in what ``count`` returned; 0 if it is unknown."""
        at = bisect_left(self.labels, label)
        known = at < len(self.labels) and self.labels[at] == label
        return int(counts[at]) if known else 0


def join_segments(
    segments: Sequence[SegmentReader], name: str
) -> SortedSetDocValues | None:
    """The columns of all segments as one; ``None`` where no segment has it."""
    fields = [segment.field(name) for segment in segments]
    lists = [[term.decode() for term in field.terms] for field in fields if field]
    labels = lists[0] if len(lists) == 1 else sorted(set().union(*lists))
    ordinal = {} if len(lists) == 1 else {label: at for at, label in enumerate(labels)}
    starts = [np.zeros(1, np.int64)]
    values: list[Array] = []
    for data in segments:
        field, column = data.field(name), data.sorted_set_doc_values(name)
        if field is None or column is None:
            starts.append(np.full(data.max_doc, starts[-1][-1]))
            continue
        own = lists.pop(0)
        starts.append(column[0][1:].astype(np.int64) + starts[-1][-1])
        if own is labels:
            values.append(column[1].astype(np.intp))
            continue
        mapping = np.array([ordinal[label] for label in own], np.intp)
        values.append(mapping[column[1]] if mapping.size else column[1])
    if not values:
        return None
    return SortedSetDocValues(np.concatenate(starts), np.concatenate(values), labels)


class DateHistogram:
    """The months of all documents, made of their first and last days, to be counted."""

    def __init__(self, first: Array, last: Array) -> None:
        self._first = first
        self._last = last
        months, ends = first // DAYS_OF_MONTH, last // DAYS_OF_MONTH
        # The month 0 of its year for what is of no single one; 0 without any date.
        of_year = months // MONTHS_OF_YEAR * MONTHS_OF_YEAR
        numbers = np.where(months == ends, months, of_year)
        dated = numbers > 0
        self._before = int(numbers[dated].min()) - 1 if dated.any() else 0
        self._places = np.where(dated, numbers - self._before, 0)

    def count(self, docs: Array) -> DateCounts:
        """How many of *docs* are of each year, month and day."""
        counts = np.bincount(self._places[docs], minlength=1)
        undated, counts[0] = int(counts[0]), 0
        found = counts.nonzero()[0]
        numbers = dict(
            zip((found + self._before).tolist(), counts[found].tolist(), strict=True)
        )
        return DateCounts(
            years=LazyCounts(lambda: _by_year(numbers)),
            months=LazyCounts(
                lambda: {n: count for n, count in numbers.items() if n % MONTHS_OF_YEAR}
            ),
            days=LazyCounts(lambda: self._by_day(docs)),
            undated=undated,
        )

    def _by_day(self, docs: Array) -> dict[int, int]:
        first = self._first[docs]
        exact = first[(first == self._last[docs]) & (first > 0)]
        days, counts = count_runs(np.sort(exact))
        return dict(zip(days.tolist(), counts.tolist(), strict=True))


def _by_year(months: Mapping[int, int]) -> dict[int, int]:
    years: dict[int, int] = {}
    for month, count in months.items():
        year = month // MONTHS_OF_YEAR
        years[year] = years.get(year, 0) + count
    return years


class LazyCounts(Mapping[int, int]):
    """Counts by number, ascending, made when they are first looked at."""

    def __init__(self, count: Callable[[], dict[int, int]]) -> None:
        self._count = count

    @cached_property
    def _counts(self) -> dict[int, int]:
        return self._count()

    def __getitem__(self, number: int) -> int:
        return self._counts[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)
