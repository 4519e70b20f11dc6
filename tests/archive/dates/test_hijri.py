"""Hijri dates and their Gregorian days."""

import datetime as dt
from itertools import pairwise

import pytest
from hijridate import Gregorian, Hijri
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import HijriDate, PartialDate, Precision

# Months to which hijridate 2.6.0 gives 28 or 31 days, impossible for lunar months.
ODD_MONTHS = {
    (1343, 9), (1345, 5), (1345, 8), (1348, 11), (1348, 12), (1349, 10), (1349, 11),
    (1364, 8),
}  # fmt: skip
TABLED_YEARS = range(1343, 1501)


class TestFirstDay:
    def test_first_days_of_tabulated_months_are_those_of_hijridate(self) -> None:
        for year in TABLED_YEARS:
            for month in range(1, 13):
                expected = Hijri(year, month, 1).to_gregorian().isoformat()
                date = HijriDate(year, month, 1)
                assert date.first_day().isoformat() == expected
                assert date.approximate is ((year, month) in ODD_MONTHS)

    @pytest.mark.parametrize(
        ("hijri", "day"),
        [
            pytest.param((1, 1, 1), "0622-07-19", id="16 July 622 Julian, the epoch"),
            pytest.param((61, 1, 10), "0680-10-13", id="10 October 680 Julian"),
            pytest.param((857, 5, 20), "1453-06-07", id="29 May 1453 Julian"),
            pytest.param((1300, 1, 1), "1882-11-12", id="as the Saudi calendar too"),
            pytest.param((1324, 1, 1), "1906-02-25", id="first issue of al-Muqtabas"),
        ],
    )
    def test_earlier_dates_follow_the_civil_calendar(
        self, hijri: tuple[int, int, int], day: str
    ) -> None:
        date = HijriDate(*hijri)
        assert date.first_day().isoformat() == day
        assert date.approximate

    def test_thirtieth_missing_in_the_tables_follows_the_29th(self) -> None:
        sighted = HijriDate(1390, 2, 30)
        assert Hijri(1390, 2, 1).month_length() == 29
        assert sighted.first_day() == HijriDate(1390, 3, 1).first_day()
        assert sighted.approximate


class TestSpans:
    def test_months_have_no_gap_or_overlap(self) -> None:
        months = [HijriDate(y, m) for y in range(1200, 1501) for m in range(1, 13)]
        for month, following in pairwise(months):
            assert month.last_day() + dt.timedelta(days=1) == following.first_day()
            days = (following.first_day() - month.first_day()).days
            if (month.year, month.month) in ODD_MONTHS:
                assert days in (28, 31)
            elif (month.year, month.month) == (1342, 12):
                assert days == 28  # cut short where the tables begin
            else:
                assert days in (29, 30)

    def test_last_year_ends_with_the_tables(self) -> None:
        assert HijriDate(1500).last_day() == dt.date(2077, 11, 16)

    @given(year=st.integers(1, 1500))
    def test_year_begins_and_ends_with_its_months(self, year: int) -> None:
        date = HijriDate(year)
        assert date.first_day() == HijriDate(year, 1).first_day()
        assert date.last_day() == HijriDate(year, 12).last_day()
        assert date.precision is Precision.YEAR


class TestFromDay:
    def test_every_tabulated_day_is_that_of_hijridate(self) -> None:
        first, last = dt.date(1924, 8, 1), dt.date(2077, 11, 16)
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            expected = Gregorian.fromordinal(ordinal).to_hijri().datetuple()
            if expected[2] <= 30:
                day = dt.date.fromordinal(ordinal)
                assert HijriDate.from_day(day) == HijriDate(*expected)

    def test_day_31_of_the_tables_is_the_first_of_the_next_month(self) -> None:
        day = HijriDate(1345, 6, 1).first_day() - dt.timedelta(days=1)
        assert Gregorian.fromdate(day).to_hijri().datetuple() == (1345, 5, 31)
        assert HijriDate.from_day(day) == HijriDate(1345, 6, 1)

    @given(day=st.dates(dt.date(622, 7, 19), dt.date(1924, 7, 31)))
    def test_earlier_days_are_converted_back(self, day: dt.date) -> None:
        date = HijriDate.from_day(day)
        assert date is not None
        assert date.first_day() == day

    @pytest.mark.parametrize("day", [dt.date(622, 7, 18), dt.date(2077, 11, 17)])
    def test_days_outside_the_calendar_give_none(self, day: dt.date) -> None:
        assert HijriDate.from_day(day) is None


class TestGregorian:
    def test_day_gives_a_day(self) -> None:
        assert HijriDate(1445, 9, 14).gregorian() == PartialDate(2024, 3, 24)

    def test_month_in_two_months_gives_the_year(self) -> None:
        assert HijriDate(1345, 9).gregorian() == PartialDate(1927)

    def test_month_in_two_years_gives_none(self) -> None:
        assert HijriDate(1445, 6).gregorian() is None


class TestValidation:
    @pytest.mark.parametrize(
        "parts",
        [(0,), (1501,), (1445, 0), (1445, 13), (1445, 9, 31), (1445, 9, 0)],
    )
    def test_impossible_dates_are_refused(self, parts: tuple[int, ...]) -> None:
        with pytest.raises(ValueError, match=r"year|month"):
            HijriDate(*parts)

    def test_day_without_month_is_refused(self) -> None:
        with pytest.raises(ValueError, match="needs its month"):
            HijriDate(1445, None, 9)
