"""JSON Lines: the import reads an export back without loss."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.models import Actor, Article, Source, Topic
from search.export.entries import iter_entries
from search.export.lines import write_lines
from tests.search.export.circumstances import ABOUT
from tests.search.library import Library

# What articles hold and formats trip over, beside letters.
awkward = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cn"]),
        st.sampled_from("\"'\\/;؛,=+-@\t\r\n\u2028\u200f\u200c\u202bابتثًّـ١٢"),
    ),
    max_size=60,
)
names = st.text("ابتثجح \"'=;,", min_size=3, max_size=20).map(lambda text: f"ا{text}ب")
dates = st.sampled_from(["", "1923", "1923-05", "1923-05-14", "1405 م"])
records = st.fixed_dictionaries(
    {
        "external_id": st.integers(1, 10**9).map(str),
        "title": awkward.map(lambda text: f"=ع{text}"),
        "subtitle": awkward,
        "body": awkward,
        "byline": awkward,
        "source": names,
        "authors": st.lists(names, max_size=3),
        "published": dates,
        "published_as_printed": awkward,
        "topics": st.lists(names, max_size=2),
        "actors": st.lists(names, max_size=3),
    }
)


def _export() -> bytes:
    articles = Article.objects.order_by("pk")
    return "".join(write_lines(iter_entries(articles), ABOUT)).encode()


def _import(content: bytes, file: Path) -> None:
    file.write_bytes(content)
    call_command("import_articles", file, verbosity=0)


def _empty_the_archive() -> None:
    for model in (Article, Actor, Source):
        model.objects.all().delete()
    Topic.objects.filter(parent__isnull=False).delete()
    Topic.objects.all().delete()


class TestWriteLines:
    def test_each_line_is_an_interchange_record(self, library: Library) -> None:
        entries = iter_entries([library["vocalised"], library["undated"]])
        first, second = write_lines(entries, ABOUT)
        record = json.loads(first)
        assert record["title"] == "الكِتَابُ وَالْقَلَمُ"
        assert record["published"] == "1923-05-14"
        assert record["source"]["slug"] == "gazette"
        assert record["topics"] == ["الصحافة / الجرائد"]
        assert record["actors"][0]["aliases"] == ["عميد الأدب العربي"]
        assert set(record["provenance"]) == {
            "acquired_from",
            "acquired_at",
            "content_hash",
        }
        assert json.loads(second)["published"] == ""

    def test_arabic_is_unescaped_without_byte_order_mark(
        self, library: Library
    ) -> None:
        (line,) = write_lines(iter_entries([library["tatweel"]]), ABOUT)
        assert "العـــراق الجديـــد" in line
        assert line.startswith('{"external_id":')
        assert line.endswith("}\n")

    def test_line_breaks_of_texts_are_escaped(self, library: Library) -> None:
        (line,) = write_lines(iter_entries([library["paragraphs"]]), ABOUT)
        assert line.count("\n") == 1


class TestRoundTrip:
    @given(
        st.lists(
            records,
            min_size=1,
            max_size=12,
            unique_by=lambda record: record["external_id"],
        )
    )
    # Each example imports twice and exports twice.
    @settings(max_examples=settings().max_examples // 25)
    def test_exported_records_are_imported_unchanged(
        self, db: None, no_index: Path, records: list[dict[str, object]]
    ) -> None:
        _empty_the_archive()
        lines = "".join(json.dumps(record) + "\n" for record in records)
        _import(lines.encode(), no_index / "in.jsonl")
        exported = _export()
        assert exported.count(b"\n") == len(records)
        _empty_the_archive()
        _import(exported, no_index / "out.jsonl")
        assert _export() == exported

    def test_importing_an_export_changes_nothing(
        self, library: Library, no_index: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        exported = _export()
        file = no_index / "out.jsonl"
        file.write_bytes(exported)
        call_command("import_articles", file, "--json")
        summary = json.loads(capsys.readouterr().out)
        assert summary["added"] == 0
        assert Article.objects.count() == len(library.articles)
