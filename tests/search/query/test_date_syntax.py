"""Conditions on dates: every form people write, and where a date ends in a query."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QuerySyntaxError
from search.query import And, DateRange, Query, Term
from search.query.date_fields import MAX_WORDS_OF, find_date_field
from search.query.date_syntax import read_dates, write_dates
from search.query.parse import parse

_FEBRUARY_3 = date(2018, 2, 3)
_IN_1908 = DateRange(date(1908, 1, 1), date(1908, 12, 31))
_OIL = Term("نفط")

READ: dict[str, DateRange] = {
    "year:1908": _IN_1908,
    "Year:1908": _IN_1908,
    "سنة:١٩٠٨": _IN_1908,
    "سنه:1908": _IN_1908,
    "عام:1908": _IN_1908,
    "العام:«1908»": _IN_1908,
    "date:1908": _IN_1908,
    "تاريخ:1908م": _IN_1908,
    "سنة:1908 م": _IN_1908,
    "سنة:1908-1910": DateRange(date(1908, 1, 1), date(1910, 12, 31)),
    "سنة:1908..1910": DateRange(date(1908, 1, 1), date(1910, 12, 31)),
    "سنة:1345": DateRange(date(1926, 7, 11), date(1927, 6, 30)),
    "سنة:1345 هـ": DateRange(date(1926, 7, 11), date(1927, 6, 30)),
    # In any form people write them.
    "date:02/2018": DateRange(date(2018, 2, 1), date(2018, 2, 28)),
    "date:3/2/2018": DateRange(_FEBRUARY_3, _FEBRUARY_3),
    "date:2018-02-03": DateRange(_FEBRUARY_3, _FEBRUARY_3),
    "date:3-شباط-2018": DateRange(_FEBRUARY_3, _FEBRUARY_3),
    "تاريخ:٣ شباط ٢٠١٨": DateRange(_FEBRUARY_3, _FEBRUARY_3),
    "تاريخ:السبت 3 شباط/فبراير 2018 م": DateRange(_FEBRUARY_3, _FEBRUARY_3),
    "تاريخ:«السبت، 3 شباط 2018»": DateRange(_FEBRUARY_3, _FEBRUARY_3),
    "date:3 February 2018": DateRange(_FEBRUARY_3, _FEBRUARY_3),
    "date:14 رمضان 1445": DateRange(date(2024, 3, 24), date(2024, 3, 24)),
    "تاريخ:كانون الثاني 1923": DateRange(date(1923, 1, 1), date(1923, 1, 31)),
    # From one to another.
    "date:2018-02-03..2019": DateRange(_FEBRUARY_3, date(2019, 12, 31)),
    "date:3 شباط 2018..5 آذار 2019": DateRange(_FEBRUARY_3, date(2019, 3, 5)),
    "date:3 شباط 2018 إلى 5 آذار 2019": DateRange(_FEBRUARY_3, date(2019, 3, 5)),
    "date:1908 - 1910": DateRange(date(1908, 1, 1), date(1910, 12, 31)),
    "date:1908..": DateRange(date(1908, 1, 1), None),
    "date:..1908": DateRange(None, date(1908, 12, 31)),
    # The bound in the date and not in the field.
    "date:قبل 1908": DateRange(None, date(1907, 12, 31)),
    "تاريخ:منذ 1908": DateRange(date(1908, 1, 1), None),
    "date:until 1908": DateRange(None, date(1908, 12, 31)),
    # Double issues, last days of months, places.
    "date:25/26 شباط 2021": DateRange(date(2021, 2, 25), date(2021, 2, 26)),
    "date:تموز/آب 1961": DateRange(date(1961, 7, 1), date(1961, 8, 31)),
    "date:سلخ رمضان 1441": DateRange(date(2020, 5, 23), date(2020, 5, 23)),
    "date:بيروت في 3 شباط 2018": DateRange(_FEBRUARY_3, _FEBRUARY_3),
    "قبل:25/26 شباط 2021": DateRange(None, date(2021, 2, 24)),
    "بعد:تموز/آب 1961": DateRange(date(1961, 9, 1), None),
    # Before its first day, after its last; from and until count them in.
    "before:1908": DateRange(None, date(1907, 12, 31)),
    "قبل:شباط 2018": DateRange(None, date(2018, 1, 31)),
    "قبل:«3 شباط 2018»": DateRange(None, date(2018, 2, 2)),
    "after:1908": DateRange(date(1909, 1, 1), None),
    "بعد:15 آذار/مارس 2019": DateRange(date(2019, 3, 16), None),
    "بعد:14 رمضان 1445": DateRange(date(2024, 3, 25), None),
    "from:1908": DateRange(date(1908, 1, 1), None),
    "منذ:1908": DateRange(date(1908, 1, 1), None),
    "من:1908": DateRange(date(1908, 1, 1), None),
    "until:1908": DateRange(None, date(1908, 12, 31)),
    "حتى:1908": DateRange(None, date(1908, 12, 31)),
    "إلى:1908": DateRange(None, date(1908, 12, 31)),
    # At the ends of the calendar.
    "year:9999": DateRange(date(9999, 1, 1), date.max),
    "before:9999": DateRange(None, date(9998, 12, 31)),
    "after:30/12/9999": DateRange(date.max, None),
    "until:9999": DateRange(None, date.max),
    "year:0001": DateRange(date(622, 7, 19), date(623, 7, 7)),
    "date:0001م": DateRange(date.min, date(1, 12, 31)),
    "from:0001م": DateRange(date.min, None),
}

# A Monday.
_TODAY = date(2026, 11, 30)
_YESTERDAY = date(2026, 11, 29)

RELATIVE: dict[str, DateRange] = {
    "date:أمس": DateRange(_YESTERDAY, _YESTERDAY),
    "date:yesterday": DateRange(_YESTERDAY, _YESTERDAY),
    "قبل:أمس": DateRange(None, date(2026, 11, 28)),
    "after:yesterday": DateRange(_TODAY, None),
    "تاريخ:الأسبوع الماضي": DateRange(date(2026, 11, 21), date(2026, 11, 27)),
    "date:last month": DateRange(date(2026, 10, 1), date(2026, 10, 31)),
    "سنة:العام الماضي": DateRange(date(2025, 1, 1), date(2025, 12, 31)),
    "منذ:أسبوعين": DateRange(date(2026, 11, 16), None),
    "since:3 days": DateRange(date(2026, 11, 27), None),
    "date:أمس..اليوم": DateRange(_YESTERDAY, _TODAY),
}

# Where the date ends and the query goes on.
QUERIES: dict[str, Query] = {
    "سنة:1908 نفط": And((_IN_1908, _OIL)),
    "نفط سنة:1908": And((_OIL, _IN_1908)),
    "نفط سنة:1908؟": And((_OIL, _IN_1908)),
    "نفط سنة:1908، غاز": And((_OIL, _IN_1908, Term("غاز"))),
    "سنة:1908 شباط": And((_IN_1908, Term("شباط"))),
    "date:1908 1909": And((_IN_1908, Term("1909"))),
    "date:1908 يوم الأرض": And((_IN_1908, Term("يوم"), Term("الأرض"))),
    "date:1908 في مصر": And((_IN_1908, Term("في"), Term("مصر"))),
    "date:1908-01-01..1908-12-31 م": And((_IN_1908, Term("م"))),
    "date:1908 =شباط": And((_IN_1908, parse("=شباط"))),
    "قبل:3 شباط 2018 نفط": And((DateRange(None, date(2018, 2, 2)), _OIL)),
    "date:بغداد، 3 شباط 2018 نفط": And((DateRange(_FEBRUARY_3, _FEBRUARY_3), _OIL)),
    "date:بين 3 و 4 شباط 2018 نفط": And(
        (DateRange(_FEBRUARY_3, date(2018, 2, 4)), _OIL)
    ),
    "date:من 3 إلى 4 شباط 2018 نفط": And(
        (DateRange(_FEBRUARY_3, date(2018, 2, 4)), _OIL)
    ),
    "date:النصف الأول من شباط 2018 نفط": And(
        (DateRange(date(2018, 2, 1), date(2018, 2, 15)), _OIL)
    ),
    "حتى:نهاية آذار 2018 نفط": And((DateRange(None, date(2018, 3, 31)), _OIL)),
    "منذ:1908 حتى:1909": And(
        (DateRange(date(1908, 1, 1), None), DateRange(None, date(1909, 12, 31)))
    ),
}

REFUSED = [
    ("year:قديم", "“قديم” is not understood", "قديم"),
    ("نفط year:قديم غاز", "“قديم” is not understood", "نفط غاز"),
    ("نفط before:«ذات يوم» غاز", "“ذات” is not understood", "نفط غاز"),
    ("نفط date:31 شباط 2018 غاز", "no such date as “31 شباط 2018”", "نفط غاز"),
    ("نفط بعد:3 شباط", "no full year", "نفط"),
    ("date:12/31/2018 نفط", "day first", "date:31/12/2018 نفط"),
    ("date:1910..1908", "before it begins", "date:1908..1910"),
    ("date:«آذار 1910..شباط 1910» نفط", "before", "date:شباط 1910..آذار 1910 نفط"),
    ("date:1910-1908 نفط", "before it begins", "نفط"),
    ("date:.. نفط", "no date here", "نفط"),
    ("date:... نفط", "no date here", "نفط"),
    ("before:1908..1910 نفط", "does not read", "نفط"),
    ("before:0001م نفط", "No day comes before", "نفط"),
    ("after:9999 نفط", "No day comes after", "نفط"),
    ("نفط date:5 و7 شباط 2018 غاز", "do not follow one another", "نفط غاز"),
    ("نفط date:أوائل شباط 2018 غاز", "does not say which days", "نفط غاز"),
    ("نفط date:صيف 1967 غاز", "is a season", "نفط غاز"),
    ("نفط date:أمس غاز", "depends on the day", "نفط غاز"),
    ("نفط date:(1908)", "No date follows “date:”", "نفط (1908)"),
    ("date:-1908", "No date follows “date:”", "-1908"),
]


class TestFindDateField:
    @pytest.mark.parametrize("name", ["عنوان", "title", "رجب", ""])
    def test_other_name_is_no_date_field(self, name: str) -> None:
        assert find_date_field(name) == ""

    def test_each_date_field_has_a_number_of_words(self) -> None:
        named = {find_date_field(name) for name in MAX_WORDS_OF}
        assert named == set(MAX_WORDS_OF)


class TestReadDates:
    @pytest.mark.parametrize("text", READ)
    def test_text_parses(self, text: str) -> None:
        assert parse(text) == READ[text]

    @pytest.mark.parametrize("text", RELATIVE)
    def test_relative_dates_count_from_the_day_passed_in(self, text: str) -> None:
        assert parse(text, today=_TODAY) == RELATIVE[text]
        assert parse(f"{text} نفط", today=_TODAY) == And((RELATIVE[text], _OIL))

    @pytest.mark.parametrize(
        ("text", "left_out"),
        [
            ("نفط قبل:شباط", ("قبل:شباط",)),
            ("نفط قبل:شباط بعد:آذار غاز", ("قبل:شباط", "بعد:آذار")),
            ("نفط date:أوائل شباط 2018 غاز", ("date:أوائل شباط 2018",)),
            ("قبل:شباط", ()),
            ("date:12/31/2018", ()),
        ],
    )
    def test_correction_names_what_it_leaves_out(
        self, text: str, left_out: tuple[str, ...]
    ) -> None:
        with pytest.raises(QuerySyntaxError) as caught:
            parse(text)
        assert caught.value.left_out == left_out
        words = {*caught.value.correction.split(), *" ".join(left_out).split()}
        assert left_out == () or {*text.split()} <= words

    @pytest.mark.parametrize("text", QUERIES)
    def test_words_behind_the_date_are_left(self, text: str) -> None:
        assert parse(text) == QUERIES[text]

    @pytest.mark.parametrize(("text", "sentence", "correction"), REFUSED)
    def test_text_without_date_is_refused_with_a_correction(
        self, text: str, sentence: str, correction: str
    ) -> None:
        with translation.override("en"), pytest.raises(QuerySyntaxError) as caught:
            parse(text)
        with translation.override("en"):
            assert sentence in str(caught.value)
            assert "Write" in str(caught.value)
        assert caught.value.correction == correction

    @given(st.sampled_from(sorted(MAX_WORDS_OF)), st.text(min_size=1, max_size=30))
    def test_any_text_is_parsed_or_refused(self, name: str, text: str) -> None:
        try:
            read_dates(name, [text])
        except QuerySyntaxError as error:
            assert error.fragment == text

    @given(
        st.sampled_from(sorted(MAX_WORDS_OF)),
        st.integers(0, 10_000),
        st.sampled_from(
            ["{:04}", "{:04} م", "{:04} هـ", "1/1/{:04}م", "31/12/{:04} م"]
        ),
    )
    def test_any_year_is_parsed_or_refused(
        self, name: str, year: int, form: str
    ) -> None:
        try:
            dates, _place = read_dates(name, [form.format(year)])
        except QuerySyntaxError:
            return
        assert dates.first or dates.last


class TestSpellDates:
    @pytest.mark.parametrize("dates", READ.values(), ids=str)
    def test_written_dates_parse_to_the_same_days(self, dates: DateRange) -> None:
        assert parse(write_dates(dates)) == dates
