"""Formatting of dates."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import (
    Digits,
    HijriDate,
    MonthStyle,
    PartialDate,
    format_hijri,
    format_partial,
    hijri_line,
    hijri_month_name,
    month_name,
    parse_date,
)

# Years up to 1500 without an era are read as Hijri ones.
GREGORIAN_DAYS = st.dates(min_value=dt.date(1501, 1, 1))
STYLES = st.sampled_from(MonthStyle)
DIGITS = st.sampled_from(Digits)
LANGUAGES = st.sampled_from(["ar", "en"])
PARTS = st.sampled_from([1, 2, 3])


class TestFormatPartial:
    @pytest.mark.parametrize(
        ("iso", "style", "digits", "expected"),
        [
            ("2018-02-03", "both", "latin", "3 شباط/فبراير 2018"),
            ("2018-02", "both", "latin", "شباط/فبراير 2018"),
            ("2018", "both", "latin", "2018"),
            ("2018-02-03", "levantine", "arabic", "٣ شباط ٢٠١٨"),
            ("2018-08-13", "egyptian", "latin", "13 أغسطس 2018"),
            ("2018-08-13", "maghrebi_dz", "latin", "13 أوت 2018"),
            ("2018-08-13", "maghrebi_ma", "latin", "13 غشت 2018"),
            ("1900-01-01", "levantine", "latin", "1 كانون الثاني 1900"),
        ],
    )
    def test_arabic_dates(
        self, iso: str, style: str, digits: str, expected: str
    ) -> None:
        date = PartialDate.from_iso(iso)
        assert format_partial(date, months=style, digits=digits) == expected

    @pytest.mark.parametrize(
        ("iso", "expected"),
        [
            ("2018-02-03", "3 February 2018"),
            ("2018-02", "February 2018"),
            ("2018", "2018"),
        ],
    )
    def test_english_keeps_latin_digits(self, iso: str, expected: str) -> None:
        date = PartialDate.from_iso(iso)
        assert format_partial(date, "en", digits="arabic") == expected

    @given(day=GREGORIAN_DAYS, parts=PARTS, style=STYLES, digits=DIGITS, lang=LANGUAGES)
    def test_every_style_is_parsed_back(
        self, day: dt.date, parts: int, style: MonthStyle, digits: Digits, lang: str
    ) -> None:
        date = PartialDate(*(day.year, day.month, day.day)[:parts])
        shown = format_partial(date, lang, months=style, digits=digits)
        parsed = parse_date(shown)
        assert parsed.partial == date
        assert parsed.precision is date.precision
        assert not parsed.ambiguous

    @given(day=GREGORIAN_DAYS, style=STYLES, digits=DIGITS, lang=LANGUAGES)
    def test_result_has_no_invisible_characters(
        self, day: dt.date, style: MonthStyle, digits: Digits, lang: str
    ) -> None:
        date = PartialDate.from_date(day)
        shown = format_partial(date, lang, months=style, digits=digits)
        shown += hijri_line(date, lang, digits=digits)
        assert {unicodedata.category(letter) for letter in shown}.isdisjoint(
            {"Cf", "Cc"}
        )

    @pytest.mark.parametrize(
        ("options", "reason"),
        [
            ({"language": "fr"}, "Arabic and English"),
            ({"months": "syriac"}, "syriac"),
            ({"digits": "roman"}, "roman"),
        ],
    )
    def test_unknown_options_are_refused(
        self, options: dict[str, str], reason: str
    ) -> None:
        with pytest.raises(ValueError, match=reason):
            format_partial(PartialDate(2018, 2), **options)


class TestFormatHijri:
    @pytest.mark.parametrize(
        ("date", "language", "expected"),
        [
            (HijriDate(1345, 9, 14), "ar", "14 رمضان 1345 هـ"),
            (HijriDate(1345, 9), "ar", "رمضان 1345 هـ"),
            (HijriDate(1345), "ar", "1345 هـ"),
            (HijriDate(1345, 12, 1), "en", "1 Dhu al-Hijja 1345 AH"),
        ],
    )
    def test_date_is_shown_to_its_precision(
        self, date: HijriDate, language: str, expected: str
    ) -> None:
        assert format_hijri(date, language) == expected

    @given(
        year=st.integers(1, 1500),
        month=st.integers(1, 12),
        day=st.integers(1, 30),
        parts=PARTS,
        digits=DIGITS,
        lang=LANGUAGES,
    )
    def test_result_is_parsed_back(
        self, year: int, month: int, day: int, parts: int, digits: Digits, lang: str
    ) -> None:
        date = HijriDate(*(year, month, day)[:parts])
        if year > 99:  # two-digit years are never read
            assert parse_date(format_hijri(date, lang, digits=digits)).hijri == date


class TestHijriLine:
    def test_day_has_a_hijri_day(self) -> None:
        assert hijri_line(PartialDate(2024, 3, 24)) == "نحو 14 رمضان 1445 هـ"

    def test_result_follows_language_and_digits(self) -> None:
        day = PartialDate(2024, 3, 24)
        assert hijri_line(day, "en") == "about 14 Ramadan 1445 AH"
        assert hijri_line(day, digits="arabic") == "نحو ١٤ رمضان ١٤٤٥ هـ"

    @pytest.mark.parametrize("iso", ["2024-03", "2024", "0600-01-01", "2090-01-01"])
    def test_months_years_and_days_outside_the_tables_have_none(self, iso: str) -> None:
        assert hijri_line(PartialDate.from_iso(iso)) == ""


class TestNames:
    def test_displayed_months_are_parsed_back(self) -> None:
        for style in MonthStyle:
            for number in range(1, 13):
                name = month_name(number, months=style)
                assert parse_date(f"{name} 2018").partial == PartialDate(2018, number)

    @pytest.mark.parametrize("number", [0, 13, -1])
    def test_other_numbers_are_refused(self, number: int) -> None:
        with pytest.raises(ValueError, match="no month"):
            month_name(number)
        with pytest.raises(ValueError, match="no month"):
            hijri_month_name(number)
