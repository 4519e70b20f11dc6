"""The mapping from columns to fields."""

import json
from pathlib import Path

import pytest

from archive.importing.fields import ACTOR_FIELDS, ARTICLE_FIELDS
from archive.importing.mapping.columns import FieldMapping
from archive.importing.mapping.options import (
    MappingError,
    build_mapping,
    read_constants,
    read_rules,
)
from archive.importing.readers import Row


def values_of(mapping: FieldMapping, **columns: object) -> dict[str, object]:
    return dict(mapping.apply(Row(1, columns)).values)


class TestUsualNames:
    @pytest.mark.parametrize(
        ("column", "field"),
        [
            ("id", "external_id"),
            ("text", "body"),
            ("lang", "language"),
            ("date", "published"),
            ("link", "url"),
            ("العنوان", "title"),
            ("النص", "body"),
        ],
    )
    def test_synonym_is_read(self, column: str, field: str) -> None:
        assert values_of(build_mapping(ARTICLE_FIELDS), **{column: "x"}) == {field: "x"}

    def test_author_column_is_a_byline(self) -> None:
        values = values_of(build_mapping(ARTICLE_FIELDS), author="لندن: رنيم")
        assert values == {"byline": "لندن: رنيم"}

    def test_provenance_is_read_from_an_object(self) -> None:
        values = values_of(
            build_mapping(ARTICLE_FIELDS), provenance={"acquired_from": "مكتبة"}
        )
        assert values["acquired_from"] == "مكتبة"

    def test_own_name_is_preferred_to_a_synonym(self) -> None:
        values = values_of(build_mapping(ARTICLE_FIELDS), text="ب", body="أ")
        assert values["body"] == "أ"


class TestMap:
    def test_first_column_with_a_value_is_read(self) -> None:
        mapping = build_mapping(
            ARTICLE_FIELDS, written=read_rules(["published=published,date_partial"])
        )
        assert values_of(mapping, published=None, date_partial="1906-02") == {
            "published": "1906-02"
        }

    def test_empty_columns_give_an_empty_field(self) -> None:
        mapping = build_mapping(
            ARTICLE_FIELDS, written=read_rules(["subtitle=lead,abstract"])
        )
        assert values_of(mapping, lead="", abstract=None) == {"subtitle": ""}

    def test_missing_columns_give_no_field(self) -> None:
        mapping = build_mapping(ARTICLE_FIELDS, written=read_rules(["subtitle=lead"]))
        assert values_of(mapping, title="x") == {"title": "x"}

    def test_plus_joins_lists_and_sets_kinds(self) -> None:
        mapping = build_mapping(
            ARTICLE_FIELDS, written=read_rules(["actors=persons:person+places:place"])
        )
        values = values_of(
            mapping,
            persons=[{"name": "الجاحظ", "ref": "oape:pers:68"}],
            places=["البصرة", {"name": "بغداد", "kind": "organisation"}],
        )
        assert values["actors"] == [
            {"name": "الجاحظ", "ref": "oape:pers:68", "kind": "person"},
            {"name": "البصرة", "kind": "place"},
            {"name": "بغداد", "kind": "organisation"},
        ]

    def test_plus_joins_texts_by_paragraphs_in_the_body(self) -> None:
        mapping = build_mapping(ARTICLE_FIELDS, written=read_rules(["body=lead+text"]))
        assert values_of(mapping, lead="أ", text="ب") == {"body": "أ\n\nب"}

    def test_dot_reads_from_an_object(self) -> None:
        mapping = build_mapping(
            ACTOR_FIELDS, written=read_rules(["wikidata_id=ids.wiki"])
        )
        values = values_of(mapping, ids={"wiki": "Q293497"}, name="الجاحظ")
        assert values["wikidata_id"] == "Q293497"

    def test_spellings_with_counts_are_sorted_by_count(self) -> None:
        mapping = build_mapping(
            ACTOR_FIELDS,
            written=read_rules(["name_ar=names_ar,forms", "aliases=names_ar+forms"]),
        )
        values = values_of(mapping, names_ar=[], forms={"لجاحظ": 5, "الجاحظ": 120})
        assert values["name_ar"] == "الجاحظ"
        assert values["aliases"] == ["الجاحظ", "لجاحظ"]

    @pytest.mark.parametrize("text", ["titel=x", "=x", "title", "title=", "title=+,"])
    def test_invalid_rule_is_refused(self, text: str) -> None:
        with pytest.raises(MappingError):
            build_mapping(ARTICLE_FIELDS, written=read_rules([text]))

    def test_unknown_field_is_refused_with_the_known_ones(self) -> None:
        with pytest.raises(MappingError, match="external_id, title, subtitle, body"):
            build_mapping(ARTICLE_FIELDS, written=read_rules(["headline=title"]))


class TestSet:
    def test_constant_replaces_columns(self) -> None:
        mapping = build_mapping(
            ARTICLE_FIELDS, constants=read_constants(["source=المقتبس"])
        )
        assert values_of(mapping, source="المنار") == {"source": "المقتبس"}

    def test_constant_may_contain_an_equals_sign(self) -> None:
        mapping = build_mapping(
            ARTICLE_FIELDS, constants=read_constants(["url=https://x.org/?a=1"])
        )
        assert values_of(mapping)["url"] == "https://x.org/?a=1"


class TestDefaults:
    def test_default_fills_an_empty_field_and_is_not_given(self) -> None:
        mapping = build_mapping(ARTICLE_FIELDS, defaults={"source": "المنار"})
        mapped = mapping.apply(Row(1, {"source": ""}))
        assert mapped.values["source"] == "المنار"
        assert mapped.defaulted == {"source"}

    def test_value_of_the_file_is_kept(self) -> None:
        mapping = build_mapping(ARTICLE_FIELDS, defaults={"source": "المنار"})
        assert values_of(mapping, source="المقتبس") == {"source": "المقتبس"}


class TestCells:
    @pytest.mark.parametrize("cell", ["تاريخ; أدب", "تاريخ؛ أدب", "تاريخ;أدب؛"])
    def test_cell_is_split_at_both_semicolons(self, cell: str) -> None:
        mapping = build_mapping(ARTICLE_FIELDS).with_separator("")
        assert values_of(mapping, topics=cell) == {"topics": ["تاريخ", "أدب"]}

    def test_other_separator_leaves_semicolons(self) -> None:
        mapping = build_mapping(ARTICLE_FIELDS).with_separator("|")
        assert values_of(mapping, topics="أ; ب|ج") == {"topics": ["أ; ب", "ج"]}

    def test_text_in_json_is_one_item(self) -> None:
        values = values_of(build_mapping(ARTICLE_FIELDS), topics="تاريخ; أدب")
        assert values == {"topics": ["تاريخ; أدب"]}


class TestMappingFile:
    def test_texts_and_lists_are_read(self, tmp_path: Path) -> None:
        file = tmp_path / "mapping.json"
        rules = {"title": "headline", "body": [["lead, short", "text"], "content"]}
        file.write_text(json.dumps(rules), "utf-8")
        mapping = build_mapping(ARTICLE_FIELDS, written=read_rules(file=file))
        values = values_of(mapping, headline="ع", text="ب", **{"lead, short": "أ"})
        assert values == {"title": "ع", "body": "أ\n\nب"}

    @pytest.mark.parametrize("content", ["{", "[]", '{"titel": "x"}', '{"title": 5}'])
    def test_invalid_file_is_refused(self, tmp_path: Path, content: str) -> None:
        file = tmp_path / "mapping.json"
        file.write_text(content, "utf-8")
        with pytest.raises(MappingError):
            build_mapping(ARTICLE_FIELDS, written=read_rules(file=file))

    def test_missing_file_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(MappingError, match=r"missing\.json"):
            build_mapping(
                ARTICLE_FIELDS, written=read_rules(file=tmp_path / "missing.json")
            )


class TestColumnsSeen:
    def test_rows_with_different_columns_are_mapped(self) -> None:
        mapping = build_mapping(ARTICLE_FIELDS)
        assert values_of(mapping, text="أ") == {"body": "أ"}
        assert values_of(mapping, content="ب") == {"body": "ب"}
        assert values_of(mapping, content="ب", text="أ") == {"body": "أ"}
