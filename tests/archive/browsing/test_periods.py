"""Counts of the calendar: decades, months and the grid of a month."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.browsing.periods import (
    DateCount,
    build_month_grid,
    count_months,
    count_only,
    group_decades,
    weekday_order,
)
from archive.dates import PartialDate, Precision

SATURDAY = 5


def count(iso: str, number: int = 1) -> DateCount:
    partial = PartialDate.from_iso(iso)
    return DateCount(partial.first_day(), partial.precision, number)


class TestGroupDecades:
    def test_decade_has_ten_years_and_their_sum(self) -> None:
        early, late = group_decades({1909: 1, 1920: 2, 1929: 3})
        assert (early.first.iso(), early.last.iso(), early.count) == ("1900", "1909", 1)
        assert (late.first.iso(), late.last.iso(), late.count) == ("1920", "1929", 5)
        assert [year.count for year in late.years] == [2, *[0] * 8, 3]

    def test_first_decade_begins_with_year_one(self) -> None:
        assert group_decades({7: 1})[0].first == PartialDate(1)


class TestCountMonths:
    def test_days_and_months_count_and_years_do_not(self) -> None:
        counts = [count("1923", 9), count("1923-01"), count("1923-01-31", 2)]
        months = count_months(1923, counts)
        assert [month.count for month in months] == [3, *[0] * 11]
        assert months[11].period == PartialDate(1923, 12)

    def test_each_precision_is_counted_separately(self) -> None:
        counts = [count("1923", 9), count("1923-01", 4), count("1923-01-01", 2)]
        assert count_only(counts, Precision.YEAR) == 9
        assert count_only(counts, Precision.MONTH) == 4


class TestBuildMonthGrid:
    def test_may_1923_began_on_a_tuesday(self) -> None:
        weeks = build_month_grid(PartialDate(1923, 5), [count("1923-05-14", 3)])
        days = [[cell.period.day if cell else 0 for cell in week] for week in weeks]
        assert days == [
            [0, 0, 0, 1, 2, 3, 4],
            [5, 6, 7, 8, 9, 10, 11],
            [12, 13, 14, 15, 16, 17, 18],
            [19, 20, 21, 22, 23, 24, 25],
            [26, 27, 28, 29, 30, 31, 0],
        ]
        assert [(cell.period.iso(), cell.count) for week in weeks for cell in week
                if cell and cell.count] == [("1923-05-14", 3)]  # fmt: skip

    def test_article_of_the_month_is_on_no_day(self) -> None:
        weeks = build_month_grid(PartialDate(1923, 5), [count("1923-05", 7)])
        assert sum(cell.count for week in weeks for cell in week if cell) == 0

    @given(st.integers(1, 9999), st.integers(1, 12))
    def test_each_day_is_once_under_its_weekday(self, year: int, month: int) -> None:
        weeks = build_month_grid(PartialDate(year, month), [])
        seen = []
        for week in weeks:
            for weekday, cell in zip(weekday_order(), week, strict=True):
                if cell:
                    assert cell.period.first_day().weekday() == weekday
                    seen.append(cell.period.first_day())
        first = dt.date(year, month, 1)
        assert seen[0] == first
        assert seen[-1] == PartialDate(year, month).last_day()
        assert len(seen) == seen[-1].day

    def test_the_week_begins_on_saturday(self) -> None:
        assert weekday_order()[0] == SATURDAY

    @pytest.mark.parametrize(("month", "last"), [("1924-02", 29), ("1923-02", 28)])
    def test_february_has_its_length(self, month: str, last: int) -> None:
        weeks = build_month_grid(PartialDate.from_iso(month), [])
        days = [cell.period.day for week in weeks for cell in week if cell]
        assert days[-1] == last
