"""The indexer: crashes repeat work and lose none; a broken index stops no editor."""

import json
import logging
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet

from archive.models import Article
from search.errors import IndexUnavailable
from search.indexing import indexer
from search.indexing.connections import site_engine
from search.indexing.indexer import DrainResult, drain
from search.indexing.lock import IndexerBusy, indexer_lock
from search.models import OutboxEntry
from tests.search.library import Library
from tests.search.searching import search

pytestmark = pytest.mark.django_db(transaction=True)


class PowerCut(Exception):
    """Stands for the death of the process."""


class TestDrain:
    def test_result_counts_indexed_and_removed_articles(self, library: Library) -> None:
        articles = [library[name].pk for name in ("digits", "draft", "tatweel")]
        OutboxEntry.objects.bulk_create(
            OutboxEntry(article_id=pk) for pk in [*articles, *articles, 9_999]
        )
        rows: list[int] = []
        assert drain(progress=rows.append) == DrainResult(indexed=2, removed=2)
        assert rows == [7]
        assert not OutboxEntry.objects.exists()

    def test_empty_outbox_makes_no_commit(self, library: Library) -> None:
        before = site_engine().status()
        assert drain() == DrainResult()
        assert site_engine().status() == before

    def test_all_batches_are_indexed(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(indexer, "BATCH", 10)
        everything = Article.objects.published()
        OutboxEntry.objects.bulk_create(
            OutboxEntry(article_id=article.pk) for article in everything
        )
        before = search("").total
        assert drain().indexed == before
        assert search("").total == before

    def test_busy_indexer_raises_and_rows_stay(self, library: Library) -> None:
        OutboxEntry.objects.create(article_id=library["digits"].pk)
        with indexer_lock(), pytest.raises(IndexerBusy):
            drain()
        assert OutboxEntry.objects.count() == 1

    def test_crash_after_the_commit_repeats_the_work(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Article.objects.filter(pk=library["digits"].pk).update(body="عنقاء")
        OutboxEntry.objects.create(article_id=library["digits"].pk)

        def die(self: QuerySet[OutboxEntry]) -> None:
            raise PowerCut

        with monkeypatch.context() as patch, pytest.raises(PowerCut):
            patch.setattr(QuerySet, "delete", die)
            drain()
        # The index has it already, the outbox still asks for it.
        assert search("عنقاء").total == 1
        assert OutboxEntry.objects.count() == 1
        assert drain() == DrainResult(indexed=1)
        assert search("عنقاء").total == 1

    def test_crash_before_the_commit_loses_no_row(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Article.objects.filter(pk=library["digits"].pk).update(body="عنقاء")
        OutboxEntry.objects.create(article_id=library["digits"].pk)

        def die(*_of_article: object) -> None:
            raise PowerCut

        with monkeypatch.context() as patch, pytest.raises(PowerCut):
            patch.setattr("search.indexing.documents.build_document", die)
            drain()
        assert search("عنقاء").total == 0
        assert search("1948").total == 1
        assert drain() == DrainResult(indexed=1)
        assert search("عنقاء").total == 1


@pytest.mark.embedded("damages files of an index")
class TestSavingWithABrokenIndex:
    @pytest.mark.parametrize("pattern", ["*.segment", "*.toc"])
    def test_article_is_saved_and_its_row_waits(
        self,
        library: Library,
        no_index: Path,
        caplog: pytest.LogCaptureFixture,
        pattern: str,
    ) -> None:
        for path in (no_index / "index").rglob(pattern):
            path.write_bytes(path.read_bytes()[:40])
        article = library["digits"]
        article.title = "عنقاء الصباح"
        with caplog.at_level(logging.ERROR):
            article.save()
        assert "wait in the outbox" in caplog.text
        assert OutboxEntry.objects.count() == 1
        with pytest.raises(IndexUnavailable):
            search("عنقاء")
        call_command("rebuild_index", stdout=StringIO(), verbosity=0)
        assert search("عنقاء").total == 1
        assert not OutboxEntry.objects.exists()

    def test_saving_process_indexes_one_batch_of_a_backlog(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(indexer, "BATCH_WHILE_SAVING", 10)
        OutboxEntry.objects.bulk_create(
            OutboxEntry(article_id=library["digits"].pk) for _ in range(25)
        )
        library["tatweel"].save()
        assert OutboxEntry.objects.count() == 16


class TestIndexWorker:
    def test_once_drains_the_outbox_and_ends(self, library: Library) -> None:
        OutboxEntry.objects.create(article_id=library["digits"].pk)
        out = StringIO()
        call_command("index_worker", "--once", stdout=out)
        assert out.getvalue()
        assert not OutboxEntry.objects.exists()

    def test_rows_are_left_to_a_busy_indexer(self, library: Library) -> None:
        OutboxEntry.objects.create(article_id=library["digits"].pk)
        with indexer_lock():
            call_command("index_worker", "--once", stdout=StringIO())
        assert OutboxEntry.objects.count() == 1

    def test_json_has_the_counts(self, library: Library) -> None:
        OutboxEntry.objects.create(article_id=library["digits"].pk)
        out = StringIO()
        call_command("index_worker", "--once", "--json", stdout=out)
        assert json.loads(out.getvalue()) == {"indexed": 1, "removed": 0}

    @pytest.mark.embedded("takes the folder of the index away; see test_cluster.py")
    def test_once_without_an_index_exits_with_2(
        self, library: Library, no_index: Path
    ) -> None:
        OutboxEntry.objects.create(article_id=library["digits"].pk)
        shutil.rmtree(no_index / "index")
        with pytest.raises(CommandError) as refused:
            call_command("index_worker", "--once", stdout=StringIO())
        assert refused.value.returncode == 2
        assert OutboxEntry.objects.count() == 1
