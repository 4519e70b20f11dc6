"""The sources by decade, year or month: what each has, and what it lacks between."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr

from archive.browsing.name_index import filing_position
from archive.browsing.year_ranges import YearRange, decade_of, list_year_ranges
from archive.dates import MONTHS_IN_A_YEAR, PartialDate, Precision
from archive.models import UNPUBLISHED, Article, Source

_YEAR_DIGITS: Final = 4
_MONTH_START: Final = 6
_MONTH_DIGITS: Final = 2
# More columns than these have no empty ones among them.
_MOST_COLUMNS: Final = 30
# The key of articles that belong to no column.
REST: Final = None
Counts = Mapping[int, Mapping[int | None, int]]


@dataclass(frozen=True, slots=True)
class Column:
    """A decade, a year or a month: its first and its last year, or the month twice.

    ``key`` is that of the period below it, ``""`` for a month. ``gap``: the first and
    last year between it and the column before, of which no source has any.
    """

    first: PartialDate
    last: PartialDate
    key: str
    gap: tuple[PartialDate, PartialDate] | None = None

    @property
    def keys(self) -> range:
        """The years of the column, or the number of its month."""
        if self.first.month:
            return range(self.first.month, self.first.month + 1)
        return range(self.first.year, self.last.year + 1)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A source: articles of each column, of none, and all; ``None``: all sources.

    ``gaps`` says of each column that it has none although earlier and later ones do.
    """

    source: Source | None
    counts: tuple[int, ...]
    gaps: tuple[bool, ...]
    rest: int
    total: int

    @property
    def most(self) -> int:
        """The largest count of a column."""
        return max(self.counts, default=0)


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """The sources that have articles in the columns or in none of them, by name."""

    columns: tuple[Column, ...]
    whole: CoverageRow
    rows: tuple[CoverageRow, ...]

    @property
    def has_gaps(self) -> bool:
        """Whether years between columns are left out, no source having any."""
        return any(column.gap for column in self.columns)

    @property
    def most(self) -> int:
        """The largest count of a source in a column."""
        return max((row.most for row in self.rows), default=0)


def count_by_source_and_year() -> Counts:
    """Published articles by source and year, undated ones under `REST`; one query."""
    year = Substr(Cast("published_on", CharField()), 1, _YEAR_DIGITS)
    # Excludes instead of filtering by status, so that SQLite reads the covering index
    # on source.
    rows = (
        Article.objects.exclude(status__in=UNPUBLISHED)
        .order_by()
        .values_list("source_id", year)
        .annotate(Count("pk"))
    )
    counts: defaultdict[int, dict[int | None, int]] = defaultdict(dict)
    for source, text, count in rows:
        counts[source][int(text) if text else REST] = count
    return counts


def count_by_source_in_year(year: int) -> Counts:
    """Published articles of a year by source and month; `REST`: known to the year."""
    month = Substr(Cast("published_on", CharField()), _MONTH_START, _MONTH_DIGITS)
    rows = (
        Article.objects.published()
        .filter(published_on__range=YearRange(year, year).days())
        .order_by()
        .values_list("source_id", month, "published_precision")
        .annotate(Count("pk"))
    )
    counts: defaultdict[int, Counter[int | None]] = defaultdict(Counter)
    for source, text, precision, count in rows:
        key = REST if precision == Precision.YEAR.value else int(text)
        counts[source][key] += count
    return counts


def list_columns(counts: Counts, chosen: YearRange | None = None) -> list[Column]:
    """The years, decades where they are many, or the years of the *chosen* decade.

    What is missing between the first and the last is among them, unless it is much.
    """
    years = Counter[int]()
    for of_source in counts.values():
        years.update({key: n for key, n in of_source.items() if key is not REST})
    held = [row.years for row in list_year_ranges(years, chosen)]
    every = _fill(held)
    ranges = every if len(every) <= _MOST_COLUMNS else held
    return [
        Column(
            PartialDate(each.first),
            PartialDate(each.last),
            each.key,
            _find_gap(earlier, each),
        )
        for earlier, each in zip([None, *ranges], ranges, strict=False)
    ]


def _find_gap(
    earlier: YearRange | None, later: YearRange
) -> tuple[PartialDate, PartialDate] | None:
    if earlier is None or earlier.last + 1 == later.first:
        return None
    return PartialDate(earlier.last + 1), PartialDate(later.first - 1)


def _fill(ranges: Sequence[YearRange]) -> list[YearRange]:
    """The *ranges*, all years or all decades, with those between them."""
    if not ranges:
        return []
    first, last = ranges[0].first, ranges[-1].last
    if ranges[0].first == ranges[0].last:
        return [YearRange(year, year) for year in range(first, last + 1)]
    decades = (decade_of(year) for year in range(first, last + 1))
    return list(dict.fromkeys(decades))


def list_month_columns(year: int) -> list[Column]:
    """The twelve months of a year."""
    months = (PartialDate(year, n) for n in range(1, MONTHS_IN_A_YEAR + 1))
    return [Column(month, month, "") for month in months]


def arrange_coverage(
    counts: Counts,
    columns: Sequence[Column],
    sources: Mapping[int, Source],
    *,
    language: str,
    with_rest: bool = True,
) -> CoverageTable:
    """The table of *counts*; *with_rest* keeps what belongs to no column."""
    rows = []
    whole: Counter[int | None] = Counter()
    by_name = sorted(
        counts,
        key=lambda pk: filing_position(sources[pk].label(language), language=language),
    )
    for pk in by_name:
        of_source = counts[pk]
        row = _build_row(sources[pk], of_source, columns, with_rest=with_rest)
        if row.total:
            rows.append(row)
            whole.update(of_source)
    return CoverageTable(
        tuple(columns),
        _build_row(None, whole, columns, with_rest=with_rest),
        tuple(rows),
    )


def _build_row(
    source: Source | None,
    of_source: Mapping[int | None, int],
    columns: Iterable[Column],
    *,
    with_rest: bool,
) -> CoverageRow:
    counts = tuple(
        sum(of_source.get(key, 0) for key in column.keys) for column in columns
    )
    filled = [number for number, count in enumerate(counts) if count]
    gaps = tuple(
        not count and bool(filled) and filled[0] < number < filled[-1]
        for number, count in enumerate(counts)
    )
    rest = of_source.get(REST, 0) if with_rest else 0
    return CoverageRow(source, counts, gaps, rest, sum(counts) + rest)
