"""Ranges of years by which readers narrow a collection."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.browsing.year_ranges import (
    YearRange,
    count_in,
    list_year_ranges,
    parse_year_range,
)

YEARS = st.dictionaries(st.integers(1, 9999), st.integers(1, 500), min_size=1)


class TestParseYearRange:
    @pytest.mark.parametrize(
        ("text", "span"),
        [
            ("1923", YearRange(1923, 1923)),
            ("1920s", YearRange(1920, 1929)),
            ("0776", YearRange(776, 776)),
            ("0000s", None),
            ("1925s", None),
            ("192", None),
            ("19233", None),
            ("١٩٢٣", None),
            ("-1923", None),
            ("", None),
            ("9" * 5000, None),
        ],
    )
    def test_it_reads_years_and_decades(
        self, text: str, span: YearRange | None
    ) -> None:
        assert parse_year_range(text) == span

    @given(st.integers(1, 9999))
    def test_keys_are_parsed_back(self, year: int) -> None:
        assert parse_year_range(YearRange(year, year).key) == YearRange(year, year)


class TestListYearRanges:
    def test_few_years_are_listed_one_by_one(self) -> None:
        rows = list_year_ranges({1912: 1, 1911: 300})
        assert [(row.years.key, row.count, row.share) for row in rows] == [
            ("1911", 300, 100),
            ("1912", 1, 1),
        ]

    def test_many_years_are_listed_by_decade(self) -> None:
        rows = list_year_ranges(dict.fromkeys(range(1900, 1950), 2))
        assert [row.years.key for row in rows] == [f"{year}s" for year in
                                                  range(1900, 1950, 10)]  # fmt: skip
        assert {row.count for row in rows} == {20}

    @pytest.mark.parametrize("chosen", [YearRange(1920, 1929), YearRange(1924, 1924)])
    def test_chosen_decade_lists_its_years(self, chosen: YearRange) -> None:
        rows = list_year_ranges(dict.fromkeys(range(1900, 1950), 1), chosen)
        assert [row.years.first for row in rows] == list(range(1920, 1930))

    @given(YEARS)
    def test_counts_add_up(self, years: dict[int, int]) -> None:
        rows = list_year_ranges(years)
        assert sum(row.count for row in rows) == sum(years.values())
        assert all(row.count == count_in(years, row.years) for row in rows)
        assert all(1 <= row.share <= 100 for row in rows)

    def test_no_years_give_no_ranges(self) -> None:
        assert list_year_ranges({}) == ()
