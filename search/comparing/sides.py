"""Two searches side by side: what both find and one alone, over time, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from search import searcher
from search.comparing.combining import (
    FindsNothing,
    NotExpressible,
    find_both,
    find_only,
    with_word,
)
from search.comparing.frequency import PER
from search.comparing.periods import (
    Grain,
    Period,
    choose_grain,
    fill_periods,
    find_period,
    list_grains,
)
from search.date_keys import MONTHS_OF_YEAR
from search.engines.contract import DateCounts
from search.engines.corpus import Contrast, KeyWord
from search.indexing.connections import corpus_engine
from search.request import SearchRequest

# Words of each side that set it apart.
MOST_KEY_WORDS: Final = 50


@dataclass(frozen=True, slots=True)
class Part:
    """Articles and the search for them; ``query_string`` is None where there is none.

    An address cannot say everything, and no search is needed for no articles.
    """

    total: int
    query_string: str | None


@dataclass(frozen=True, slots=True)
class TimeRow:
    """The articles of a period that each search finds, and what is held of it.

    Shares are in percent of the highest number of both. ``period`` is None for what is
    not dated so exactly. Without ``held`` it is a gap.
    """

    period: Period | None
    held: int
    counts: tuple[int, int]
    shares: tuple[float, float]
    query_strings: tuple[str, str]


@dataclass(frozen=True, slots=True)
class WordRow:
    """A word that sets a side apart: occurrences and rates per ``PER`` on both sides.

    ``query_string`` is the side's search with the word; None where there is none.
    """

    form: str
    counts: tuple[int, int]
    rates: tuple[float, float]
    g2: float
    query_string: str | None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two searches compared; ``words`` are those of each side.

    ``contrast`` says what was compared: without ``compared`` there was nothing to.
    """

    requests: tuple[SearchRequest, SearchRequest]
    totals: tuple[Part, Part]
    both: Part
    alone: tuple[Part, Part]
    grain: Grain
    grains: tuple[Grain, ...]
    periods: tuple[TimeRow, ...]
    vague: TimeRow
    highest: int
    contrast: Contrast
    words: tuple[tuple[WordRow, ...], tuple[WordRow, ...]]


def compare(
    first: SearchRequest, second: SearchRequest, grain: Grain | None = None
) -> SideBySide:
    """The two searches side by side; raises the errors of a search."""
    requests = replace(first, page=1), replace(second, page=1)
    engine = corpus_engine()
    asked = [searcher.build_engine_request(each) for each in requests]
    overlap = engine.overlap(*asked)
    contrast = engine.contrast(*asked, limit=MOST_KEY_WORDS)
    dates = overlap.first_dates, overlap.second_dates
    months = (_months(dates[0]), _months(dates[1]))
    grains = list_grains({*months[0], *months[1]})
    chosen = grain if grain in grains else choose_grain({*months[0], *months[1]})
    rows = _list_periods(requests, months, _months(overlap.held), chosen)
    vague = rows.pop(None)
    return SideBySide(
        requests=requests,
        totals=(
            Part(overlap.first, requests[0].query_string()),
            Part(overlap.second, requests[1].query_string()),
        ),
        both=_part(overlap.both, find_both, *requests),
        alone=(
            _part(overlap.first - overlap.both, find_only, *requests),
            _part(overlap.second - overlap.both, find_only, *requests[::-1]),
        ),
        grain=chosen,
        grains=tuple(grains),
        periods=tuple(rows.values()),
        vague=vague,
        highest=max((max(row.counts) for row in rows.values()), default=0),
        contrast=contrast,
        words=(
            tuple(_word(requests[0], word, contrast) for word in contrast.first),
            tuple(_word(requests[1], word, contrast) for word in contrast.second),
        ),
    )


def _part(
    total: int,
    combine: Callable[[SearchRequest, SearchRequest], SearchRequest],
    first: SearchRequest,
    second: SearchRequest,
) -> Part:
    try:
        return Part(total, combine(first, second).query_string() if total else None)
    except (NotExpressible, FindsNothing):
        return Part(total, None)


def _word(request: SearchRequest, word: KeyWord, contrast: Contrast) -> WordRow:
    try:
        query_string: str | None = with_word(request, word.form).query_string()
    except NotExpressible:
        query_string = None
    first, second = contrast.sizes
    rates = word.first * PER / first, word.second * PER / second
    return WordRow(word.form, (word.first, word.second), rates, word.g2, query_string)


def _months(dates: DateCounts) -> dict[int, int]:
    """The articles by month, yyyymm; of a year without a month yyyy00; undated 0."""
    counts = dict(dates.months)
    of_years: dict[int, int] = {}
    for month, count in dates.months.items():
        year = month // MONTHS_OF_YEAR
        of_years[year] = of_years.get(year, 0) + count
    for year, count in dates.years.items():
        if rest := count - of_years.get(year, 0):
            counts[year * MONTHS_OF_YEAR] = rest
    return {**counts, 0: dates.undated} if dates.undated else counts


def _list_periods(
    requests: tuple[SearchRequest, SearchRequest],
    months: tuple[dict[int, int], dict[int, int]],
    held: dict[int, int],
    grain: Grain,
) -> dict[Period | None, TimeRow]:
    """The periods from the first hit to the last; under None what is not so exact."""
    shown = fill_periods({*months[0], *months[1]}, grain)
    sums = [_sum(counts, grain) for counts in (*months, held)]
    both = (of.get(each, 0) for of in sums[:2] for each in shown)
    highest = max(both, default=0)
    return {
        period: TimeRow(
            period,
            sums[2].get(period, 0),
            (counts := (sums[0].get(period, 0), sums[1].get(period, 0))),
            _shares(counts, highest if period else 0),
            (_dated(requests[0], period), _dated(requests[1], period)),
        )
        for period in (*shown, None)
    }


def _sum(counts: dict[int, int], grain: Grain) -> dict[Period | None, int]:
    sums: dict[Period | None, int] = {}
    for month, count in counts.items():
        period = find_period(month, grain)
        sums[period] = sums.get(period, 0) + count
    return sums


def _shares(counts: tuple[int, int], highest: int) -> tuple[float, float]:
    if not highest:
        return 0.0, 0.0
    return 100 * counts[0] / highest, 100 * counts[1] / highest


def _dated(request: SearchRequest, period: Period | None) -> str:
    dated = request.with_dates(*period.narrow(request)) if period else request
    return dated.query_string()
