"""Rebuilds beside the live index; a damaged index raises and never answers wrong."""

import json
import shutil
import threading
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from archive.models import Article
from search.arabic.lexicon import installed, location
from search.engines.contract import EngineRequest
from search.errors import IndexUnavailable
from search.indexing import rebuild as rebuild_module
from search.indexing.connections import site_engine
from search.indexing.rebuild import rebuild
from search.models import OutboxEntry
from search.query.parse import parse
from tests.search.engine_choice import age_index
from tests.search.library import ENTRIES, Library
from tests.search.searching import make_request, search

PUBLISHED = len(ENTRIES) - 2
QUERIES = ("", "بيان", "مطبعة", '"سكة حديد الحجاز"', "title:الزنبق", "bbc", "-بيان")

pytestmark = pytest.mark.django_db(transaction=True)


def _folders(data_dir: Path) -> set[str]:
    return {path.name for path in (data_dir / "index").glob("generation-*")}


def _rebuild_command(*arguments: str) -> Any:
    out = StringIO()
    call_command("rebuild_index", "--json", *arguments, stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def _answers() -> list[Any]:
    """Totals, rows, facets and dates of several searches."""
    return [
        (
            results.total,
            [row.article.pk for row in results.rows],
            [[(b.value, b.count) for b in facet.buckets] for facet in results.facets],
            [(bucket.iso, bucket.count) for bucket in results.dates.buckets],
        )
        for results in (search(make_request(query)) for query in QUERIES)
    ]


class TestRebuild:
    def test_new_index_gives_the_same_answers(self, library: Library) -> None:
        before = _answers()
        assert rebuild() == PUBLISHED
        assert _answers() == before

    def test_change_without_a_signal_is_indexed(self, library: Library) -> None:
        Article.objects.filter(pk=library["digits"].pk).update(body="عنقاء")
        assert search("عنقاء").total == 0
        rebuild()
        assert search("عنقاء").total == 1

    def test_rows_of_the_outbox_are_acknowledged(self, library: Library) -> None:
        OutboxEntry.objects.create(article_id=library["digits"].pk)
        rebuild()
        assert not OutboxEntry.objects.exists()

    def test_article_saved_during_the_rebuild_is_found_afterwards(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        build = rebuild_module._iter_batches

        def save_at_the_end(using: str, progress: Any) -> Iterator[Any]:
            yield from build(using, progress)
            article = library["digits"]
            article.body = "عنقاء"
            article.save()

        monkeypatch.setattr(rebuild_module, "_iter_batches", save_at_the_end)
        _rebuild_command()
        assert search("عنقاء").total == 1
        assert not OutboxEntry.objects.exists()

    @pytest.mark.embedded("looks for folders; see test_cluster.py")
    def test_last_generation_is_kept_and_older_ones_are_removed(
        self, library: Library, no_index: Path
    ) -> None:
        first = _folders(no_index)
        rebuild()
        second = _folders(no_index)
        rebuild()
        third = _folders(no_index)
        assert (len(first), len(second), len(third)) == (1, 2, 2)
        assert first < second
        assert not first & third
        assert second & third == second - first

    def test_failed_rebuild_leaves_the_live_index(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def die(*arguments: object) -> None:
            raise RuntimeError

        before = _answers()
        with monkeypatch.context() as patch, pytest.raises(RuntimeError):
            patch.setattr("search.indexing.documents.build_document", die)
            rebuild()
        assert _answers() == before

    def test_searches_during_rebuilds_see_a_full_index(self, library: Library) -> None:
        answers: list[object] = []
        stop = threading.Event()
        request = EngineRequest(query=parse("بيان"))

        def watch() -> None:
            # The engine alone, for threads cannot share the tests' database.
            while not stop.is_set():
                try:
                    answers.append(site_engine().run(request).total)
                except IndexUnavailable as error:
                    answers.append(error)

        threads = [threading.Thread(target=watch) for _ in range(2)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(4):
                rebuild()
                # Small commits and merges between the rebuilds, too.
                for name in ("digits", "tatweel", "undated"):
                    library[name].save()
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        assert set(answers) == {45}


class TestCommand:
    def test_json_counts_the_documents(self, library: Library) -> None:
        said = _rebuild_command()
        assert (said["built"], said["documents"]) == (True, PUBLISHED)

    def test_if_needed_does_not_rebuild_a_current_index(
        self, library: Library, no_index: Path
    ) -> None:
        before = _folders(no_index)
        said = _rebuild_command("--if-needed")
        assert said == {"built": False, "documents": PUBLISHED}
        assert _folders(no_index) == before

    @pytest.mark.embedded("takes the folder of the index away; see test_cluster.py")
    def test_if_needed_builds_a_missing_index(
        self, library: Library, no_index: Path
    ) -> None:
        shutil.rmtree(no_index / "index")
        assert _rebuild_command("--if-needed")["built"]
        assert search("").total == PUBLISHED

    def test_if_needed_builds_for_a_new_analyzer_version(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        age_index(monkeypatch)
        assert not site_engine().status().current
        # Until then the old one serves.
        assert search("").total == PUBLISHED
        assert _rebuild_command("--if-needed")["built"]
        assert site_engine().status().current

    def test_if_needed_builds_for_another_lexicon(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(location, "digest", lambda: "another")
        monkeypatch.setattr(installed.current(), "digest", "another")
        assert not site_engine().status().current
        # Until then the old one serves.
        assert search("").total == PUBLISHED
        assert _rebuild_command("--if-needed")["built"]
        assert site_engine().status().current

    @pytest.mark.embedded("damages files of an index")
    def test_if_needed_replaces_a_damaged_index(
        self, library: Library, no_index: Path
    ) -> None:
        for path in (no_index / "index").rglob("*.toc"):
            path.write_bytes(b"")
        assert _rebuild_command("--if-needed")["built"]
        assert search("").total == PUBLISHED


def _live_files(data_dir: Path) -> list[Path]:
    return [
        path
        for pattern in ("*.segment", "*.toc")
        for path in (data_dir / "index").rglob(pattern)
    ]


@pytest.fixture
def fresh_copy(library: Library, no_index: Path, tmp_path: Path) -> Iterator[Any]:
    """A function that replaces the index by a copy that another function has edited."""
    whole = tmp_path / "whole"
    shutil.move(no_index / "index", whole)
    turn = 0

    def change(edit: Any) -> None:
        nonlocal turn
        turn += 1
        target = no_index / "index"
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(whole, target)
        # A name of its own, for files that are open already never change.
        live = (target / "live").read_text()
        (target / live).rename(target / f"{live}-{turn}")
        (target / "live").write_text(f"{live}-{turn}")
        edit(no_index)

    return change


def _flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x10
    path.write_bytes(content)


@pytest.mark.embedded("damages files of an index")
class TestDamage:
    def test_copied_index_answers(self, library: Library, fresh_copy: Any) -> None:
        fresh_copy(lambda data_dir: None)
        assert search("").total == PUBLISHED

    @pytest.mark.parametrize("kind", [".segment", ".toc"])
    def test_altered_byte_gives_an_error_or_the_same_answers(
        self, library: Library, no_index: Path, fresh_copy: Any, kind: str
    ) -> None:
        fresh_copy(lambda data_dir: None)
        right = _answers()
        (path,) = [one for one in _live_files(no_index) if one.suffix == kind]
        size = path.stat().st_size
        refused = 0
        places = [*range(0, size, max(1, size // 40)), size - 1]
        for place in places:

            def flip(data_dir: Path, place: int = place) -> None:
                for one in _live_files(data_dir):
                    if one.suffix == kind:
                        _flip(one, place)

            fresh_copy(flip)
            try:
                assert _answers() == right
            except IndexUnavailable as error:
                assert kind in error.fragment
                refused += 1
        # Bytes that only pad, or that no search reads, change nothing.
        assert refused > len(places) // 2

    @pytest.mark.parametrize("kind", [".segment", ".toc"])
    @pytest.mark.parametrize("kept", [0, 10, 200, -1])
    def test_truncated_file_is_named_in_the_error(
        self,
        library: Library,
        no_index: Path,
        fresh_copy: Any,
        kind: str,
        kept: int,
    ) -> None:
        def cut(data_dir: Path) -> None:
            for path in _live_files(data_dir):
                if path.suffix == kind:
                    path.write_bytes(path.read_bytes()[:kept])

        fresh_copy(cut)
        with pytest.raises(IndexUnavailable) as caught:
            search("بيان")
        assert caught.value.fragment.endswith(kind)
        assert kind in str(caught.value)

    @pytest.mark.parametrize("kind", [".segment", ".toc"])
    def test_missing_file_is_an_error(
        self, library: Library, fresh_copy: Any, kind: str
    ) -> None:
        def remove(data_dir: Path) -> None:
            for path in _live_files(data_dir):
                if path.suffix == kind:
                    path.unlink()

        fresh_copy(remove)
        with pytest.raises(IndexUnavailable):
            search("بيان")

    @pytest.mark.parametrize("name", [b"", b"generation-of-nowhere", b"\xff\xfe", b"."])
    def test_pointer_to_no_generation_is_an_error(
        self, library: Library, no_index: Path, name: bytes
    ) -> None:
        (no_index / "index" / "live").write_bytes(name)
        with pytest.raises(IndexUnavailable):
            search("بيان")

    def test_removed_index_is_an_error(self, library: Library, no_index: Path) -> None:
        shutil.rmtree(no_index / "index")
        with pytest.raises(IndexUnavailable):
            search("بيان")

    def test_index_removed_while_open_is_an_error(
        self, library: Library, no_index: Path
    ) -> None:
        assert search("بيان").total
        (folder,) = (no_index / "index").glob("generation-*")
        shutil.rmtree(folder)
        with pytest.raises(IndexUnavailable):
            search("بيان")

    def test_saved_article_creates_no_partial_index(
        self, library: Library, no_index: Path
    ) -> None:
        shutil.rmtree(no_index / "index")
        library["digits"].save()
        with pytest.raises(IndexUnavailable):
            search("")
        assert OutboxEntry.objects.count() == 1
        _rebuild_command()
        assert search("").total == PUBLISHED
