"""The buckets of the date chart: one scale from the first hit to the last."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from archive.browsing.year_ranges import YEARS_IN_A_DECADE
from archive.dates import PartialDate
from search.request import SearchRequest
from search.results.facets.labels import DASH, Labels
from search.results.facets.model import DateBucket

Counts = Mapping[PartialDate, int]

# More years than these do not fit beside the results and are counted by decade.
MAX_SINGLE_YEARS: Final = 15
# Empty buckets side by side that are drawn one by one; more are one stretch.
MAX_EMPTY: Final = 3
_MONTHS: Final = 12
_PERCENT: Final = 100
# Stands for an ISO date in the query string of a bucket.
_ANY_DATE: Final = "0000"


class Chart:
    """Makes buckets of counts: all on the scale of the largest, gaps filled.

    *selected* is the year, month or day that the search is filtered by, *held* what the
    archive has of each date of its grain.
    """

    def __init__(
        self,
        request: SearchRequest,
        selected: PartialDate | None,
        held: Counts,
        language: str,
    ) -> None:
        self._selected = selected
        self._labels = Labels(request.calendar, language)
        self._held = held
        dated = request.with_dates(_ANY_DATE, _ANY_DATE)
        # All that differs between buckets is the date: "=" is quoted in other values.
        self._address = dated.query_string()
        self._without = request.with_dates(*_broader_dates(selected)).query_string()

    def has_holdings(self, dates: Counts) -> bool:
        """Whether the archive has more of any of the *dates* than was found."""
        return any(self._held.get(date, 0) > count for date, count in dates.items())

    def build_buckets(self, dates: Counts) -> tuple[DateBucket, ...]:
        """A bucket for each date from the first hit to the last, empty ones too."""
        if not dates:
            return ()
        rows = []
        for date in _iter_dates(min(dates), max(dates)):
            is_selected = date == self._selected
            query = self._without if is_selected else self._find(date.iso(), date.iso())
            rows.append((date, self._labels.of_date(date), query, is_selected))
        held = [self._held.get(date, 0) for date, *_rest in rows]
        counts = [dates.get(date, 0) for date, *_rest in rows]
        buckets = (
            DateBucket(
                iso=date.iso(),
                label=label,
                count=count,
                share=share,
                selected=is_selected,
                query_string=query if count or is_selected else "",
                held=held_here,
                held_share=held_share,
            )
            for (
                date,
                label,
                query,
                is_selected,
            ), count, share, held_here, held_share in zip(
                rows, counts, _shares(counts), held, _shares(held), strict=True
            )
        )
        # A year has twelve months and a month its days, whatever is in them.
        is_period = self._selected is not None
        return tuple(buckets if is_period else _join_empty(buckets))

    def build_decades(self, dates: Counts) -> tuple[DateBucket, ...]:
        """The years by decade; none for a span of years that is short enough."""
        if not dates or max(dates).year - min(dates).year < MAX_SINGLE_YEARS:
            return ()
        counts, held = _by_decade(dates), _by_decade(self._held)
        firsts = range(min(counts), max(counts) + 1, YEARS_IN_A_DECADE)
        rows = [(counts.get(first, 0), held.get(first, 0)) for first in firsts]
        shares = _shares([count for count, _ in rows])
        held_shares = _shares([here for _, here in rows])
        return tuple(
            _join_empty(
                DateBucket(
                    iso="",
                    label=self._labels.of_years(first, last),
                    count=count,
                    share=share,
                    selected=False,
                    query_string=self._find(f"{first:04}", f"{last:04}")
                    if count
                    else "",
                    held=here,
                    held_share=held_share,
                )
                for first, (count, here), share, held_share in zip(
                    firsts, rows, shares, held_shares, strict=True
                )
                for last in [first + YEARS_IN_A_DECADE - 1]
            )
        )

    def _find(self, first: str, last: str) -> str:
        """The query string of the search from *first* to *last*, ISO dates."""
        return self._address.replace(
            f"from={_ANY_DATE}&to={_ANY_DATE}", f"from={first}&to={last}"
        )


def _broader_dates(selected: PartialDate | None) -> tuple[str, str]:
    """Both ends of the period around the selected one, ISO; all years is ``""``."""
    if selected is None or selected.month is None:
        return "", ""
    month = selected.month if selected.day else None
    iso = PartialDate(selected.year, month).iso()
    return iso, iso


def _shares(counts: Sequence[int]) -> list[int]:
    """The counts in percent of the largest; what is counted at all has one at least."""
    most = max(counts, default=0) or 1
    return [max(round(_PERCENT * count / most), int(count > 0)) for count in counts]


def _by_decade(dates: Counts) -> dict[int, int]:
    decades: dict[int, int] = {}
    for date, count in dates.items():
        first = date.year // YEARS_IN_A_DECADE * YEARS_IN_A_DECADE
        decades[first] = decades.get(first, 0) + count
    return decades


def _iter_dates(first: PartialDate, last: PartialDate) -> Iterator[PartialDate]:
    """Years from *first* to *last*, all months of the year, or all days of the month.

    Months and days are those of one period, so that its chart begins and ends with it.
    """
    if first.month is None:
        yield from map(PartialDate, range(first.year, last.year + 1))
    elif first.day is None:
        yield from (PartialDate(first.year, month + 1) for month in range(_MONTHS))
    else:
        days = monthrange(first.year, first.month)[1]
        for day in range(1, days + 1):
            yield PartialDate(first.year, first.month, day)


def _join_empty(buckets: Iterator[DateBucket]) -> Iterator[DateBucket]:
    """The buckets, with one in place of many empty ones side by side."""
    for is_empty, group in groupby(buckets, lambda each: not (each.count or each.held)):
        run = list(group)
        if is_empty and len(run) > MAX_EMPTY and run[0].label != run[-1].label:
            label = _label_range(run[0].label, run[-1].label)
            yield DateBucket("", label, 0, 0, selected=False, query_string="")
        else:
            yield from run


def _label_range(first: str, last: str) -> str:
    """From the beginning of one label to the end of the other, with one dash."""
    return f"{first.split(DASH)[0]}{DASH}{last.split(DASH)[-1]}"
