"""Frequency of words relative to the words that are held, by period and by source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive.models import Source
from search import searcher
from search.comparing.periods import (
    Grain,
    Period,
    choose_grain,
    fill_periods,
    find_period,
    list_grains,
)
from search.engines.corpus import HeldWords
from search.indexing.connections import corpus_engine
from search.query import Query
from search.request import SearchRequest

# Words or phrases beside one another.
MOST_WORDS: Final = 5
# Frequencies are per so many words.
PER: Final = 100_000
# Sources on the page; the file has all.
MOST_SOURCES: Final = 40
_SOURCE: Final = "source"


@dataclass(frozen=True, slots=True)
class Asked:
    """A word, family or phrase to count, as typed and as a tree."""

    text: str
    query: Query


@dataclass(frozen=True, slots=True)
class Cell:
    """Occurrences of a word in a period or source.

    ``rate`` is per ``PER`` words held, None where none are held; ``share`` is the rate
    in percent of the highest of the table. ``query_string`` is the search for them.
    """

    occurrences: int
    rate: float | None
    share: float
    query_string: str


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period with what is held of it; ``period`` is None for what has no date.

    Without ``tokens`` it is a gap.
    """

    period: Period | None
    articles: int
    tokens: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with what is held of it; ``source`` is None where it is not known."""

    source: Source | None
    articles: int
    tokens: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A word with all its occurrences in what is compared."""

    text: str
    total: Cell


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Words beside one another, by period and by source.

    ``grains`` are those that the table has room for, ``grain`` is the one that it has;
    ``highest`` is the highest rate of a period, the top of the chart. ``vague`` are
    articles whose date is less precise than a period, or unknown.
    """

    scope: SearchRequest
    grain: Grain
    grains: tuple[Grain, ...]
    series: tuple[Series, ...]
    periods: tuple[PeriodRow, ...]
    vague: PeriodRow
    sources: tuple[SourceRow, ...]
    articles: int
    tokens: int
    highest: float
    held: tuple[HeldWords, ...]


def count_frequencies(
    scope: SearchRequest, asked: Sequence[Asked], grain: Grain | None = None
) -> Frequencies:
    """The frequency of each word in the articles of *scope*, whose query is ignored.

    Raises the errors of a search.
    """
    engine_request = searcher.build_engine_request(scope)
    held = corpus_engine().count_words(engine_request, [each.query for each in asked])
    return build_frequencies(scope, asked, held, grain)


def build_frequencies(
    scope: SearchRequest,
    asked: Sequence[Asked],
    held: tuple[HeldWords, ...],
    grain: Grain | None = None,
) -> Frequencies:
    """The tables of what an engine has counted."""
    months = {row.month for row in held}
    grains = list_grains(months)
    chosen = grain if grain in grains else choose_grain(months)
    searches = [replace(scope, text=one.text, query=one.query) for one in asked]
    whole = _Sum.of(held, len(asked)).cells(searches, 0.0)
    by_period = _by_period(held, chosen, len(asked))
    vague = by_period.pop(None, _Sum.of((), len(asked)))
    highest = max(
        (max(each.rates) for each in by_period.values() if each.rates), default=0.0
    )
    return Frequencies(
        scope=scope,
        grain=chosen,
        grains=tuple(grains),
        series=tuple(
            Series(one.text, cell) for one, cell in zip(asked, whole, strict=True)
        ),
        periods=tuple(
            each.row(period, [_dated(one, period) for one in searches], highest)
            for period, each in by_period.items()
        ),
        vague=vague.row(None, searches, 0.0),
        sources=_list_sources(held, searches),
        articles=sum(row.articles for row in held),
        tokens=sum(row.tokens for row in held),
        highest=highest,
        held=held,
    )


@dataclass(frozen=True, slots=True)
class _Sum:
    """Several rows of what is held, summed."""

    articles: int
    tokens: int
    occurrences: tuple[int, ...]

    @classmethod
    def of(cls, rows: Iterable[HeldWords], words: int) -> _Sum:
        rows = list(rows)
        return cls(
            sum(row.articles for row in rows),
            sum(row.tokens for row in rows),
            tuple(sum(row.occurrences[at] for row in rows) for at in range(words)),
        )

    @property
    def rates(self) -> list[float]:
        """The rate of each word; none where no words are held."""
        if not self.tokens:
            return []
        return [count * PER / self.tokens for count in self.occurrences]

    def row(
        self, period: Period | None, searches: Sequence[SearchRequest], highest: float
    ) -> PeriodRow:
        """The row of a period, whose cells lead to *searches*."""
        cells = self.cells(searches, highest)
        return PeriodRow(period, self.articles, self.tokens, cells)

    def cells(
        self, searches: Sequence[SearchRequest], highest: float
    ) -> tuple[Cell, ...]:
        """The cell of each word, drawn on the scale of the *highest* rate."""
        rates: Sequence[float | None] = self.rates or [None] * len(self.occurrences)
        return tuple(
            Cell(
                count,
                rate,
                100 * rate / highest if rate and highest else 0.0,
                search.query_string(),
            )
            for count, rate, search in zip(
                self.occurrences, rates, searches, strict=True
            )
        )


def _by_period(
    held: Iterable[HeldWords], grain: Grain, words: int
) -> dict[Period | None, _Sum]:
    """The sums of all periods in order, gaps too; under None those without one."""
    rows: dict[Period | None, list[HeldWords]] = {
        period: [] for period in fill_periods((row.month for row in held), grain)
    }
    for row in held:
        rows.setdefault(find_period(row.month, grain), []).append(row)
    return {period: _Sum.of(each, words) for period, each in rows.items()}


def _dated(search: SearchRequest, period: Period | None) -> SearchRequest:
    return search.with_dates(*period.narrow(search)) if period else search


def _list_sources(
    held: Iterable[HeldWords], searches: Sequence[SearchRequest]
) -> tuple[SourceRow, ...]:
    """The sources of which most is held, each with its rates on one scale."""
    rows: dict[str, list[HeldWords]] = {}
    for row in held:
        rows.setdefault(row.source, []).append(row)
    sums = {key: _Sum.of(each, len(searches)) for key, each in rows.items()}
    keys = sorted(sums, key=lambda key: (-sums[key].tokens, key))[:MOST_SOURCES]
    found = Source.objects.in_bulk([int(key) for key in keys if key.isdecimal()])
    highest = max((rate for key in keys for rate in sums[key].rates), default=0.0)
    listed = []
    for key in keys:
        source = found.get(int(key)) if key.isdecimal() else None
        own = [
            search.with_filter(_SOURCE, [source.slug]) if source else search
            for search in searches
        ]
        each = sums[key]
        cells = each.cells(own, highest)
        listed.append(SourceRow(source, each.articles, each.tokens, cells))
    return tuple(listed)
