"""Validation of authority records in various formats."""

import pytest

from archive.importing.fields import ACTOR_FIELDS
from archive.importing.identifiers import VIAF_RE, WIKIDATA_RE, read_reference
from archive.importing.mapping.columns import MappedRow
from archive.importing.mapping.options import (
    build_mapping,
    read_rules,
)
from archive.importing.problems import RecordRefused
from archive.importing.readers import Row
from archive.importing.records.authorities import build_actor, build_source, build_topic


class TestBuildActor:
    def test_authority_record_of_another_format_is_mapped(self) -> None:
        mapping = build_mapping(
            ACTOR_FIELDS,
            written=read_rules(
                [
                    "name_ar=names_ar,forms_in_text",
                    "aliases=names_ar+names_latin+forms_in_text",
                    "wikidata_id=ids.wiki",
                    "viaf_id=ids.viaf,ids.VIAF",
                ]
            ),
        )
        row = {
            "id": "oape:pers:68",
            "type": "person",
            "names_ar": ["الجاحظ"],
            "names_latin": ["al-Jāḥiẓ"],
            "ids": {"VIAF": "11070", "wiki": "Q293497"},
            "forms_in_text": {"الجاحظ": 120, "عمرو بن بحر الجاحظ": 1},
            "birth": "0776-01-01",
        }
        record, notes = build_actor(mapping.apply(Row(1, row)))
        assert notes == []
        assert record.authority_id == "oape:pers:68"
        assert record.name_ar == "الجاحظ"
        assert record.aliases == ("al-Jāḥiẓ", "عمرو بن بحر الجاحظ")
        assert (record.wikidata_id, record.viaf_id) == ("Q293497", "11070")
        assert record.began == "0776-01-01"

    def test_latin_name_replaces_a_missing_arabic_one(self) -> None:
        record, _ = build_actor(MappedRow(1, {"name_latin": "Printing House"}))
        assert record.name_ar == record.name_latin == "Printing House"

    def test_date_before_our_era_is_left_out_with_a_note(self) -> None:
        record, notes = build_actor(
            MappedRow(1, {"name_ar": "أفلاطون", "began": "-0427"})
        )
        assert record.began == ""
        assert [note.code for note in notes] == ["bad_life_date"]

    @pytest.mark.parametrize(
        ("values", "code"),
        [
            ({}, "no_name"),
            ({"name_ar": "  ", "name_latin": None}, "no_name"),
            ({"name_ar": "س", "kind": "نبات"}, "bad_choice"),
            ({"name_ar": "س", "slug": "ص"}, "bad_slug"),
            ({"name_ar": {"ar": "س"}}, "wrong_type"),
            ({"name_ar": "س", "aliases": 5}, "not_a_list"),
        ],
    )
    def test_invalid_record_is_refused(
        self, values: dict[str, object], code: str
    ) -> None:
        with pytest.raises(RecordRefused) as refused:
            build_actor(MappedRow(1, values))
        assert refused.value.note.code == code


class TestBuildSource:
    @pytest.mark.parametrize(
        ("written", "kind"),
        [
            ("جريدة", "newspaper"),
            ("الجريدة", "newspaper"),
            ("مجلّة", "magazine"),
            ("Magazine", "magazine"),
            ("news_agency", "agency"),
            ("", ""),
        ],
    )
    def test_kind_is_known_by_its_names(self, written: str, kind: str) -> None:
        record, notes = build_source(MappedRow(1, {"name_ar": "س", "kind": written}))
        assert (record.kind, notes) == (kind, [])

    def test_unknown_kind_is_not_stated(self) -> None:
        record, notes = build_source(MappedRow(1, {"name_ar": "س", "kind": "طومار"}))
        assert record.kind == ""
        assert [note.code for note in notes] == ["unknown_kind"]

    def test_invalid_home_page_is_left_out_with_a_note(self) -> None:
        record, notes = build_source(MappedRow(1, {"name_ar": "س", "home_page": "x"}))
        assert record.home_page == ""
        assert [note.code for note in notes] == ["bad_url"]


class TestBuildTopic:
    def test_null_parent_is_none(self) -> None:
        record, _ = build_topic(MappedRow(1, {"name_ar": "تاريخ", "parent": None}))
        assert record.parent == ""


class TestIdentifiers:
    @pytest.mark.parametrize(
        "text", ["Q42", "https://www.wikidata.org/wiki/Q42", "wd:Q42"]
    )
    def test_wikidata(self, text: str) -> None:
        match = WIKIDATA_RE.fullmatch(text)
        assert match
        assert match[1] == "Q42"

    @pytest.mark.parametrize("text", ["11070", "http://viaf.org/viaf/11070/"])
    def test_viaf(self, text: str) -> None:
        match = VIAF_RE.fullmatch(text)
        assert match
        assert match[1] == "11070"

    def test_empty_reference_has_no_identifiers(self) -> None:
        assert read_reference(" ") == {}
