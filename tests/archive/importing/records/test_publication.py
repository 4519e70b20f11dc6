"""Publication dates of records."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import PartialDate
from archive.importing.fields import ARTICLE_FIELDS, limits_of
from archive.importing.mapping.columns import MappedRow
from archive.importing.records.publication import read_publication, write_date
from archive.importing.records.values import Values


def read_pair(given: Values) -> tuple[PartialDate | None, str]:
    """The date and the date as printed."""
    publication = read_publication(given)
    return publication.date, publication.printed


UNDERSTOOD = [
    ("1923-05-14", PartialDate(1923, 5, 14), "", "ISO day"),
    ("1923-05", PartialDate(1923, 5), "", "ISO month"),
    (1923, PartialDate(1923), "", "a year as a number"),
    ("2017-01-20T21:43:00+01:00", PartialDate(2017, 1, 20), "", "a feed's time"),
    ("2015-07-21 02:51:32", PartialDate(2015, 7, 21), "", "a database's time"),
    ("١٤ أيار ١٩٢٣", PartialDate(1923, 5, 14), "١٤ أيار ١٩٢٣", "as printed"),
    ("18 جانفي 2017", PartialDate(2017, 1, 18), "18 جانفي 2017", "Maghrebi month"),
    ("", None, "", "nothing"),
    (None, None, "", "null"),
]


def values(**columns: object) -> Values:
    return Values(MappedRow(1, columns), limits=limits_of(ARTICLE_FIELDS))


class TestReadPublication:
    @pytest.mark.parametrize(("text", "date", "printed", "why"), UNDERSTOOD)
    def test_dates_are_read(
        self, text: object, date: PartialDate | None, printed: str, why: str
    ) -> None:
        read = values(published=text)
        assert read_pair(read) == (date, printed), why
        assert read.notes == []

    def test_unreadable_date_is_kept_as_printed_with_a_note(self) -> None:
        read = values(published="عدد الربيع")
        assert read_pair(read) == (None, "عدد الربيع")
        assert [note.code for note in read.notes] == ["date_kept_as_printed"]
        assert "“عدد”" in read.notes[0].message

    def test_impossible_day_is_kept_as_printed(self) -> None:
        read = values(published="2015-02-30")
        assert read_pair(read) == (None, "2015-02-30")
        assert len(read.notes) == 1

    def test_early_year_without_era_is_hijri_with_a_note(self) -> None:
        read = values(published="1324-01-01")
        date, _ = read_pair(read)
        assert date
        assert date.year == 1906
        assert [note.code for note in read.notes] == ["date_ambiguous"]

    def test_place_before_the_date_is_named_and_kept_as_printed(self) -> None:
        read = values(published="بيروت في ١٤ أيار سنة ١٩٤٨")
        date, printed = read_pair(read)
        assert (date, printed) == (
            PartialDate(1948, 5, 14),
            "بيروت في ١٤ أيار سنة ١٩٤٨",
        )
        assert [note.code for note in read.notes] == ["date_place"]

    def test_date_as_printed_is_read_without_a_date_field(self) -> None:
        read = values(published_as_printed="أيار ١٩٢٣")
        assert read_pair(read) == (PartialDate(1923, 5), "أيار ١٩٢٣")

    def test_empty_date_is_not_derived_from_the_printed_one(self) -> None:
        read = values(published="", published_as_printed="أيار ١٩٢٣")
        assert read_pair(read) == (None, "أيار ١٩٢٣")

    def test_printed_date_is_kept_beside_another_spelling(self) -> None:
        read = values(published="3 شباط 2018", published_as_printed="السبت ٣ شباط")
        assert read_pair(read)[1] == "السبت ٣ شباط"


class TestWriteDate:
    @given(
        st.dates().flatmap(
            lambda day: st.sampled_from(
                [
                    PartialDate(day.year),
                    PartialDate(day.year, day.month),
                    PartialDate(day.year, day.month, day.day),
                ]
            )
        )
    )
    def test_any_date_is_read_back(self, date: PartialDate) -> None:
        read = values(published=write_date(date), published_as_printed="")
        assert read_pair(read) == (date, "")
        assert {note.code for note in read.notes} <= {"date_doubtful"}
