"""The articles of a collection by year and month: a row a year, gaps between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr

from archive.browsing.days import Gap
from archive.browsing.year_ranges import YearRange
from archive.dates import MONTHS_IN_A_YEAR, PartialDate, Precision
from archive.models import Article, ArticleQuerySet

# 1911-05
_MONTH_DIGITS: Final = 7
_YEAR_DIGITS: Final = 4


# Year and month.
_Month = tuple[int, int]
_NEVER: Final = (0, 0)


@dataclass(frozen=True, slots=True)
class MonthCounts:
    """Articles by year and month; ``of_year`` has those known to the year only."""

    months: Mapping[_Month, int]
    of_year: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class MonthCell:
    """A month and its articles.

    ``is_gap``: it has none although earlier and later ones do.
    """

    month: PartialDate
    count: int
    is_gap: bool


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A year: each of its twelve months, articles of no month, and all."""

    year: PartialDate
    months: tuple[MonthCell, ...]
    of_year: int
    total: int


def count_by_month(articles: ArticleQuerySet) -> MonthCounts:
    """Counts of *articles* by month, in one query; undated ones are in none."""
    # As text: EXTRACT is a Python callback on SQLite, called for each row.
    month = Substr(Cast("published_on", CharField()), 1, _MONTH_DIGITS)
    rows = (
        articles.exclude(published_on=None)
        .order_by()
        .values_list(month, "published_precision")
        .annotate(Count("pk"))
    )
    months: Counter[tuple[int, int]] = Counter()
    of_year: Counter[int] = Counter()
    for text, precision, count in rows:
        year = int(text[:_YEAR_DIGITS])
        if precision == Precision.YEAR.value:
            of_year[year] += count
        else:
            months[year, int(text[_YEAR_DIGITS + 1 :])] += count
    return MonthCounts(dict(months), dict(of_year))


def count_by_source_and_month() -> Mapping[int, Mapping[str, int]]:
    """Published articles by source and date, in one query.

    A date is a month (``1911-05``), a year (``1911``) where no month is known, and
    ``""`` where nothing is.
    """
    month = Substr(Cast("published_on", CharField()), 1, _MONTH_DIGITS)
    rows = (
        Article.objects.published()
        .order_by()
        .values_list("source_id", month, "published_precision")
        .annotate(Count("pk"))
    )
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for source, text, precision, count in rows:
        digits = _YEAR_DIGITS if precision == Precision.YEAR.value else _MONTH_DIGITS
        counts[source][(text or "")[:digits]] += count
    return counts


def list_month_rows(
    counts: MonthCounts, chosen: YearRange | None = None
) -> tuple[MonthRow | Gap, ...]:
    """The years that have articles, in order, with the gaps between them.

    With *chosen*, those of its years.

    >>> rows = list_month_rows(MonthCounts({(1911, 5): 2}, {1914: 1}))
    >>> [row.total if isinstance(row, MonthRow) else row.last.iso() for row in rows]
    [2, '1913', 1]
    """
    of_months: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for (year, month), count in counts.months.items():
        of_months[year][month] = count
    span = min(counts.months, default=_NEVER), max(counts.months, default=_NEVER)
    years = sorted(
        year
        for year in {*of_months, *counts.of_year}
        if chosen is None or year in chosen
    )
    rows: list[MonthRow | Gap] = []
    following = years[0] if years else 0
    for year in years:
        if year > following:
            rows.append(Gap(PartialDate(following), PartialDate(year - 1)))
        of_year = counts.of_year.get(year, 0)
        rows.append(_build_row(year, of_months[year], of_year, span))
        following = year + 1
    return tuple(rows)


def _build_row(
    year: int, months: Mapping[int, int], of_year: int, span: tuple[_Month, _Month]
) -> MonthRow:
    cells = tuple(
        MonthCell(
            PartialDate(year, month),
            months.get(month, 0),
            not months.get(month) and span[0] < (year, month) < span[1],
        )
        for month in range(1, MONTHS_IN_A_YEAR + 1)
    )
    return MonthRow(PartialDate(year), cells, of_year, sum(months.values()) + of_year)
