"""Files of references, read back by parsers that others wrote."""

import datetime as dt
import json
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from hypothesis import given
from hypothesis import strategies as st

from archive.citing import FILE_FORMATS, Reference, find_reference_format
from archive.citing.bibtex import escape, write_bibtex
from archive.citing.csl_json import write_csl_json
from archive.citing.reference import one_line
from archive.citing.ris import write_ris
from archive.dates import PartialDate
from tests.archive.citing.references import ARABIC_REFERENCES, REFERENCE

# Anything that may stand in a field, with what the formats trip over made common.
_texts = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]),
        st.sampled_from("\\{}%&$#_^~\"'@,=-– ابتثجحخدذرزَُِّ«»؛،"),
    ),
    max_size=60,
).map(one_line)


def _read_ris(text: str) -> list[dict[str, object]]:
    return rispy.loads(text)


def _read_bibtex(text: str) -> list[dict[str, str]]:
    """The fields of all entries, as TeX would print them."""
    library = bibtexparser.parse_string(
        text, append_middleware=[LatexDecodingMiddleware()]
    )
    assert library.failed_blocks == []
    return [
        {"key": entry.key, **{f.key: f.value for f in entry.fields}}
        for entry in library.entries
    ]


class TestRis:
    def test_hundred_arabic_records_are_read_back_unchanged(self) -> None:
        assert len(ARABIC_REFERENCES) == 100
        found = _read_ris("".join(write_ris(ARABIC_REFERENCES)))
        assert len(found) == 100
        for record, reference in zip(found, ARABIC_REFERENCES, strict=True):
            assert record["type_of_reference"] == reference.work_type.ris
            assert record["title"] == reference.title
            assert record.get("authors", []) == list(reference.creators)
            assert record["secondary_title"] == reference.container
            assert record.get("keywords", []) == list(reference.keywords)
            assert record.get("notes", []) == (
                [reference.printed_date] if reference.printed_date else []
            )
            assert record["urls"] == [reference.address]
            assert record["language"] == "ar"
            assert record.get("volume", "") == reference.volume
            assert record.get("number", "") == reference.issue
            assert record["name_of_database"] == "سجلّ"
            assert record["accession_number"] == str(reference.number)

    @pytest.mark.parametrize(
        ("iso", "written"),
        [
            ("1927-03-08", "1927/03/08/"),
            ("1927-03", "1927/03//"),
            ("1927", "1927///"),
            ("0868", "0868///"),
        ],
    )
    def test_date_is_as_precise_as_it_is_known(self, iso: str, written: str) -> None:
        reference = replace(REFERENCE, published=PartialDate.from_iso(iso))
        (record,) = _read_ris("".join(write_ris([reference])))
        assert record["date"] == written
        assert record["year"] == iso[:4]

    @pytest.mark.parametrize(
        ("pages", "first", "last"),
        [
            ("4", "4", None),
            ("4-5", "4", "5"),
            ("٤ – ٥", "٤", "٥"),
            ("4، 7", "4، 7", None),
        ],
    )
    def test_pages_are_first_and_last(
        self, pages: str, first: str, last: str | None
    ) -> None:
        (record,) = _read_ris("".join(write_ris([replace(REFERENCE, pages=pages)])))
        assert (record["start_page"], record.get("end_page")) == (first, last)

    def test_newspaper_is_in_the_tag_that_zotero_reads(self) -> None:
        """JO alone is taken for an abbreviation by its translator."""
        lines = "".join(write_ris([REFERENCE])).split("\r\n")
        assert lines[0] == "TY  - NEWS"
        assert "T2  - المقتبس" in lines
        assert lines[-3:] == ["ER  - ", "", ""]

    @given(title=_texts, name=_texts)
    def test_no_text_breaks_a_record(self, title: str, name: str) -> None:
        names = (name,) if name else ()
        reference = replace(REFERENCE, title=title or "؟", creators=names)
        found = _read_ris("".join(write_ris([reference, REFERENCE])))
        assert [record.get("title") for record in found] == [
            reference.title,
            REFERENCE.title,
        ]
        assert found[0].get("authors", []) == list(names)


class TestBibtex:
    def test_hundred_arabic_records_are_read_back_unchanged(self) -> None:
        found = _read_bibtex("".join(write_bibtex(ARABIC_REFERENCES)))
        assert len(found) == 100
        for fields, reference in zip(found, ARABIC_REFERENCES, strict=True):
            assert fields["key"] == reference.key
            assert fields["title"] == reference.title
            assert fields[reference.work_type.part_of] == reference.container
            assert fields["url"] == reference.address
            assert fields["language"] == "ar"
            assert fields["langid"] == "arabic"
            assert fields.get("author", "") == " and ".join(reference.creators)

    def test_names_are_not_split_into_family_and_given(self) -> None:
        reference = replace(REFERENCE, creators=("علي and أحمد", "العلي, محمد"))
        library = bibtexparser.parse_string(
            "".join(write_bibtex([reference])),
            append_middleware=[SeparateCoAuthors()],
        )
        (entry,) = library.entries
        assert entry["author"] == ["{علي and أحمد}", "{العلي, محمد}"]

    @given(title=_texts, place=_texts)
    def test_no_text_breaks_an_entry(self, title: str, place: str) -> None:
        reference = replace(REFERENCE, title=title, place=place)
        other = replace(REFERENCE, key="other")
        library = bibtexparser.parse_string("".join(write_bibtex([reference, other])))
        assert library.failed_blocks == []
        first, second = library.entries
        assert first["title"] == f"{{{escape(title)}}}"
        assert (first["year"], second["title"]) == ("1927", f"{{{other.title}}}")

    @pytest.mark.parametrize(
        "title", ["الحبر & القلم: 5%", "a_b #1 $2", r"المسار \ ثم", "{قوس}", "قوس }"]
    )
    def test_signs_of_tex_are_read_back_by_tex(self, title: str) -> None:
        (fields,) = _read_bibtex(
            "".join(write_bibtex([replace(REFERENCE, title=title)]))
        )
        assert fields["title"] == title

    def test_month_is_a_macro_and_date_is_iso(self) -> None:
        text = "".join(write_bibtex([REFERENCE]))
        assert "  month = mar,\n" in text
        assert "  date = {1927-03-18},\n" in text


class TestCslJson:
    def test_hundred_arabic_records_are_read_back_unchanged(self) -> None:
        found = json.loads("".join(write_csl_json(ARABIC_REFERENCES)))
        for item, reference in zip(found, ARABIC_REFERENCES, strict=True):
            assert item["id"] == reference.key
            assert item["type"] == reference.work_type.csl
            assert item["title"] == reference.title
            names = [author["literal"] for author in item.get("author", [])]
            assert names == list(reference.creators)
            assert item["container-title"] == reference.container
            assert item["URL"] == reference.address
            if reference.published:
                assert item["issued"]["date-parts"][0][0] == reference.published.year

    def test_no_reference_is_an_empty_array(self) -> None:
        assert json.loads("".join(write_csl_json([]))) == []

    def test_unknown_values_have_no_key(self) -> None:
        bare = replace(REFERENCE, published=None, creators=(), volume="", pages="")
        (item,) = json.loads("".join(write_csl_json([bare])))
        assert not {"issued", "author", "volume", "page"} & set(item)

    def test_partial_dates_have_their_parts_only(self) -> None:
        reference = replace(REFERENCE, published=PartialDate(1908, 3))
        (item,) = json.loads("".join(write_csl_json([reference])))
        assert item["issued"] == {"date-parts": [[1908, 3]]}
        assert item["accessed"] == {"date-parts": [[2026, 11, 30]]}


class TestTable:
    def test_formats_have_distinct_names(self) -> None:
        assert len({each.name for each in FILE_FORMATS}) == len(FILE_FORMATS)

    @pytest.mark.parametrize("name", ["", "RIS", "endnote"])
    def test_unknown_name_is_none(self, name: str) -> None:
        assert find_reference_format(name) is None

    def test_day_of_access_is_that_of_the_reference(self) -> None:
        later: Reference = replace(REFERENCE, accessed=dt.date(2027, 1, 2))
        assert "Y2  - 2027/01/02/" in "".join(write_ris([later]))
