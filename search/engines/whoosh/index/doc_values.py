"""Doc values of an index: the keywords and the days of documents, and their counts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np

from search.date_keys import DAYS_OF_MONTH, MONTHS_OF_YEAR
from search.engines.contract import DateCounts
from search.engines.lazy_counts import LazyCounts
from search.engines.whoosh.arrays import Array, concat_sized_ranges, count_runs
from search.engines.whoosh.codec.segment_reader import SegmentReader

# With no more values than this per document to count, a scan of all of them is as fast
# as a lookup of those of the documents (measured).
_SCANNED_PER_LOOKUP: Final = 6
# The ordinal of a document without values.
NO_ORDINAL: Final = -1


class SortedSetDocValues:
    """The values of each document of an index, as ordinals of the sorted values.

    ``ordinals[starts[d] : starts[d + 1]]`` are those of document *d*, ascending;
    ``labels[ordinal]`` is the value. ``starts``: int64[max_doc + 1].
    """

    def __init__(self, starts: Array, ordinals: Array, labels: Sequence[Any]) -> None:
        self.starts = starts
        self.ordinals = ordinals
        self.labels = labels

    @cached_property
    def _sizes(self) -> Array:
        return np.diff(self.starts)

    @cached_property
    def _is_multi_valued(self) -> bool:
        return self._sizes.size > 0 and int(self._sizes.max()) > 1

    @cached_property
    def _single_ordinals(self) -> Array | None:
        """The ordinal of each document, ``len(labels)`` without value: intp[max_doc].

        ``None`` if a document has several.
        """
        if self._is_multi_valued:
            return None
        ordinals = np.full(self._sizes.size, len(self.labels), np.intp)
        ordinals[self._sizes > 0] = self.ordinals
        return ordinals

    @cached_property
    def has_none(self) -> Array:
        """Whether each document is without a value: bool[max_doc]."""
        return np.equal(self._sizes, 0)

    @cached_property
    def _docs(self) -> Array:
        """The document of each of ``ordinals``."""
        return np.repeat(np.arange(self._sizes.size), self._sizes)

    @cached_property
    def lowest(self) -> Array:
        """int[max_doc]: each document's first ordinal, ``NO_ORDINAL`` without one."""
        return self._take(self.starts[:-1])

    @cached_property
    def highest(self) -> Array:
        """int[max_doc]: each document's last ordinal, ``NO_ORDINAL`` without one."""
        return self._take(self.starts[1:] - 1) if self._is_multi_valued else self.lowest

    def _take(self, indexes: Array) -> Array:
        """The ordinal at one index for each document, where it has any."""
        # Ordinals may be unsigned where no document has a value.
        signed = np.promote_types(self.ordinals.dtype, np.int32)
        ordinals = np.full(self._sizes.size, NO_ORDINAL, signed)
        has_value = self._sizes > 0
        ordinals[has_value] = self.ordinals[indexes[has_value]]
        return ordinals

    def count(self, docs: Array) -> Array:
        """The number of *docs* with each value: intp[len(labels)]."""
        size = len(self.labels)
        if self._single_ordinals is not None:
            return np.bincount(self._single_ordinals[docs], minlength=size + 1)[:size]
        if docs.size * _SCANNED_PER_LOOKUP > self.ordinals.size:
            is_counted = np.zeros(self._sizes.size, bool)
            is_counted[docs] = True
            ordinals = self.ordinals[is_counted[self._docs]]
        else:
            at = concat_sized_ranges(self.starts[docs], self._sizes[docs])
            ordinals = self.ordinals[at]
        return np.bincount(ordinals, minlength=size)

    def count_none(self, docs: Array, counts: Array) -> int:
        """How many of *docs* have no value; *counts* are what ``count`` returned."""
        if not self._is_multi_valued:
            return docs.size - int(counts.sum())
        if not self._any_has_none:
            return 0
        return int(np.count_nonzero(self.has_none[docs]))

    @cached_property
    def _any_has_none(self) -> bool:
        return bool(self.has_none.any())

    def count_of(self, label: str, counts: Array) -> int:
        """The count of *label* among *counts*, which ``count`` returned."""
        at = bisect_left(self.labels, label)
        is_known = at < len(self.labels) and self.labels[at] == label
        return int(counts[at]) if is_known else 0


def join_segments(
    segments: Sequence[SegmentReader], name: str
) -> SortedSetDocValues | None:
    """The doc values of the field *name* in all *segments*; ``None`` if it has none."""
    parts = [_read(segment, name) for segment in segments]
    lists = [part[2] for part in parts if part]
    if not lists:
        return None
    labels = lists[0] if len(lists) == 1 else sorted(set().union(*lists))
    ordinal = {} if len(lists) == 1 else {label: at for at, label in enumerate(labels)}
    all_starts = [np.zeros(1, np.int64)]
    all_ordinals: list[Array] = []
    for segment, part in zip(segments, parts, strict=True):
        base = all_starts[-1][-1]
        if part is None:
            all_starts.append(np.full(segment.max_doc, base))
            continue
        starts, ordinals, segment_labels = part
        all_starts.append(starts[1:].astype(np.int64) + base)
        if segment_labels is labels:
            all_ordinals.append(ordinals.astype(np.intp))
            continue
        mapping = np.array([ordinal[label] for label in segment_labels], np.intp)
        all_ordinals.append(mapping[ordinals] if mapping.size else ordinals)
    return SortedSetDocValues(
        np.concatenate(all_starts), np.concatenate(all_ordinals), labels
    )


def _read(segment: SegmentReader, name: str) -> tuple[Array, Array, list[str]] | None:
    """The starts, ordinals and labels of the field *name* in *segment*."""
    field, doc_values = segment.field(name), segment.sorted_set_doc_values(name)
    if field is None or doc_values is None:
        return None
    return *doc_values, [term.decode() for term in field.terms]


class DateHistogram:
    """The period of each document, to be counted by year, month and day.

    *first* and *last* are its first and last day as yyyymmdd, 0 if unknown:
    int64[max_doc].
    """

    def __init__(self, first: Array, last: Array) -> None:
        self._first = first
        self._last = last
        months, last_months = first // DAYS_OF_MONTH, last // DAYS_OF_MONTH
        # A period of several months counts in month 0 of its year; 0 is undated.
        year_only = months // MONTHS_OF_YEAR * MONTHS_OF_YEAR
        keys = np.where(months == last_months, months, year_only)
        is_dated = keys > 0
        # Bin 0 is for undated documents, bin 1 for the earliest month.
        self._offset = int(keys[is_dated].min()) - 1 if is_dated.any() else 0
        self._bins = np.where(is_dated, keys - self._offset, 0)

    def count(self, docs: Array) -> DateCounts:
        """The number of *docs* in each year, month and day."""
        counts = np.bincount(self._bins[docs], minlength=1)
        undated, counts[0] = int(counts[0]), 0
        bins = counts.nonzero()[0]
        months = dict(
            zip((bins + self._offset).tolist(), counts[bins].tolist(), strict=True)
        )
        return DateCounts(
            years=LazyCounts(lambda: _count_years(months)),
            months=LazyCounts(
                lambda: {key: n for key, n in months.items() if key % MONTHS_OF_YEAR}
            ),
            days=LazyCounts(lambda: self._count_days(docs)),
            undated=undated,
        )

    def months(self, docs: Array) -> Array:
        """The month of each of *docs*: yyyymm, month 0 for the year alone: int64[n].

        0 for those that are undated.
        """
        bins = self._bins[docs]
        return np.where(bins > 0, bins + self._offset, 0)

    def _count_days(self, docs: Array) -> dict[int, int]:
        first = self._first[docs]
        single_days = first[(first == self._last[docs]) & (first > 0)]
        days, counts = count_runs(np.sort(single_days))
        return dict(zip(days.tolist(), counts.tolist(), strict=True))


def _count_years(months: Mapping[int, int]) -> dict[int, int]:
    years: dict[int, int] = {}
    for month, count in months.items():
        year = month // MONTHS_OF_YEAR
        years[year] = years.get(year, 0) + count
    return years
