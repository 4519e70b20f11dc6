"""An export is imported again whole, and an export of any size takes little memory."""

import csv
import gc
import io
import tracemalloc
import unicodedata
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from archive.models import Actor, Article, Source, Topic
from search.indexing.rebuild import rebuild
from tests.search.library import ENTRIES, Library

CSV = "/ar/search/export/csv/"


LINES = "/ar/search/export/jsonl/"


PUBLISHED = sum(entry.status == "published" for entry in ENTRIES)


ROWS = 10_000


@pytest.fixture(autouse=True)
def _forget_holdings() -> None:
    """The numbers in the footer are remembered for a minute, across tests too."""
    cache.clear()


def _table(client: Client, query_string: str = "") -> list[dict[str, str]]:
    response = client.get(f"{CSV}?{query_string}&raw=1")
    assert response.status_code == 200
    text = response.getvalue().decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


class TestRoundTrip:
    def test_export_of_an_import_is_byte_for_byte_the_same(
        self, client: Client, library: Library, no_index: Path
    ) -> None:
        first = _move(client, no_index / "first.jsonl")
        second = _move(client, no_index / "second.jsonl")
        assert second == first
        assert first.count(b"\n") == PUBLISHED


class TestTableRoundTrip:
    """Tables for spreadsheets have headings in two languages; the import knows them."""

    @pytest.mark.parametrize("language", ["ar", "en"])
    @pytest.mark.parametrize("name", ["csv", "xlsx"])
    def test_table_is_imported_whole(
        self,
        client: Client,
        library: Library,
        no_index: Path,
        language: str,
        name: str,
    ) -> None:
        # Names that a table has only one of: their Latin form and aliases stay behind.
        own = ("article_id", "address", "content_hash", "acquired_at")
        before = _table(client, "sort=oldest")
        address = f"/{language}/search/export/{name}/?sort=oldest"
        _import_elsewhere(client, address, no_index / f"table.{name}")
        after = _table(client, "sort=oldest")
        for rows in (before, after):
            rows.sort(key=lambda row: row["external_id"])
            for row in rows:
                for column in own:
                    del row[column]
                for column, text in row.items():
                    # The import composes letters and takes blanks off the end.
                    row[column] = unicodedata.normalize("NFC", text).strip()
        assert after == before


def _move(client: Client, file: Path) -> bytes:
    """What an empty archive exports after the import of what this one exports."""
    address = f"{LINES}?sort=oldest"
    _import_elsewhere(client, address, file)
    return bytes(client.get(address).getvalue())


def _import_elsewhere(client: Client, address: str, file: Path) -> None:
    """Import what *address* exports to *file* into an empty archive, and index it."""
    file.write_bytes(client.get(address).getvalue())
    for model in (Article, Actor, Source):
        model.objects.all().delete()
    while Topic.objects.exists():
        Topic.objects.filter(children=None).delete()
    call_command("import_articles", file, verbosity=0)
    rebuild()


@pytest.mark.slow
class TestMemory:
    def test_memory_does_not_grow_with_the_archive(
        self, client: Client, db: None, no_index: Path, settings: Settings
    ) -> None:
        settings.EXPORT_GUEST_MAX_ROWS = ROWS
        source = Source.objects.create(slug="daily", name_ar="اليومية")
        Article.objects.bulk_create(
            Article(title=f"خبر {number}", body="وصل القطار صباحا.", source=source)
            for number in range(ROWS)
        )
        rebuild()
        # Waste is collected the later the more is alive, and earlier tests leave much.
        gc.collect()
        gc.freeze()
        tracemalloc.start()
        try:
            chunks = iter(client.get(LINES).streaming_content)
            rows, peaks = 0, []
            for chunk in chunks:
                rows += chunk.count(b"\n")
                peaks.append((rows, tracemalloc.get_traced_memory()[1]))
        finally:
            tracemalloc.stop()
        assert rows == ROWS
        early = max(peak for rows, peak in peaks if rows <= ROWS // 4)
        assert peaks[-1][1] < early * 1.25
