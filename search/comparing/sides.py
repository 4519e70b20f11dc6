"""Two searches side by side: what both find and one alone, over time, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from search import searcher
from search.comparing.combining import (
    FindsNothing,
    NotExpressible,
    combine,
    find_both,
    find_only,
    with_word,
    without_months,
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
    not dated so exactly. Without ``held`` it is a gap. Query strings are None where no
    address can say which articles these are.
    """

    period: Period | None
    held: int
    counts: tuple[int, int]
    shares: tuple[float, float]
    query_strings: tuple[str | None, str | None]
    held_query_string: str | None

    @property
    def is_unsaid(self) -> bool:
        """Whether a number of articles has no search."""
        numbers = zip(
            (*self.counts, self.held),
            (*self.query_strings, self.held_query_string),
            strict=True,
        )
        return any(total and text is None for total, text in numbers)


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
    *rows, vague = _list_periods(requests, months, _months(overlap.held), chosen)
    return SideBySide(
        requests=requests,
        totals=(
            Part(overlap.first, requests[0].query_string()),
            Part(overlap.second, requests[1].query_string()),
        ),
        both=_part(overlap.both, *requests, is_excluded=False),
        alone=(
            _part(overlap.first - overlap.both, *requests, is_excluded=True),
            _part(overlap.second - overlap.both, *requests[::-1], is_excluded=True),
        ),
        grain=chosen,
        grains=tuple(grains),
        periods=tuple(rows),
        vague=vague,
        highest=max((max(row.counts) for row in rows), default=0),
        contrast=contrast,
        words=(
            tuple(_word(requests[0], word, contrast) for word in contrast.first),
            tuple(_word(requests[1], word, contrast) for word in contrast.second),
        ),
    )


def _part(
    total: int, first: SearchRequest, second: SearchRequest, *, is_excluded: bool
) -> Part:
    """What of the first the second finds, too, or where *is_excluded* does not."""
    if not total:
        return Part(0, None)
    say = find_only if is_excluded else find_both
    try:
        combined = combine(say, first, second, is_excluded=is_excluded)
    except (NotExpressible, FindsNothing):
        return Part(total, None)
    return Part(total, combined.query_string())


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
) -> tuple[TimeRow, ...]:
    """The periods from the first hit to the last, then what is not dated so exactly."""
    shown = fill_periods({*months[0], *months[1]}, grain)
    first, second, all_held = (_sum(counts, grain) for counts in (*months, held))
    highest = max(
        (of.get(each, 0) for of in (first, second) for each in shown), default=0
    )
    rows = [
        TimeRow(
            period,
            all_held.get(period, 0),
            (counts := (first.get(period, 0), second.get(period, 0))),
            _shares(counts, highest),
            (_dated(requests[0], period), _dated(requests[1], period)),
            _dated(SearchRequest(), period),
        )
        for period in shown
    ]
    vague = TimeRow(
        None,
        all_held.get(None, 0),
        (first.get(None, 0), second.get(None, 0)),
        (0.0, 0.0),
        (_vague(requests[0], months[0], grain), _vague(requests[1], months[1], grain)),
        _vague(SearchRequest(), held, grain),
    )
    return (*rows, vague)


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


def _dated(request: SearchRequest, period: Period) -> str:
    return request.with_dates(*period.narrow(request)).query_string()


def _vague(request: SearchRequest, months: dict[int, int], grain: Grain) -> str | None:
    """The search for what of *request* is in no period; None where none can say it."""
    if not any(month and find_period(month, grain) is None for month in months):
        return request.with_undated().query_string()
    dated = [each for month in months if (each := find_period(month, grain))]
    try:
        return without_months(request, dated).query_string()
    except NotExpressible:
        return None
