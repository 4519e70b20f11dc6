"""Edges of a range, and how a range is written."""

import datetime as dt

import pytest

from archive.dates import (
    DateNotUnderstood,
    format_hijri_range,
    parse_edge,
)
from archive.dates.hijri import HijriDate
from tests.archive.dates.ranges.test_parse import TODAY


class TestParseEdge:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("منذ 1923", "1923-01-01"),
            ("بداية 1923", "1923-01-01"),
            ("ابتداء من آذار 1923", "1923-03-01"),
            ("since March 1923", "1923-03-01"),
            ("since yesterday", "2026-11-29"),
        ],
    )
    def test_words_of_a_first_day_are_taken_for_granted(
        self, text: str, day: str
    ) -> None:
        assert parse_edge(text, TODAY).first_day.isoformat() == day

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("حتى 1923", "1923-12-31"),
            ("آخر سنة 1923", "1923-12-31"),
            ("نهاية شباط 1923", "1923-02-28"),
            ("إلى نهاية رمضان 1441", "2020-05-23"),
            ("until the end of 1923", "1923-12-31"),
        ],
    )
    def test_words_of_a_last_day_are_taken_for_granted(
        self, text: str, day: str
    ) -> None:
        assert parse_edge(text, TODAY, later=True).last_day.isoformat() == day

    @pytest.mark.parametrize("text", ["نهاية 1923", "حتى 1923", "حتى", ""])
    def test_words_of_the_other_end_are_refused(self, text: str) -> None:
        with pytest.raises(DateNotUnderstood):
            parse_edge(text, TODAY)


class TestFormatting:
    def test_days_outside_the_hijri_tables_have_no_hijri_range(self) -> None:
        assert format_hijri_range(dt.date(600, 1, 1), dt.date(1900, 1, 1)) == ""

    def test_last_hijri_day_of_a_range_is_in_its_year(self) -> None:
        month = HijriDate(1441, 9)
        assert (
            format_hijri_range(month.first_day(), month.last_day()) == "رمضان 1441 هـ"
        )
