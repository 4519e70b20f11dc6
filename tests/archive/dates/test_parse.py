"""Parsing of dates and ranges as newspapers and readers write them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.dates import (
    Calendar,
    DateNotUnderstood,
    HijriDate,
    PartialDate,
    Precision,
    Trouble,
    parse_date,
)
from archive.dates.months import month_spellings

# Parts of dates and disturbances of them, for texts that are nearly dates.
NUMBERS = "٠ 1 2 ۳ 12 13 30 31 32 99 309 1324 1445 1500 1501 2018 0000 99999"
SIGNS = "/ - – . ، ( ) ـ ² ½ \u200f \ud800 \x00 T10:00"
WORDS = "م هـ AH الموافق من إلى حتى و بين سنة الأحد كانون تشرين أول والعشرون الحادي"
FRAGMENTS = [
    *(spelling for spelling, _ in month_spellings()),
    *f"{NUMBERS} {SIGNS} {WORDS}".split(),
]

GREGORIAN_FORMS = [
    ("2018", "2018", "a year"),
    ("02/2018", "2018-02", "month and year"),
    ("2/2018", "2018-02", "month without zero"),
    ("2018-02", "2018-02", "ISO month"),
    ("2018/2", "2018-02", "year first"),
    ("2018-02-03", "2018-02-03", "ISO day"),
    ("2018-02-03T22:30:00+03:00", "2018-02-03", "as feeds write it"),
    ("3/2/2018", "2018-02-03", "day first"),
    ("2018/2/3", "2018-02-03", "year first"),
    ("٢٠١٨/٢/٣", "2018-02-03", "year first in Arabic digits"),
    ("۳/۲/۲۰۱۸", "2018-02-03", "Persian digits"),
    ("3.2.2018", "2018-02-03", "dots"),
    ("14-2-2018م", "2018-02-14", "mark on the year"),
    ("14ـ2ـ2018", "2018-02-14", "tatweel pressed for a dash"),
    ("14 – 2 – 2018", "2018-02-14", "spaced dashes"),
    ("15 مارس 2019", "2019-03-15", "Egyptian"),
    ("٣ شباط ٢٠١٨", "2018-02-03", "Levantine in Arabic digits"),
    ("2 كانون الثاني 2020", "2020-01-02", "month of two words"),
    ("2 كانون الثانى 2020", "2020-01-02", "Egyptian alef maksura"),
    ("10 آب 2014", "2014-08-10", "short name"),
    ("5 جانفي 2015", "2015-01-05", "Tunis"),
    ("12 أوت 1962", "1962-08-12", "Algiers"),
    ("5 جويلية 1962", "1962-07-05", "Algiers"),
    ("3 غشت 1953", "1953-08-03", "Rabat"),
    ("18 يوليوز 2001", "2001-07-18", "Rabat"),
    ("14 مايس 1958", "1958-05-14", "Baghdad"),
    ("١٥ آذار/مارس ٢٠١٩", "2019-03-15", "the commonest newspaper form"),
    ("30 يوليو (تموز) 2008", "2008-07-30", "second name in brackets"),
    ("من 30 آب(أغسطس) 2015", "2015-08-30", "brackets without a space"),
    ("26 مارس آذار 2003", "2003-03-26", "names side by side"),
    ("10 أكتوبر تشرين الأول 1990", "1990-10-10", "side by side, two words"),
    ("شباط/فبراير 2018", "2018-02", "a pair without a day"),
    ("أغسطس 2017", "2017-08", "no day is invented"),
    ("11 فبراير 2018 م", "2018-02-11", "mark apart"),
    ("3 شباط سنة 2018 ميلادية", "2018-02-03", "mark in full"),
    ("عام 1931", "1931", "a year with its word"),
    ("الأحد ١٢ أيار ٢٠١٩", "2019-05-12", "weekday"),
    ("الاحد، 12 ايار، 2019", "2019-05-12", "commas, no hamzas"),
    ("يوم الإثنين الموافق 4 شباط 2019", "2019-02-04", "dateline words"),
    ("السبت 3/2/2018م.", "2018-02-03", "weekday before numbers"),
    ("في ٥ آب سنة ١٨٦٦", "1866-08-05", "prose of the Nahda"),
    ("١٦ من شهر تشرين الثاني ١٩٢٦", "1926-11-16", "من شهر"),
    ("٢٠ كانون ٢ سنة ١٧٧٧", "1777-01-20", "numbered month"),
    ("١٠ ت٢ ١٩٤٣", "1943-11-10", "abbreviated month"),
    ("أول مارس سنة 1922", "1922-03-01", "the first in a word"),
    ("الأول من أيار 1925", "1925-05-01", "the first with its article"),
    ("الأول من كانون الأول 1925", "1925-12-01", "a day and a month called first"),
    ("الثالث والعشرون من تموز 1952", "1952-07-23", "day in words"),
    ("الحادي والثلاثين من آذار 1946", "1946-03-31", "the longest day in words"),
    ("٢٦ آذار ٩٢٢ م", "0922-03-26", "an old year with its mark"),
    ("29 مايو 1453 م", "1453-05-29", "a mark makes an old year Gregorian"),
    ("February 3, 2018", "2018-02-03", "American"),
    ("3 Feb 2018", "2018-02-03", "English"),
    ("Sat. 3rd of February, 2018", "2018-02-03", "English ordinal"),
    ("1er août 1956", "1956-08-01", "French"),
    ("3-شباط-2018", "2018-02-03", "dashes round the month"),
    ("2018 شباط 3", "2018-02-03", "year first with a name"),
    ("\u200f3\u200f/\u200f2\u200f/\u200f2018", "2018-02-03", "direction marks inside"),
    ("ﺷﺒﺎﻁ 2018", "2018-02", "presentation forms"),
    ("3 شــبــاط 2018", "2018-02-03", "stretched"),
]

HIJRI_FORMS = [
    ("14 رمضان 1445", HijriDate(1445, 9, 14), "the month tells the calendar"),
    ("25 ذو القعدة 1439", HijriDate(1439, 11, 25), "month of two words"),
    ("٢٥ ذي القعده ١٤٣٩ هـ", HijriDate(1439, 11, 25), "genitive, heh"),
    ("رمضان 1345 هـ", HijriDate(1345, 9), "a month"),
    ("1324 هـ", HijriDate(1324), "a year"),
    ("سنة ٣٠٩ هـ", HijriDate(309), "an old year"),
    ("9 محرم 1437ه", HijriDate(1437, 1, 9), "heh without tatweel"),
    ("12 ربيع الأول سنة 1329", HijriDate(1329, 3, 12), "سنة"),
    ("10 محرم الحرام 1330", HijriDate(1330, 1, 10), "honorific"),
    ("غرة رمضان المبارك 1341", HijriDate(1341, 9, 1), "new moon"),
    ("21 جمادى الأولى 1340", HijriDate(1340, 5, 21), "first Jumada"),
    ("17 جمادى الثانية 1340", HijriDate(1340, 6, 17), "second Jumada"),
    ("الخميس 28 من شهر شعبان 1436", HijriDate(1436, 8, 28), "weekday"),
    ("14/9/1445 هـ", HijriDate(1445, 9, 14), "numbers with the mark"),
    ("1445-09-14هـ", HijriDate(1445, 9, 14), "year first"),
    ("14 Ramadan 1445", HijriDate(1445, 9, 14), "English"),
    ("30 صفر 1390", HijriDate(1390, 2, 30), "a thirtieth the tables lack"),
]

BOTH_CALENDARS = [
    ("25 شوال 1436 هـ الموافق 10 أغسطس 2015 م", "2015-08-10", HijriDate(1436, 10, 25)),
    ("14 رمضان سنة 1348 الموافق 13 فبراير سنة 1930", "1930-02-13",
     HijriDate(1348, 9, 14)),
    ("2 رجب سنة 1340 (أول مارس سنة 1922)", "1922-03-01", HijriDate(1340, 7, 2)),
    ("١ تشرين الأول سنة ١٩٢١ الموافق ٢٨ محرم ١٣٤٠", "1921-10-01",
     HijriDate(1340, 1, 28)),
    ("الخميس 14 ذي الحجة 1345هـ - 16 حزيران (يونيو) 1927م", "1927-06-16",
     HijriDate(1345, 12, 14)),
    ("1324هـ/1906م", "1906", HijriDate(1324)),
    ("1324-1906", "1906", HijriDate(1324)),
    ("رمضان 1345 / آذار 1927", "1927-03", HijriDate(1345, 9)),
    ("14/9/1445 - 24/3/2024", "2024-03-24", HijriDate(1445, 9, 14)),
]  # fmt: skip

REFUSED = [
    ("", Trouble.EMPTY, "nothing"),
    (" \u200f ", Trouble.EMPTY, "nothing visible"),
    ("الأحد", Trouble.EMPTY, "a weekday alone"),
    ("شباط", Trouble.NO_YEAR, "no year"),
    ("3 شباط", Trouble.NO_YEAR, "no year is invented"),
    ("3/2/18", Trouble.NO_YEAR, "no century is invented"),
    ("شباط 98", Trouble.NO_YEAR, "no century is invented"),
    ("٣٠٩", Trouble.NO_YEAR, "three digits need a mark"),
    ("31 شباط 2018", Trouble.IMPOSSIBLE, "no such day"),
    ("29 شباط 2018", Trouble.IMPOSSIBLE, "no leap year"),
    ("٣١ حزيران ١٩١٤", Trouble.IMPOSSIBLE, "printed so in a magazine of 1914"),
    ("34 رجب 1436هـ", Trouble.IMPOSSIBLE, "printed so in a newspaper of 2015"),
    ("0 شباط 2018", Trouble.IMPOSSIBLE, "no day nought"),
    ("13/2018", Trouble.IMPOSSIBLE, "no month 13"),
    ("2018/13/2", Trouble.IMPOSSIBLE, "year, day, month is no order"),
    ("0000", Trouble.IMPOSSIBLE, "no year nought"),
    ("1501 هـ", Trouble.IMPOSSIBLE, "beyond the tables"),
    ("2/14/2018", Trouble.DAY_FIRST, "day and month are never swapped silently"),
    ("15 آذار/نيسان 2019", Trouble.MONTHS_DIFFER, "a pair that disagrees"),
    ("14 يناير ك1 سنة 1920", Trouble.MONTHS_DIFFER, "printed so in a magazine"),
    ("١٠ تموز ١٣٢٥", Trouble.CALENDARS_DIFFER, "Ottoman fiscal year"),
    ("12 أكتوبر 1492", Trouble.CALENDARS_DIFFER, "an old year without its mark"),
    ("1 شوال 2015", Trouble.CALENDARS_DIFFER, "Hijri month, Gregorian year"),
    ("3 شباط 1439 هـ", Trouble.CALENDARS_DIFFER, "mark against month"),
    ("16 رمضان 1436هـ الموافق 3 يونيو 2015م", Trouble.DATES_DIFFER,
     "printed a month off in a newspaper"),
    ("1324-1950", Trouble.DATES_DIFFER, "years of both calendars far apart"),
    ("كانون 2018", Trouble.HALF_A_MONTH, "December or January"),
    ("5 تشرين 1973", Trouble.HALF_A_MONTH, "October or November"),
    ("3 شباط الماضي", Trouble.RELATIVE, "relative"),
    ("أوائل شباط 2018", Trouble.VAGUE, "vague"),
    ("20181", Trouble.WORD, "too many digits"),
    ("3¹ شباط 2018", Trouble.WORD, "a note mark is no digit"),
    ("3 شباط 2018 و", Trouble.WORD, "half a range"),
    ("3 2 2018", Trouble.ORDER, "numbers without separators"),
    ("2018 2018", Trouble.ORDER, "two years"),
    ("شباط 3 4 2018", Trouble.ORDER, "two days"),
    ("م 2018", Trouble.ORDER, "mark in front"),
    ("2018 م م", Trouble.ORDER, "two marks"),
    ("2018 " * 60, Trouble.TOO_LONG, "300 characters"),
    ("1/" * 30, Trouble.TOO_LONG, "sixty parts"),
]  # fmt: skip


class TestParseDate:
    @pytest.mark.parametrize(
        ("text", "iso"), [pytest.param(t, i, id=why) for t, i, why in GREGORIAN_FORMS]
    )
    def test_gregorian_dates_are_read(self, text: str, iso: str) -> None:
        expected = PartialDate.from_iso(iso)
        parsed = parse_date(text)
        assert parsed.partial == expected
        assert parsed.calendar is Calendar.GREGORIAN
        assert parsed.precision is expected.precision
        assert parsed.first_day == expected.first_day()
        assert parsed.last_day == expected.last_day()
        assert parsed.raw == text
        assert parsed.hijri is None
        assert not parsed.approximate

    @pytest.mark.parametrize(
        ("text", "hijri"), [pytest.param(t, h, id=why) for t, h, why in HIJRI_FORMS]
    )
    def test_hijri_dates_are_read(self, text: str, hijri: HijriDate) -> None:
        parsed = parse_date(text)
        assert parsed.hijri == hijri
        assert parsed.calendar is Calendar.HIJRI
        assert parsed.precision is hijri.precision
        assert (parsed.first_day, parsed.last_day) == (
            hijri.first_day(),
            hijri.last_day(),
        )
        assert parsed.approximate is hijri.approximate
        assert not parsed.ambiguous

    @pytest.mark.parametrize(("text", "iso", "hijri"), BOTH_CALENDARS)
    def test_date_in_both_calendars_gives_both(
        self, text: str, iso: str, hijri: HijriDate
    ) -> None:
        parsed = parse_date(text)
        assert parsed.partial == PartialDate.from_iso(iso)
        assert parsed.calendar is Calendar.GREGORIAN
        assert parsed.hijri == hijri
        assert parsed.raw == text

    @pytest.mark.parametrize(
        ("text", "trouble"), [pytest.param(t, e, id=why) for t, e, why in REFUSED]
    )
    def test_other_texts_are_refused(self, text: str, trouble: Trouble) -> None:
        with pytest.raises(DateNotUnderstood) as caught:
            parse_date(text)
        assert caught.value.trouble is trouble

    @pytest.mark.parametrize(
        ("text", "piece"),
        [
            ("3 شباط الماضي", "الماضي"),
            ("15 آذار/نيسان 2019", "آذار/نيسان"),
            ("كانونٌ 2018", "كانونٌ"),
            ("31 شباط 2018", "31 شباط 2018"),
            ("34 رجب 1436هـ الموافق 13 مايو 2015م", "34 رجب 1436 هـ"),
            ("٢٠ جمادى الأولى ١٣٢٧ موافق ٢٧ أيار ١٣٢٥", "27 أيار 1325"),
        ],
    )
    def test_error_names_the_part_as_written(self, text: str, piece: str) -> None:
        with pytest.raises(DateNotUnderstood) as caught:
            parse_date(text)
        assert caught.value.piece == piece

    @pytest.mark.parametrize(
        ("text", "ambiguous"),
        [
            pytest.param("3/2/2018", True, id="could be March"),
            pytest.param("3/3/2018", False, id="the same either way"),
            pytest.param("13/2/2018", False, id="no month 13"),
            pytest.param("2018/2/3", False, id="year first has one reading"),
            pytest.param("3 شباط 2018", False, id="named month"),
            pytest.param("1324", True, id="the calendar is a guess"),
            pytest.param("14/9/1345", True, id="the calendar is a guess with a day"),
            pytest.param("13/2/1345 هـ", False, id="the mark settles it"),
        ],
    )
    def test_ambiguous_dates_are_flagged(self, text: str, *, ambiguous: bool) -> None:
        assert parse_date(text).ambiguous is ambiguous

    def test_guessed_calendar_is_flagged(self) -> None:
        assert parse_date("13/2/1345").calendar_guessed
        assert not parse_date("3/2/2018").calendar_guessed

    def test_year_up_to_1500_without_era_is_hijri(self) -> None:
        parsed = parse_date("1324")
        assert parsed.hijri == HijriDate(1324)
        assert parse_date("1501").partial == PartialDate(1501)

    def test_hijri_month_in_two_months_gives_the_year(self) -> None:
        """Ramadan 1345 was in March and April 1927, so there is no single month."""
        parsed = parse_date("رمضان 1345 هـ")
        assert parsed.precision is Precision.MONTH
        assert parsed.partial == PartialDate(1927)

    def test_hijri_year_in_two_gregorian_ones_has_no_gregorian_date(self) -> None:
        assert parse_date("1324 هـ").partial is None

    @given(text=st.text())
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        _read_or_refused(text)

    @given(text=st.text(alphabet=st.characters(categories=["Cs", "Nd", "Mn", "No"])))
    def test_odd_characters_are_read_or_refused(self, text: str) -> None:
        _read_or_refused(text)

    @given(
        parts=st.lists(st.sampled_from(FRAGMENTS), max_size=12),
        glue=st.sampled_from(["", " "]),
    )
    @example(parts=["2018"] * 12, glue=" ")
    @example(parts=["9" * 5000], glue="")
    @example(parts=["9999", "/", "12", "/", "31"], glue="")
    @example(parts=["1500", "هـ"], glue=" ")
    def test_near_dates_are_read_or_refused(self, parts: list[str], glue: str) -> None:
        _read_or_refused(glue.join(parts))


def _read_or_refused(text: str) -> None:
    try:
        parsed = parse_date(text)
    except DateNotUnderstood as error:
        str(error).encode()
    else:
        assert parsed.first_day <= parsed.last_day
        if parsed.partial is not None:
            assert parsed.partial.first_day() <= parsed.first_day
            assert parsed.last_day <= parsed.partial.last_day()
