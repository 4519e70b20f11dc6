"""How the dates of a query are read out to the reader, in both calendars."""

from datetime import date

import pytest
from django.utils import translation

from search.query import parse
from search.query.date_readings import has_relative_dates, read_query_dates

_TODAY = date(2026, 11, 30)

READINGS = [
    ("before:3/2/1908", "until 2 February 1908 (about 29 Dhu al-Hijja 1325 AH). "
     "The day was read first, then the month."),
    ("سنة:1345", "about 11 July 1926 – 30 June 1927 (1345 AH). "
     "The year was taken for a Hijri one: write AD after a Gregorian one."),
    ("date:سلخ رمضان 1441", "about 23 May 2020 (30 Ramadan 1441 AH)"),
    ("date:تموز/آب 1961", "July – August 1961 (about 18 Muharram – 20 Rabi I 1381 AH)"),
    ("from:1923", "from 1 January 1923 (about 13 Jumada I 1341 AH)"),
    ("date:«بغداد، 5 آذار 1921»", "5 March 1921 (about 24 Jumada II 1339 AH). "
     "“بغداد” before the date was not looked for."),
    ("date:yesterday", "29 November 2026 (about 19 Jumada II 1448 AH). "
     "Counted from 30 November 2026."),
    ("date:0500م", "500 AD"),
]  # fmt: skip


class TestReadQueryDates:
    @pytest.mark.parametrize(("text", "reading"), READINGS)
    def test_dates_are_read_out_in_both_calendars(
        self, text: str, reading: str
    ) -> None:
        with translation.override("en"):
            (found,) = read_query_dates(parse(text, today=_TODAY), _TODAY)
            assert found.plain == reading
            assert found.typed == text

    def test_arabic_reading_has_arabic_names(self) -> None:
        with translation.override("ar"):
            (found,) = read_query_dates(parse("قبل:25 رمضان 1345"), None)
        assert found.plain == "إلى نحو 27 آذار/مارس 1927 (24 رمضان 1345 هـ)"

    def test_each_date_of_the_query_is_read_in_its_place(self) -> None:
        query = parse("(نفط قبل:1908) أو -سنة:1910")
        assert [each.typed for each in read_query_dates(query, None)] == [
            "قبل:1908",
            "سنة:1910",
        ]

    @pytest.mark.parametrize(
        ("text", "is_relative"), [("نفط date:أمس", True), ("نفط date:1908", False)]
    )
    def test_relative_dates_are_told_from_others(
        self, text: str, *, is_relative: bool
    ) -> None:
        assert has_relative_dates(parse(text, today=_TODAY)) is is_relative
