"""Stated dates: what machines and sites write, with the doubts about each."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import ColumnDates, PartialDate, read_stated

TODAY = dt.date(2026, 11, 30)

# Text, first and last day, doubts.
READ = [
    ("Tue, 02 Mar 2021 10:00:00 +0300", "2021-03-02", "2021-03-02", []),
    ("Tue Mar  2 08:00:00 +0000 2021", "2021-03-02", "2021-03-02", []),
    ("Tue Mar 02 2021 08:00:00 GMT+0300 (AST)", "2021-03-02", "2021-03-02", []),
    ("2 مارس 2021 - 10:15 ص", "2021-03-02", "2021-03-02", []),
    ("نشر في: 2 مارس 2021، الساعة 10:00 مساءً", "2021-03-02", "2021-03-02", []),
    ("2 مارس 2021 عند الساعة الحادية عشرة ليلاً", "2021-03-02", "2021-03-02", []),
    ("2 مارس 2021، الساعة ٣", "2021-03-02", "2021-03-02", []),
    ("Mar 2, 2021 at 3 pm", "2021-03-02", "2021-03-02", []),
    ("2021-03-02T10:15:22.123+03:00", "2021-03-02", "2021-03-02", []),
    ("20210302", "2021-03-02", "2021-03-02", []),
    ("2020-05-03T25:61", "2020-05-03", "2020-05-03", ["clock"]),
    ("20200503T256100Z", "2020-05-03", "2020-05-03", ["clock"]),
    ("3 أيار 2020، الساعة ١٠:٧٥", "2020-05-03", "2020-05-03", ["clock"]),
    ("c1920", "1920-01-01", "1920-12-31", ["uncertain"]),
    ("[ca1920]", "1920-01-01", "1920-12-31", ["uncertain"]),
    ("1920/21", "1920-01-01", "1921-12-31", ["two_years"]),
    ("١٩١٤–١٨", "1914-01-01", "1918-12-31", ["two_years"]),
    ("1908/09", "1908-09-01", "1908-09-30", []),
    ("منتصف رجب 1340", "1922-02-28", "1922-03-29", ["computed", "vague_part"]),
    ("أوائل شباط 1925", "1925-02-01", "1925-02-28", ["vague_part"]),
    ("mid-May 1920", "1920-05-01", "1920-05-31", ["vague_part"]),
    ("20210302T100000Z", "2021-03-02", "2021-03-02", []),
    ("2021-W09-2", "2021-03-02", "2021-03-02", []),
    ("2021-061", "2021-03-02", "2021-03-02", []),
    ("٢٠٢١-٠٣-٠٢", "2021-03-02", "2021-03-02", []),
    ("1925-05-00", "1925-05-01", "1925-05-31", ["partly_zero"]),
    ("00/00/1925", "1925-01-01", "1925-12-31", ["partly_zero"]),
    ("2016-00-00 2016", "2016-01-01", "2016-12-31", ["partly_zero"]),
    ("1925/05//", "1925-05-01", "1925-05-31", []),
    ("25/26 شباط 2021", "2021-02-25", "2021-02-26", ["several_days"]),
    ("2021-02-25/2021-02-26", "2021-02-25", "2021-02-26", ["several_days"]),
    ("03/25/2021", "2021-03-25", "2021-03-25", ["month_first"]),
    ("3/5/2021", "2021-05-03", "2021-05-03", ["day_or_month"]),
    ("السبت 2 مارس 2021", "2021-03-02", "2021-03-02", ["weekday"]),
    ("الثلاثاء 2 مارس 2021", "2021-03-02", "2021-03-02", []),
    ("3021-05-01", "3021-05-01", "3021-05-01", ["future"]),
    ("1970-01-01T00:00:00Z", "1970-01-01", "1970-01-01", ["epoch"]),
    ("[1925?]", "1925-01-01", "1925-12-31", ["uncertain"]),
    ("نحو ١٩٢٥", "1925-01-01", "1925-12-31", ["uncertain"]),
    ("ca. 1925", "1925-01-01", "1925-12-31", ["uncertain"]),
    ("1342-05-01", "1923-12-10", "1923-12-10", ["calendar_guessed", "computed"]),
    ("بغداد، 5 آذار 1921", "1921-03-05", "1921-03-05", ["place"]),
]
UNREAD = [
    ("0001-01-01T00:00:00", "zero"),
    ("0000-00-00 00:00:00", "zero"),
    ("2021-02-30", "impossible"),
    ("31 شباط 2018", "impossible"),
    ("20211345", "word"),
    ("44257", "maybe_serial"),
    ("202103029999", "word"),
    ("20210302 9999", "word"),
    ("قبل شباط 1925", "vague"),
    ("منتصف رجب", "no_year"),
    ("3/5/20", "two_digit_year"),
    ("5 أيار 85", "two_digit_year"),
    ("5 أيار", "no_year"),
    ("أمس", "relative"),
    ("5 آذار", "no_year"),
    ("May-23", "no_year"),
    ("12:30", "no_year"),
    ("", "nothing"),
]


class TestReadStated:
    @pytest.mark.parametrize(("text", "start", "end", "doubts"), READ)
    def test_days_and_doubts(
        self, text: str, start: str, end: str, doubts: list[str]
    ) -> None:
        stated = read_stated(text, today=TODAY)
        assert (str(stated.start), str(stated.end)) == (start, end)
        assert [doubt.code for doubt in stated.doubts] == doubts
        assert all(doubt.sentence() for doubt in stated.doubts)

    @pytest.mark.parametrize(("text", "code"), UNREAD)
    def test_nothing_is_invented(self, text: str, code: str) -> None:
        stated = read_stated(text, today=TODAY)
        assert (stated.start, stated.end, stated.partial) == (None, None, None)
        assert [doubt.code for doubt in stated.doubts] == [code]

    @given(st.text(max_size=40) | st.text("0123456789-/:. TZهـم?", max_size=25))
    def test_any_text_is_read_or_refused_with_a_reason(self, text: str) -> None:
        stated = read_stated(text, today=TODAY)
        if stated.start is None:
            assert stated.doubts[0].sentence()
            return
        assert stated.end is not None
        assert stated.start <= stated.end
        if stated.partial:
            assert stated.partial.first_day() <= stated.start
            assert stated.end <= stated.partial.last_day()

    @given(st.dates(dt.date(1514, 1, 1), dt.date(2026, 12, 31)))
    def test_machine_forms_of_a_day_agree(self, day: dt.date) -> None:
        forms = (
            "%Y-%m-%d",
            "%Y%m%d",
            "%G-W%V-%u",
            "%Y-%j",
            "%a, %d %b %Y 10:00:00 +0300",
        )
        for form in forms:
            stated = read_stated(day.strftime(form))
            assert stated.partial == PartialDate.from_date(day), form


class TestColumn:
    def test_one_cell_tells_the_order_of_all(self) -> None:
        column = ColumnDates.of(["3/5/2021", "3/25/2021"])
        stated = read_stated("3/5/2021", column=column)
        assert stated.partial == PartialDate(2021, 3, 5)
        assert not stated.is_guessed

    def test_contradicting_cells_tell_nothing(self) -> None:
        column = ColumnDates.of(["25/3/2021", "3/25/2021"])
        assert read_stated("3/5/2021", column=column).is_guessed

    def test_counted_days_are_read_in_a_column_of_them(self) -> None:
        column = ColumnDates.of(["44257", "44258.5", ""])
        assert read_stated("44257", column=column).partial == PartialDate(2021, 3, 2)


class TestCommand:
    def test_json_has_the_reading(self) -> None:
        out = StringIO()
        call_command("read_date", "25/26 شباط 2021", "--json", stdout=out)
        read = json.loads(out.getvalue())
        assert (read["start"], read["end"]) == ("2021-02-25", "2021-02-26")
        assert (read["precision"], read["calendar"]) == ("day", "gregorian")
        assert read["doubts"][0]["code"] == "several_days"

    def test_text_that_is_no_date_is_status_1(self) -> None:
        out = StringIO()
        with pytest.raises(CommandError) as failed:
            call_command("read_date", "كلام", "--json", stdout=out)
        assert failed.value.returncode == 1
        assert json.loads(out.getvalue())["start"] is None
