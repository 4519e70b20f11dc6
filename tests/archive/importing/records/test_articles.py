"""Validation of articles: rows become records or are refused, without exceptions."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import PartialDate
from archive.importing.fields import (
    ACTOR_FIELDS,
    ARTICLE_FIELDS,
    SOURCE_FIELDS,
    TOPIC_FIELDS,
    RecordField,
)
from archive.importing.mapping.columns import MappedRow
from archive.importing.mapping.options import build_mapping
from archive.importing.problems import Note, RecordRefused
from archive.importing.readers import Row
from archive.importing.records.articles import build_article
from archive.importing.records.validated import ActorRecord, ArticleRecord
from archive.models import MAX_BODY_LENGTH, Actor, Article, Source, Topic

PLAIN = {"title": "دجلة", "body": "نهر.", "source": "لغة العرب"}
LONG_TITLE = "خبر طويل " * 200

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None))
    | st.sampled_from(["1923-05", "https://x.org", "Q1", " / ", "ar", "draft", "ـ"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["name", "name_ar", "ref", "kind", "aliases", "actor"])
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


def build(**columns: Any) -> tuple[ArticleRecord, list[Note]]:
    mapping = build_mapping(ARTICLE_FIELDS)
    return build_article(mapping.apply(Row(1, {**PLAIN, **columns})))


def codes(notes: list[Note]) -> list[tuple[str, str]]:
    return [(note.field, note.code) for note in notes]


class TestValidRecords:
    def test_full_record_has_no_notes(self) -> None:
        record, notes = build(
            external_id=12,
            subtitle="فصل",
            language="ar-IQ",
            byline="بغداد: مراسلنا",
            authors=["أنستاس الكرملي", {"name": "كاظم الدجيلي", "actor": "الدجيلي"}],
            published="1911-07",
            published_as_printed="تموز ١٩١١",
            url="https://example.org/دجلة?صفحة=١",
            topics=["تاريخ", "تاريخ / أنهار", "تاريخ"],
            actors=["دجلة", {"name_ar": "بغداد", "kind": "place", "slug": "baghdad"}],
            status="draft",
            provenance={
                "acquired_from": "مكتبة",
                "acquired_at": "2020-01-02T03:04:05+03:00",
            },
        )
        assert notes == []
        assert record.external_id == "12"
        assert record.language == "ar-IQ"
        assert [author.name for author in record.authors] == [
            "أنستاس الكرملي",
            "كاظم الدجيلي",
        ]
        assert record.authors[1].actor == ActorRecord(
            "الدجيلي", is_mention=True, given=frozenset({"name_ar"})
        )
        assert record.published == PartialDate(1911, 7)
        assert record.url == "https://example.org/دجلة?صفحة=١"
        assert record.topics == (("تاريخ",), ("تاريخ", "أنهار"))
        assert [actor.kind for actor in record.actors] == ["", "place"]
        assert record.status == "draft"
        assert record.acquired_at == dt.datetime(2020, 1, 2, 0, 4, 5, tzinfo=dt.UTC)

    def test_byline_adds_no_author_and_no_actor(self) -> None:
        record, _ = build(author="لندن: رنيم حنوش")
        assert record.byline == "لندن: رنيم حنوش"
        assert (record.authors, record.actors) == ((), ())

    def test_given_fields_are_those_of_the_row(self) -> None:
        record, _ = build(url="")
        assert record.given == {"title", "body", "source", "url"}

    def test_reference_gives_the_identifiers(self) -> None:
        mention = {"name": "ابن حزم", "ref": "oape:pers:4 viaf:44300351 geon:1", "n": 3}
        (actor,) = build(actors=[mention])[0].actors
        assert actor.authority_id == "oape:pers:4"
        assert actor.other_ids == ("geon:1",)
        assert actor.viaf_id == "44300351"
        assert actor.is_mention

    def test_source_may_be_an_object(self) -> None:
        record, _ = build(source={"slug": "al-manar", "name_ar": "المنار"})
        assert (record.source.slug, record.source.name_ar) == ("al-manar", "المنار")


class TestNotes:
    def test_missing_title_is_supplied_in_brackets(self) -> None:
        record, notes = build(title=" ", body="وصلنا كتاب من  البصرة\nوفيه خبر")
        assert record.title == "[وصلنا كتاب من البصرة]"
        assert codes(notes) == [("title", "title_supplied")]

    def test_long_title_is_prepended_to_the_body(self) -> None:
        record, notes = build(title=LONG_TITLE)
        assert len(record.title) <= 1000
        assert record.title.endswith("…")
        assert record.body == f"{LONG_TITLE.strip()}\n\nنهر."
        assert codes(notes) == [("title", "title_shortened")]

    @pytest.mark.parametrize(
        ("columns", "field", "code"),
        [
            ({"body": "نهر\x1a"}, "body", "controls_removed"),
            ({"title": "نهر\ud83d"}, "title", "surrogates_replaced"),
            ({"byline": "ب" * 501}, "byline", "shortened"),
            ({"url": "javascript:alert(1)"}, "url", "bad_url"),
            ({"url": "as/blob/master#div_3"}, "url", "bad_url"),
            ({"url": "https://x.org/" + "a" * 2000}, "url", "url_too_long"),
            ({"language": "لهجة البصرة"}, "language", "bad_language"),
            ({"acquired_at": "أمس"}, "acquired_at", "bad_moment"),
            ({"acquired_at": "0001-01-01T00:00+14:00"}, "acquired_at", "bad_moment"),
            ({"topics": ["", " / "]}, "topics", "nameless_item"),
            ({"actors": [{"kind": "person"}]}, "actors", "nameless_item"),
            ({"authors": [None]}, "authors", "nameless_item"),
            ({"actors": [{"name": "س", "kind": "نبات"}]}, "actors.actors", "bad_kind"),
            (
                {"actors": [{"name": "س", "wikidata_id": "42"}]},
                "actors.wikidata_id",
                "bad_identifier",
            ),
        ],
    )
    def test_record_is_kept_with_a_note(
        self, columns: dict[str, object], field: str, code: str
    ) -> None:
        _, notes = build(**columns)
        assert codes(notes) == [(field, code)]
        assert notes[0].message

    def test_space_in_a_url_is_encoded(self) -> None:
        record, notes = build(url=" http://x.org/«أ»\xa0ب.html ")
        assert record.url == "http://x.org/«أ»%20ب.html"
        assert notes == []


class TestRefusals:
    @pytest.mark.parametrize(
        ("columns", "field", "code"),
        [
            ({"title": "", "body": None}, "", "empty"),
            ({"source": ""}, "source", "no_source"),
            ({"source": []}, "source", "no_source"),
            ({"source": "س" * 301}, "source.name_ar", "too_long_value"),
            ({"source": {"kind": "newspaper"}}, "source.name_ar", "no_name"),
            ({"source": {"name": "س", "slug": "ص"}}, "source.slug", "bad_slug"),
            ({"title": ["دجلة", "الفرات"]}, "title", "wrong_type"),
            ({"title": True}, "title", "wrong_type"),
            ({"body": {"p": "نهر"}}, "body", "wrong_type"),
            ({"external_id": "x" * 301}, "external_id", "too_long_value"),
            ({"status": "منشور"}, "status", "bad_choice"),
            ({"topics": True}, "topics", "wrong_type"),
            ({"topics": ["ت" * 301]}, "topics", "too_long_value"),
            ({"authors": ["م" * 301]}, "authors", "too_long_value"),
            ({"body": "ن" * (MAX_BODY_LENGTH + 1)}, "body", "text_too_long"),
            # A title that is moved to the text counts with it.
            (
                {"title": "ع" * 1001, "body": "ن" * MAX_BODY_LENGTH},
                "body",
                "text_too_long",
            ),
        ],
        ids=lambda value: str(value)[:60],
    )
    def test_refusal_names_reason_and_field(
        self, columns: dict[str, object], field: str, code: str
    ) -> None:
        with pytest.raises(RecordRefused) as refused:
            build(**columns)
        assert (refused.value.note.field, refused.value.note.code) == (field, code)
        assert str(refused.value)


class TestLongTexts:
    def test_longest_text_is_accepted(self) -> None:
        record, notes = build(body="ن" * MAX_BODY_LENGTH)
        assert len(record.body) == MAX_BODY_LENGTH
        assert notes == []

    def test_refusal_says_how_to_split_the_text(self) -> None:
        with pytest.raises(RecordRefused) as refused:
            build(body="ن" * (MAX_BODY_LENGTH + 1))
        with override("en"):
            message = refused.value.note.message
        assert "1000001" in message
        assert "Split it into articles of their own" in message


class TestAnyJson:
    @given(
        st.dictionaries(
            st.sampled_from([field.name for field in ARTICLE_FIELDS]), json_values
        )
    )
    def test_any_json_is_read_or_refused(self, values: dict[str, object]) -> None:
        row = {**PLAIN, **values}
        try:
            record, notes = build_article(MappedRow(1, row))
        except RecordRefused as refused:
            assert str(refused)
            return
        assert record.title
        assert all(note.message for note in notes)
        for text in (record.title, record.body, record.byline, record.source.name_ar):
            text.encode("utf-8")


class TestLimits:
    @pytest.mark.parametrize(
        ("model", "fields"),
        [
            (Article, ARTICLE_FIELDS),
            (Source, SOURCE_FIELDS),
            (Topic, TOPIC_FIELDS),
            (Actor, ACTOR_FIELDS),
        ],
    )
    def test_limits_are_those_of_the_database(
        self, model: Any, fields: tuple[RecordField, ...]
    ) -> None:
        for field in fields:
            try:
                column = model._meta.get_field(field.name)
            except FieldDoesNotExist:
                assert field.name == "published" or field.of_tables
                continue
            if field.name == "body":
                # Not of the column, because longer texts are stored already.
                assert field.limit == MAX_BODY_LENGTH
            elif not column.is_relation:
                assert field.limit == (getattr(column, "max_length", None) or 0), field
