"""Reconciliation: finds and repairs differences, among which saves are none."""

import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from archive.models import Actor, Article, Status, TopicTree
from search.fields import DOCUMENT_HASH
from search.indexing import reconcile as module
from search.indexing.connections import site_engine
from search.indexing.documents import build_document, build_identifier, hash_document
from search.indexing.lock import indexer_lock
from search.indexing.reconcile import (
    RECORD_FILE,
    Difference,
    iter_differences,
    read_record,
    reconcile,
    repair,
)
from search.indexing.relations import Relations
from search.models import OutboxEntry
from search.search_indexes import ArticleIndex
from tests.search.engine_choice import age_index
from tests.search.library import ENTRIES, Library
from tests.search.searching import search

PUBLISHED = len(ENTRIES) - 2

pytestmark = pytest.mark.django_db(transaction=True)


def _silently(article: Article, **values: Any) -> None:
    """Change an article as SQL does, so that no signal is sent."""
    Article.objects.filter(pk=article.pk).update(**values)


def _take_out(*articles: Article) -> None:
    gone = [build_identifier(article.pk) for article in articles]
    site_engine().apply([], gone, merge_all=True)


def _command(*arguments: str) -> tuple[Any, int]:
    """What the command prints as JSON, and its exit status."""
    out = StringIO()
    try:
        call_command("reconcile_index", "--json", *arguments, stdout=out)
    except CommandError as error:
        return json.loads(out.getvalue()), error.returncode
    return json.loads(out.getvalue()), 0


class TestDocumentHash:
    @pytest.mark.parametrize(
        "values",
        [
            {"title": "عنوان آخر"},
            {"subtitle": "عنوان فرعي"},
            {"body": "متن آخر"},
            {"byline": "بقلم آخر"},
            {"published_as_printed": "", "published_on": "1931-01-01"},
            {"source_id": 3},
        ],
    )
    def test_hash_changes_with_each_indexed_value(
        self, library: Library, values: dict[str, Any]
    ) -> None:
        _silently(library["vocalised"], **values)
        assert reconcile().stale == (library["vocalised"].pk,)

    def test_hash_ignores_values_that_are_not_indexed(self, library: Library) -> None:
        _silently(library["vocalised"], url="https://example.org/", language="en")
        assert not reconcile().list_differing()

    def test_changed_name_makes_all_its_articles_stale(self, library: Library) -> None:
        Actor.objects.filter(slug="taha").update(name_ar="طه أفندي حسين")
        named = library["vocalised"].pk, library["alias_match"].pk
        assert reconcile().stale == tuple(sorted(named))

    def test_hash_fits_63_bits(self, library: Library) -> None:
        hashes = [one for _, one in site_engine().iter_hashes()]
        assert len(set(hashes)) == PUBLISHED
        assert all(0 <= one < 2**63 for one in hashes)

    def test_hash_covers_all_other_fields(self, library: Library) -> None:
        article = library["vocalised"]
        relations = Relations.of([article])
        document = build_document(article, relations, TopicTree.load())
        kept = document.pop(DOCUMENT_HASH)
        assert kept == hash_document(document)
        assert dict(site_engine().iter_hashes())[article.pk] == kept


class TestDifferences:
    @pytest.mark.parametrize(
        ("database", "index", "differences"),
        [
            ([], [], []),
            ([(1, 5)], [(1, 5)], []),
            ([(1, 5)], [], [(Difference.MISSING, 1)]),
            ([], [(1, 5)], [(Difference.SURPLUS, 1)]),
            ([(1, 5)], [(1, 6)], [(Difference.STALE, 1)]),
            ([(1, 5)], [(1, -(2**63))], [(Difference.STALE, 1)]),
            # A second document of an article that has one.
            ([(1, 5), (2, 6)], [(1, 5), (1, 5), (2, 6)], [(Difference.SURPLUS, 1)]),
            (
                [(2, 5), (4, 5), (6, 5)],
                [(1, 5), (2, 5), (3, 5), (5, 5), (6, 4), (7, 5)],
                [
                    (Difference.SURPLUS, 1),
                    (Difference.SURPLUS, 3),
                    (Difference.MISSING, 4),
                    (Difference.SURPLUS, 5),
                    (Difference.STALE, 6),
                    (Difference.SURPLUS, 7),
                ],
            ),
        ],
    )
    def test_differences_of_two_ascending_lists(
        self,
        database: list[tuple[int, int]],
        index: list[tuple[int, int]],
        differences: list[tuple[Difference, int]],
    ) -> None:
        assert list(iter_differences(database, index)) == differences


class TestReconcile:
    def test_current_index_has_no_differences(self, library: Library) -> None:
        found = reconcile()
        assert (found.articles, found.documents) == (PUBLISHED, PUBLISHED)
        assert found.current
        assert found.list_differing() == []

    def test_missing_stale_and_surplus_articles_are_told_apart(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "BATCH", 7)
        monkeypatch.setattr(module, "CONFIRM_BATCH", 2)
        _silently(library["digits"], body="عنقاء")
        _silently(library["tatweel"], status=Status.WITHDRAWN)
        _silently(library["draft"], status=Status.PUBLISHED)
        deleted = library["undated"].pk
        Article.objects.filter(pk=deleted)._raw_delete("default")  # type: ignore[attr-defined]
        _take_out(library["english"])
        found = reconcile()
        assert found.stale == (library["digits"].pk,)
        assert found.surplus == tuple(sorted((library["tatweel"].pk, deleted)))
        assert found.missing == tuple(
            sorted((library["draft"].pk, library["english"].pk))
        )

    def test_progress_adds_up_to_the_published_articles(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "BATCH", 7)
        batches: list[int] = []
        reconcile(progress=batches.append)
        assert sum(batches) == PUBLISHED
        assert max(batches) == 7

    def test_waiting_rows_are_counted_and_no_differences(
        self, library: Library
    ) -> None:
        _silently(library["digits"], body="عنقاء")
        OutboxEntry.objects.create(article_id=library["digits"].pk)
        found = reconcile()
        assert found.waiting <= 1
        assert found.list_differing() == []

    def test_article_saved_and_indexed_meanwhile_is_no_difference(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "BATCH", 7)
        late = [library[name] for name in ("english", "bulletin_3", "bulletin_44")]
        saved: list[int] = []

        def save(_: int) -> None:
            for article in late:
                article.body += " عنقاء"
                article.save()
            if not saved:
                library["bulletin_40"].delete()
            saved.append(1)

        found = reconcile(progress=save)
        assert len(saved) > 2
        assert found.list_differing() == []
        assert search("عنقاء").total == len(late)

    def test_article_saved_while_the_indexer_is_busy_is_no_difference(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "BATCH", 7)
        article = library["english"]

        def save(_: int) -> None:
            with indexer_lock():
                article.body += " عنقاء"
                article.save()

        assert reconcile(progress=save).list_differing() == []
        # And it is not left behind, for who saved it has gone.
        assert search("عنقاء").total == 1

    def test_documents_without_hash_are_stale(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        prepare = ArticleIndex.prepare_all

        def prepare_as_before(self: Any, articles: Any) -> Any:
            for document in prepare(self, articles):
                del document[DOCUMENT_HASH]
                yield document

        with monkeypatch.context() as patch:
            patch.setattr(ArticleIndex, "prepare_all", prepare_as_before)
            call_command("rebuild_index", stdout=StringIO())
        assert len(reconcile().stale) == PUBLISHED


class TestRepair:
    def test_repaired_index_agrees_with_the_database(self, library: Library) -> None:
        _silently(library["digits"], body="عنقاء")
        _silently(library["tatweel"], status=Status.WITHDRAWN)
        _take_out(library["english"])
        repair(reconcile().list_differing())
        assert search("عنقاء").total == 1
        assert search("صباحا").total == 0
        assert search("railway").total == 1
        assert reconcile().list_differing() == []
        assert not OutboxEntry.objects.exists()


class TestCommand:
    def test_agreement_exits_with_0(self, library: Library) -> None:
        said, status = _command()
        assert status == 0
        assert (said["articles"], said["documents"]) == (PUBLISHED, PUBLISHED)
        assert (said["missing"], said["stale"], said["surplus"]) == ([], [], [])

    def test_difference_exits_with_1_and_changes_nothing(
        self, library: Library
    ) -> None:
        _silently(library["digits"], body="عنقاء")
        said, status = _command()
        assert status == 1
        assert (said["stale"], said["repaired"]) == ([library["digits"].pk], False)
        assert search("عنقاء").total == 0

    def test_repair_exits_with_0_and_reports_the_differences(
        self, library: Library
    ) -> None:
        _silently(library["digits"], body="عنقاء")
        said, status = _command("--repair")
        assert status == 0
        assert (said["stale"], said["repaired"]) == ([library["digits"].pk], True)
        assert _command()[1] == 0
        assert search("عنقاء").total == 1

    @pytest.mark.embedded("takes the folder of the index away; see test_cluster.py")
    def test_missing_index_exits_with_2_and_names_the_remedy(
        self, library: Library, no_index: Path
    ) -> None:
        shutil.rmtree(no_index / "index")
        with pytest.raises(CommandError, match="rebuild_index") as caught:
            call_command("reconcile_index")
        assert caught.value.returncode == 2
        assert not (no_index / "index").exists()

    def test_text_output_lists_the_articles(self, library: Library) -> None:
        _silently(library["digits"], body="عنقاء")
        out = StringIO()
        with pytest.raises(CommandError, match="--repair"):
            call_command("reconcile_index", stdout=out)
        assert f": {library['digits'].pk}\n" in out.getvalue()

    def test_index_of_an_older_version_is_reported(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        age_index(monkeypatch)
        out = StringIO()
        call_command("reconcile_index", stdout=out)
        assert "rebuild_index" in out.getvalue()


class TestRecord:
    def test_outcome_is_recorded(self, library: Library) -> None:
        assert read_record() is None
        _silently(library["digits"], body="عنقاء")
        _command()
        record = read_record()
        assert record is not None
        assert (record.articles, record.stale, record.missing) == (PUBLISHED, 1, 0)
        assert not record.repaired

    def test_damaged_record_is_none(self, library: Library, no_index: Path) -> None:
        _command()
        path = no_index / RECORD_FILE
        path.write_text(path.read_text()[:20])
        assert read_record() is None
