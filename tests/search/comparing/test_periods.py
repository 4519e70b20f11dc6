"""Periods of charts."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import PartialDate
from search.comparing.periods import (
    MOST_ROWS,
    Grain,
    Period,
    choose_grain,
    fill_periods,
    find_period,
    list_grains,
)
from search.request import Period as Days
from search.request import SearchRequest

_MONTHS = st.builds(
    lambda year, month: year * 100 + month, st.integers(1, 2100), st.integers(0, 12)
)


class TestPeriods:
    @given(st.sets(_MONTHS | st.just(0), max_size=6), st.sampled_from(Grain))
    def test_they_follow_one_another_and_hold_every_month(
        self, months: set[int], grain: Grain
    ) -> None:
        periods = fill_periods(months, grain)
        for before, after in pairwise(periods):
            assert (after.first.first_day() - before.last.last_day()).days == 1
        for month in months:
            period = find_period(month, grain)
            assert (period in periods) == (period is not None)

    @given(st.sets(_MONTHS, max_size=6))
    def test_the_chosen_grain_has_room(self, months: set[int]) -> None:
        grain = choose_grain(months)
        assert grain in list_grains(months)
        assert len(fill_periods(months, grain)) <= MOST_ROWS

    @pytest.mark.parametrize(
        ("months", "grain"),
        [
            ({0}, Grain.YEAR),
            ({191001, 191212}, Grain.MONTH),
            ({191001, 191301}, Grain.YEAR),
            ({191001, 191200}, Grain.YEAR),
            ({190001, 195912}, Grain.YEAR),
            ({190001, 196001}, Grain.DECADE),
        ],
    )
    def test_the_grain_fits_the_span(self, months: set[int], grain: Grain) -> None:
        assert choose_grain(months) is grain

    def test_a_period_is_narrowed_by_the_dates_of_the_search(self) -> None:
        decade = Period(PartialDate(1920), PartialDate(1929))
        search = SearchRequest(
            date_from="1923-05",
            date_to="1931",
            period=Days(date(1923, 5, 1), date(1931, 12, 31)),
        )
        assert decade.narrow(search) == ("1923-05", "1929")
        assert decade.narrow(SearchRequest()) == ("1920", "1929")
