"""Ranges as readers and newspapers write them, and what is refused with a remedy."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import (
    DateNotUnderstood,
    Digits,
    MonthStyle,
    Trouble,
    format_hijri_range,
    format_range,
    parse_range,
    to_arabic_digits,
)
from archive.dates.months import month_spellings

# A Monday.
TODAY = dt.date(2026, 11, 30)

READ = [
    # One date.
    ("1906", "1906-01-01", "1906-12-31"),
    ("شباط 2018", "2018-02-01", "2018-02-28"),
    ("3 شباط 2018", "2018-02-03", "2018-02-03"),
    # Two ends.
    ("1906-1910", "1906-01-01", "1910-12-31"),
    ("١٩٠٦ – ١٩١٠", "1906-01-01", "1910-12-31"),
    ("۱۹۰۶ – ۱۹۱۰", "1906-01-01", "1910-12-31"),
    ("من شباط 1923 إلى آذار 1924", "1923-02-01", "1924-03-31"),
    ("من شباط إلى آذار 1924", "1924-02-01", "1924-03-31"),
    ("من 5 إلى 7 أكتوبر 1973", "1973-10-05", "1973-10-07"),
    ("في الفترة من 5 إلى 7 أكتوبر 1973", "1973-10-05", "1973-10-07"),
    ("مِن ٥ إِلى ٧ أُكتُوبَر ١٩٧٣", "1973-10-05", "1973-10-07"),
    ("من 5 إلـــى 7 أكتـــوبر 1973", "1973-10-05", "1973-10-07"),
    ("بين 5 و 7 أكتوبر 1960", "1960-10-05", "1960-10-07"),
    ("بين 5 و7 تشرين الأول/أكتوبر 1960", "1960-10-05", "1960-10-07"),
    ("بين عامي 1914 و1918", "1914-01-01", "1918-12-31"),
    ("ما بين كانون الثاني وآذار 1924", "1924-01-01", "1924-03-31"),
    ("من بداية شباط حتى نهاية آذار 1924", "1924-02-01", "1924-03-31"),
    ("من 28 ذي الحجة 1440 إلى 3 محرم 1441", "2019-08-29", "2019-09-02"),
    ("5-7/10/1960", "1960-10-05", "1960-10-07"),
    ("5 شباط - 3 آذار 1924", "1924-02-05", "1924-03-03"),
    ("تموز/يوليو - آب/أغسطس 1965", "1965-07-01", "1965-08-31"),
    ("2018-02-03 - 2018-03-04", "2018-02-03", "2018-03-04"),
    ("2018-02-03/2018-03-04", "2018-02-03", "2018-03-04"),
    ("2018-02 - 2018-03", "2018-02-01", "2018-03-31"),
    ("1906 حتى 1910 م", "1906-01-01", "1910-12-31"),
    ("from 3 Feb 2018 to March 2019", "2018-02-03", "2019-03-31"),
    ("between 5 and 7 October 1973", "1973-10-05", "1973-10-07"),
    ("1324-1326 هـ", "1906-02-25", "1909-01-22"),
    ("300 - 309 هـ", "0912-08-23", "0922-05-05"),
    ("من رمضان 1345 إلى نيسان 1928", "1927-03-04", "1928-04-30"),
    ("من الثالث والعشرين إلى 30 تموز 1952", "1952-07-23", "1952-07-30"),
    ("من 3 شباط 2018 إلى اليوم", "2018-02-03", "2026-11-30"),
    ("October 5-7, 1973", "1973-10-05", "1973-10-07"),
    ("Feb 25/26, 2021", "2021-02-25", "2021-02-26"),
    ("مابين 5 و7 أكتوبر 1973", "1973-10-05", "1973-10-07"),
    # Double issues, nights and years.
    ("ليلة 25/26 شباط 2021", "2021-02-25", "2021-02-26"),
    ("5 و6 أكتوبر 1973", "1973-10-05", "1973-10-06"),
    ("31 آذار/1 نيسان 2018", "2018-03-31", "2018-04-01"),
    ("تموز/آب 1961", "1961-07-01", "1961-08-31"),
    ("أيلول/تشرين الأول 1960", "1960-09-01", "1960-10-31"),
    ("يوليو/أغسطس 1961", "1961-07-01", "1961-08-31"),
    ("جويلية/أوت 1961", "1961-07-01", "1961-08-31"),
    ("يوليوز/غشت 1961", "1961-07-01", "1961-08-31"),
    ("July/August 1961", "1961-07-01", "1961-08-31"),
    ("شعبان/رمضان 1440", "2019-04-06", "2019-06-03"),
    ("كانون الأول 1960/كانون الثاني 1961", "1960-12-01", "1961-01-31"),
    ("1973/1974", "1973-01-01", "1974-12-31"),
    # The first and the last day of a month.
    ("غرة رمضان 1441", "2020-04-24", "2020-04-24"),
    ("غُرَّةُ شهرِ رمضان ١٤٤١", "2020-04-24", "2020-04-24"),
    ("غرة ماي 1955", "1955-05-01", "1955-05-01"),
    ("سلخ رمضان 1441", "2020-05-23", "2020-05-23"),
    ("سَلْخُ شهرِ رمضان المبارك ١٤٤١هـ", "2020-05-23", "2020-05-23"),
    ("آخر شعبان 1440", "2019-05-05", "2019-05-05"),
    ("آخر شباط 2020", "2020-02-29", "2020-02-29"),
    # A place before the date.
    ("بغداد، 5 آذار 1921", "1921-03-05", "1921-03-05"),
    ("بيروت في ١٤ أيار سنة ١٩٤٨", "1948-05-14", "1948-05-14"),
    ("القاهرة - الخميس 5 آذار 1921", "1921-03-05", "1921-03-05"),
    ("بغداد، من 5 إلى 7 آذار 1921", "1921-03-05", "1921-03-07"),
    # Parts.
    ("النصف الأول من شباط 2018", "2018-02-01", "2018-02-15"),
    ("النصف الثاني من شباط 2018", "2018-02-16", "2018-02-28"),
    ("النصف الثاني من رمضان 1441", "2020-05-09", "2020-05-23"),
    ("النصف الأول من عام 1923", "1923-01-01", "1923-06-30"),
    ("النصف الأول من سنة 1345 هـ", "1926-07-11", "1927-01-04"),
    ("النصف الأول من العام الماضي", "2025-01-01", "2025-06-30"),
    ("الربع الأخير من 1923", "1923-10-01", "1923-12-31"),
    ("Q2 1923", "1923-04-01", "1923-06-30"),
    ("the first half of March 1923", "1923-03-01", "1923-03-15"),
    ("العشر الأواخر من رمضان 1441", "2020-05-14", "2020-05-23"),
    ("النصف من شعبان 1440", "2019-04-20", "2019-04-20"),
    # Centuries and decades.
    ("القرن العشرين", "1901-01-01", "2000-12-31"),
    ("القرن الرابع عشر الهجري", "1883-11-02", "1980-11-08"),
    ("النصف الأول من القرن العشرين", "1901-01-01", "1950-12-31"),
    ("الربع الأخير من القرن الماضي", "1976-01-01", "2000-12-31"),
    ("20th century", "1901-01-01", "2000-12-31"),
    ("ستينيات القرن العشرين", "1960-01-01", "1969-12-31"),
    ("the 1960s", "1960-01-01", "1969-12-31"),
    ("عقد الخمسينات من القرن الماضي", "1950-01-01", "1959-12-31"),
]

RELATIVE = [
    ("اليوم", "2026-11-30", "2026-11-30"),
    ("أمس", "2026-11-29", "2026-11-29"),
    ("أَمْسِ", "2026-11-29", "2026-11-29"),
    ("البارحة", "2026-11-29", "2026-11-29"),
    ("yesterday", "2026-11-29", "2026-11-29"),
    ("أول من أمس", "2026-11-28", "2026-11-28"),
    ("أمس الأول", "2026-11-28", "2026-11-28"),
    ("the day before yesterday", "2026-11-28", "2026-11-28"),
    ("هذا الأسبوع", "2026-11-28", "2026-12-04"),
    ("الأسبوع الماضي", "2026-11-21", "2026-11-27"),
    ("last week", "2026-11-21", "2026-11-27"),
    ("الأسبوع قبل الماضي", "2026-11-14", "2026-11-20"),
    ("الشهر الجاري", "2026-11-01", "2026-11-30"),
    ("الشهر الماضي", "2026-10-01", "2026-10-31"),
    ("Last Month", "2026-10-01", "2026-10-31"),
    ("خلال الشهر المنصرم", "2026-10-01", "2026-10-31"),
    ("السنة الماضية", "2025-01-01", "2025-12-31"),
    ("العام الفائت", "2025-01-01", "2025-12-31"),
    ("this year", "2026-01-01", "2026-12-31"),
    ("قبل ثلاثة أيام", "2026-11-27", "2026-11-27"),
    ("٣ days ago", "2026-11-27", "2026-11-27"),
    ("منذ أسبوعين", "2026-11-16", "2026-11-16"),
    ("a week ago", "2026-11-23", "2026-11-23"),
    ("قبل شهرين", "2026-09-01", "2026-09-30"),
    ("قبل عشر سنوات", "2016-01-01", "2016-12-31"),
    ("آخر 7 أيام", "2026-11-24", "2026-11-30"),
    ("الأيام السبعة الماضية", "2026-11-24", "2026-11-30"),
    ("الـ٧ أيام الأخيرة", "2026-11-24", "2026-11-30"),
    ("past week", "2026-11-24", "2026-11-30"),
    ("last 3 months", "2026-08-31", "2026-11-30"),
    ("السبت الماضي", "2026-11-28", "2026-11-28"),
    ("الاثنين الماضي", "2026-11-23", "2026-11-23"),
    ("last Sunday", "2026-11-29", "2026-11-29"),
    ("شباط الماضي", "2026-02-01", "2026-02-28"),
    ("تشرين الثاني الماضي", "2025-11-01", "2025-11-30"),
    ("رمضان الماضي", "2026-02-18", "2026-03-19"),
    ("3 شباط/فبراير الماضي", "2026-02-03", "2026-02-03"),
    ("29 شباط الماضي", "2024-02-29", "2024-02-29"),
    ("آذار من العام الماضي", "2025-03-01", "2025-03-31"),
    ("من أول أمس إلى اليوم", "2026-11-28", "2026-11-30"),
]

REFUSED = [
    ("1910-1906", Trouble.BACKWARDS, "1910-1906"),
    ("من كذا إلى 1924", Trouble.WORD, "كذا"),
    ("31 شباط 2018 إلى 2019", Trouble.IMPOSSIBLE, "31 شباط 2018"),
    ("1923 إلى شباط", Trouble.NO_YEAR, "شباط"),
    ("إلى 1924", Trouble.ONE_END, "إلى 1924"),
    ("من 1923 إلى", Trouble.ONE_END, "من 1923 إلى"),
    ("", Trouble.EMPTY, ""),
    # Apart, or not certainly one issue.
    ("5 و7 أكتوبر 1973", Trouble.APART, "5 و7 أكتوبر 1973"),
    ("1914 و1918", Trouble.APART, "1914 و1918"),
    ("شباط/مارس 2018", Trouble.MONTHS_DIFFER, "شباط/مارس"),
    ("تموز/أيلول 1965", Trouble.MONTHS_DIFFER, "تموز/أيلول"),
    ("15 آذار/نيسان 2019", Trouble.MONTHS_DIFFER, "آذار/نيسان"),
    ("كانون الأول/كانون الثاني 1960", Trouble.MONTHS_DIFFER,
     "كانون الأول/كانون الثاني"),
    ("25/28 شباط 2021", Trouble.ORDER, "25/28 شباط 2021"),
    # Nobody's days.
    ("أوائل شباط 2018", Trouble.VAGUE, "أوائل"),
    ("منتصف 1923", Trouble.VAGUE, "منتصف"),
    ("نحو 1920", Trouble.VAGUE, "نحو"),
    ("أوائل، 1920", Trouble.VAGUE, "أوائل"),
    ("كانون، 1920", Trouble.HALF_A_MONTH, "كانون"),
    ("الربع الأول من شباط 2018", Trouble.VAGUE, "الربع الأول من شباط 2018"),
    ("النصف من شباط 2018", Trouble.VAGUE, "النصف من شباط 2018"),
    ("النصف الأول من 3 شباط 2018", Trouble.VAGUE, "النصف الأول من 3 شباط 2018"),
    ("الستينيات", Trouble.VAGUE, "الستينيات"),
    ("القرن الرابع عشر", Trouble.CENTURY, "القرن الرابع عشر"),
    ("صيف 1967", Trouble.SEASON, "صيف"),
    ("ربيع 2011", Trouble.SEASON, "ربيع"),
    ("ربيع 1329", Trouble.HALF_A_MONTH, "ربيع"),
    ("summer 1967", Trouble.SEASON, "summer"),
    ("غدا", Trouble.RELATIVE, "غدا"),
    ("الشهر القادم", Trouble.RELATIVE, "الشهر"),
    ("9999 years ago", Trouble.IMPOSSIBLE, "9999 years ago"),
]  # fmt: skip

# The Gregorian days of 1700 to 2070, whose Hijri days are known too.
DAYS = st.dates(dt.date(1700, 1, 1), dt.date(2070, 1, 1))


def _days(text: str, today: dt.date | None = TODAY) -> tuple[str, str]:
    parsed = parse_range(text, today)
    return parsed.first_day.isoformat(), parsed.last_day.isoformat()


class TestParseRange:
    @pytest.mark.parametrize(("text", "first", "last"), READ + RELATIVE)
    def test_ranges_are_read(self, text: str, first: str, last: str) -> None:
        assert _days(text) == (first, last)
        assert parse_range(text, TODAY).raw == text

    @pytest.mark.parametrize(("text", "first", "last"), READ + RELATIVE)
    def test_digits_and_white_space_do_not_count(
        self, text: str, first: str, last: str
    ) -> None:
        assert _days(to_arabic_digits(f"  {text} ")) == (first, last)

    @pytest.mark.parametrize(("text", "trouble", "piece"), REFUSED)
    def test_other_texts_are_refused(
        self, text: str, trouble: Trouble, piece: str
    ) -> None:
        with pytest.raises(DateNotUnderstood) as caught:
            parse_range(text, TODAY)
        assert (caught.value.trouble, caught.value.piece) == (trouble, piece)

    @pytest.mark.parametrize(("text", "_first", "_last"), RELATIVE)
    def test_relative_date_without_a_day_is_refused(
        self, text: str, _first: str, _last: str
    ) -> None:
        assert parse_range(text, TODAY).is_relative
        with pytest.raises(DateNotUnderstood):
            parse_range(text)

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("بغداد، 5 آذار 1921", "بغداد"),
            ("بيروت في ١٤ أيار سنة ١٩٤٨", "بيروت"),
            ("دمشق الشام، في 5 آذار 1921", "دمشق الشام"),
            ("London, March 5, 1921", "London"),
            ("الأحد، 5 آذار 1921", ""),
            ("في 5 آذار 1921", ""),
        ],
    )
    def test_place_is_named(self, text: str, place: str) -> None:
        assert parse_range(text).place == place

    @pytest.mark.parametrize(
        "text", [spelling for spelling, month in month_spellings()]
    )
    def test_every_month_bounds_a_range(self, text: str) -> None:
        """In any calendar: from a month of one year to the same month of the next."""
        years = (1440, 1441) if _is_hijri(text) else (1961, 1962)
        parsed = parse_range(f"من {text} {years[0]} إلى {text} {years[1]}")
        assert 354 <= (parsed.last_day - parsed.first_day).days <= 400
        assert parsed.is_hijri is _is_hijri(text)

    @given(
        first=DAYS,
        days=st.integers(0, 900),
        language=st.sampled_from(["ar", "en"]),
        months=st.sampled_from(MonthStyle),
        digits=st.sampled_from(Digits),
    )
    def test_written_range_reads_as_the_same_days(
        self, first: dt.date, days: int, language: str, months: str, digits: str
    ) -> None:
        last = first + dt.timedelta(days=days)
        text = format_range(first, last, language, months=months, digits=digits)
        parsed = parse_range(text)
        assert (parsed.first_day, parsed.last_day) == (first, last)

    @given(
        first=st.dates(dt.date(1945, 1, 1), dt.date(2070, 1, 1)),
        days=st.integers(0, 900),
        language=st.sampled_from(["ar", "en"]),
    )
    def test_written_hijri_range_reads_as_the_same_days(
        self, first: dt.date, days: int, language: str
    ) -> None:
        last = first + dt.timedelta(days=days)
        parsed = parse_range(format_hijri_range(first, last, language))
        assert (parsed.first_day, parsed.last_day) == (first, last)

    @given(today=st.dates(), text=st.sampled_from([text for text, *_ in RELATIVE]))
    def test_relative_date_is_read_or_refused_on_any_day(
        self, today: dt.date, text: str
    ) -> None:
        try:
            parsed = parse_range(text, today)
        except DateNotUnderstood:
            return
        assert parsed.first_day <= parsed.last_day

    @given(
        parts=st.lists(
            st.sampled_from(
                " ".join(text for text, *_ in READ + RELATIVE + REFUSED).split()
            ),
            max_size=8,
        )
    )
    def test_any_words_of_dates_are_read_or_refused(self, parts: list[str]) -> None:
        try:
            parsed = parse_range(" ".join(parts), TODAY)
        except DateNotUnderstood as error:
            str(error).encode()
        else:
            assert parsed.first_day <= parsed.last_day


def _is_hijri(month: str) -> bool:
    return {m.calendar.value for name, m in month_spellings() if name == month} == {
        "hijri"
    }
