"""Dates known to the day, the month or the year."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import PartialDate, Precision


@st.composite
def partial_dates(draw: st.DrawFn, first_year: int = 1) -> PartialDate:
    """Any partial date from `first_year` on, of each precision."""
    day = draw(st.dates(min_value=dt.date(first_year, 1, 1)))
    parts = draw(st.sampled_from([1, 2, 3]))
    return PartialDate(*(day.year, day.month, day.day)[:parts])


class TestPartialDate:
    @pytest.mark.parametrize(
        ("parts", "precision"),
        [
            ((1923, 5, 14), Precision.DAY),
            ((1923, 5), Precision.MONTH),
            ((1923,), Precision.YEAR),
        ],
    )
    def test_precision_is_that_of_the_last_part(
        self, parts: tuple[int, ...], precision: Precision
    ) -> None:
        assert PartialDate(*parts).precision is precision

    @pytest.mark.parametrize(
        ("parts", "reason"),
        [
            ((1923, None, 14), "A day needs its month"),
            ((2018, 2, 31), "no day 31 in 2018-02"),
            ((2018, 2, 29), "no day 29 in 2018-02"),
            ((2018, 13), "no month 13"),
            ((2018, 0), "no month 0"),
            ((2018, 1, 0), "no day 0"),
            ((0,), "no year 0"),
            ((10000,), "no year 10000"),
        ],
    )
    def test_impossible_dates_are_refused(
        self, parts: tuple[int, int | None, int | None], reason: str
    ) -> None:
        with pytest.raises(ValueError, match=reason):
            PartialDate(*parts)

    def test_leap_day_is_accepted(self) -> None:
        assert PartialDate(2016, 2, 29).last_day() == dt.date(2016, 2, 29)

    def test_month_ends_on_its_last_day(self) -> None:
        assert PartialDate(1900, 2).last_day() == dt.date(1900, 2, 28)

    def test_year_has_all_its_days(self) -> None:
        year = PartialDate(1923)
        assert (year.first_day(), year.last_day()) == (
            dt.date(1923, 1, 1),
            dt.date(1923, 12, 31),
        )

    def test_order_is_by_first_day_then_precision(self) -> None:
        ordered = ["1922-12-31", "1923", "1923-01", "1923-01-01", "1923-01-02", "1924"]
        dates = [PartialDate.from_iso(text) for text in reversed(ordered)]
        assert [date.iso() for date in sorted(dates)] == ordered

    def test_order_with_other_types_is_an_error(self) -> None:
        with pytest.raises(TypeError):
            assert PartialDate(1923) < "1923"

    @given(one=partial_dates(), other=partial_dates())
    def test_order_agrees_with_the_first_days(
        self, one: PartialDate, other: PartialDate
    ) -> None:
        if one < other:
            assert one.first_day() <= other.first_day()
        assert (one < other) + (one == other) + (one > other) == 1

    @given(date=partial_dates())
    def test_last_day_is_not_before_the_first(self, date: PartialDate) -> None:
        assert date.first_day() <= date.last_day()


class TestIso:
    @given(date=partial_dates())
    def test_iso_form_is_read_back(self, date: PartialDate) -> None:
        assert PartialDate.from_iso(date.iso()) == date

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="empty"),
            pytest.param("23", id="two-digit year"),
            pytest.param("1923-5", id="month without zero"),
            pytest.param("1923-05-14T00:00", id="with a clock time"),
            pytest.param("1923-05-14\n", id="trailing newline"),
            pytest.param("١٩٢٣", id="Arabic digits"),
            pytest.param("1923-02-30", id="no such day"),
            pytest.param("0000", id="no such year"),
        ],
    )
    def test_other_spellings_are_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"date|year|day"):
            PartialDate.from_iso(text)

    def test_message_names_the_remedy(self) -> None:
        with pytest.raises(ValueError, match="write 1923-05-14, 1923-05 or 1923"):
            PartialDate.from_iso("14/5/1923")


class TestHolding:
    @pytest.mark.parametrize(
        ("first", "last", "expected"),
        [
            ("1927-03-05", "1927-03-05", "1927-03-05"),
            ("1927-03-02", "1927-03-30", "1927-03"),
            ("1927-03-05", "1927-04-03", "1927"),
        ],
    )
    def test_result_is_the_narrowest_date_with_both(
        self, first: str, last: str, expected: str
    ) -> None:
        days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        assert PartialDate.holding(*days) == PartialDate.from_iso(expected)

    def test_days_of_two_years_give_none(self) -> None:
        held = PartialDate.holding(dt.date(1906, 2, 25), dt.date(1907, 2, 13))
        assert held is None
