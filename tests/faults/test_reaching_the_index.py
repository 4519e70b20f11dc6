"""Every change of the archive reaches the index, also without a signal."""

import shutil
import sqlite3
from collections.abc import Callable
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import models
from django.test import Client

from archive.models import (
    Actor,
    ActorAlias,
    Article,
    ArticleAuthor,
    Source,
    Status,
    Topic,
)
from search.indexing import outbox
from tests.installed import Installed
from tests.search.library import ENTRIES, Library
from tests.search.searching import search

PUBLISHED = len(ENTRIES) - 2

pytestmark = pytest.mark.django_db(transaction=True)


class PowerCut(Exception):
    """The process dies here."""


def _make_rows(library: Library) -> list[models.Model]:
    """An unsaved change of a row of each kind that the index depends on."""
    article, actor = library["digits"], library.actors["taha"]
    return [
        Article(title="عنقاء", source=article.source),
        ArticleAuthor(article=article, name="عنقاء"),
        ActorAlias(actor=actor, name="عنقاء"),
        Actor(pk=actor.pk, slug=actor.slug, name_ar="عنقاء"),
        Source(pk=article.source_id, slug="gazette", name_ar="عنقاء"),
        Topic(pk=library.topics["history"].pk, slug="history", name_ar="عنقاء"),
    ]


def _count(model: type[models.Model], word: str) -> int:
    names = {field.name for field in model._meta.fields}
    field = next(name for name in ("title", "name", "name_ar") if name in names)
    return model._default_manager.filter(**{field: word}).count()


class TestOneTransaction:
    """A row and its outbox row are committed together or not at all."""

    @pytest.mark.parametrize("at", range(6))
    def test_saved_row_is_rolled_back_without_its_outbox_row(
        self, library: Library, monkeypatch: pytest.MonkeyPatch, at: int
    ) -> None:
        row = _make_rows(library)[at]

        def die(*arguments: object, **options: object) -> None:
            raise PowerCut

        with monkeypatch.context() as patch, pytest.raises(PowerCut):
            patch.setattr(outbox, "insert_values", die)
            row.save()
        assert _count(type(row), "عنقاء") == 0
        row.save()
        assert _count(type(row), "عنقاء") == 1

    @pytest.mark.parametrize(
        "change",
        [
            lambda library: library["digits"].delete(),
            lambda library: library["digits"].topics.add(library.topics["weather"]),
            lambda library: library["alias_match"].actors.clear(),
            lambda library: library.actors["taha"].delete(),
        ],
    )
    def test_deletion_and_relation_are_rolled_back_without_their_outbox_row(
        self,
        library: Library,
        monkeypatch: pytest.MonkeyPatch,
        change: Callable[[Library], object],
    ) -> None:
        def count() -> list[int]:
            through = (Article.actors.through, Article.topics.through)
            return [model._default_manager.count() for model in (Article, *through)]

        def die(*arguments: object, **options: object) -> None:
            raise PowerCut

        before = count()
        with monkeypatch.context() as patch, pytest.raises(PowerCut):
            patch.setattr(outbox, "insert_values", die)
            change(library)
        assert count() == before


def _repair() -> None:
    call_command("reconcile_index", "--repair", stdout=StringIO())


class TestWithoutSignals:
    """``reconcile_index --repair`` finds changes that send no signal."""

    def test_rows_changed_by_update_are_reindexed(self, library: Library) -> None:
        trains = search("القطار").total
        Article.objects.filter(pk=library["digits"].pk).update(body="عنقاء")
        Article.objects.filter(pk=library["tatweel"].pk).update(status=Status.DRAFT)
        _repair()
        assert search("عنقاء").total == 1
        assert search("القطار").total == trains - 1

    def test_rows_written_and_hidden_by_sql_are_reindexed(
        self, library: Library
    ) -> None:
        source = library.sources["gazette"]
        Article.objects.bulk_create(
            Article(title=f"عنقاء {number}", source=source) for number in range(30)
        )
        Article.objects.filter(title__startswith="البيان رقم").update(status="draft")
        _repair()
        assert search("عنقاء").total == 30
        assert search("بيان").total == 0

    @pytest.mark.parametrize(
        ("model", "slug", "field"),
        [(Actor, "taha", "actor"), (Topic, "history", "topic"),
         (Source, "orient", "source")],
    )  # fmt: skip
    def test_renamed_authorities_are_reindexed(
        self, library: Library, model: type[models.Model], slug: str, field: str
    ) -> None:
        model._default_manager.filter(slug=slug).update(name_latin="Phoenix")
        assert search(f"{field}:phoenix").total == 0
        _repair()
        assert search(f"{field}:phoenix").total > 0


class TestThroughTheAdmin:
    """Bulk actions of an editor."""

    @pytest.fixture
    def administrator(self, client: Client) -> Client:
        client.force_login(User.objects.create_superuser("editor"))
        return client

    def _act(self, client: Client, kind: str, **form: object) -> None:
        address = f"/ar/admin/archive/{kind}/"
        assert client.post(address, form).status_code == 302

    def test_bulk_withdrawal_and_publication_reach_the_index(
        self, library: Library, administrator: Client
    ) -> None:
        chosen = [library["digits"].pk, library["tatweel"].pk]
        trains = search("القطار").total
        withdrawal = {"action": "withdraw", "reason": "خطأ في النسبة"}
        self._act(administrator, "article", **withdrawal, _selected_action=chosen)
        assert (search("1948").total, search("القطار").total) == (0, trains - 1)
        self._act(administrator, "article", action="publish", _selected_action=chosen)
        assert (search("1948").total, search("القطار").total) == (1, trains)

    @pytest.mark.parametrize("kind", ["article", "actor"])
    def test_bulk_deletion_reaches_the_index(
        self, library: Library, administrator: Client, kind: str
    ) -> None:
        before = search("actor:Hussein").total
        row = library["vocalised"] if kind == "article" else library.actors["taha"]
        self._act(
            administrator,
            kind,
            action="delete_selected",
            _selected_action=[row.pk],
            post="yes",
        )
        gone = 1 if kind == "article" else before
        assert search("actor:Hussein").total == before - gone


@pytest.mark.slow
class TestRestoredDatabase:
    def test_index_follows_a_restored_database(self, installed: Installed) -> None:
        installed.run("from tests.faults.saving import fill; fill(40)")
        file, kept = installed.data_dir / "sijill.sqlite3", installed.data_dir / "kept"
        # Through SQLite, which knows of the write-ahead log.
        with sqlite3.connect(file) as live, sqlite3.connect(kept) as copy:
            live.backup(copy)
        installed.run(
            "from archive.models import Article\n"
            "Article.objects.filter(title='خبر 900000001').delete()\n"
            "article = Article.objects.get(title='خبر 900000002')\n"
            "article.title = 'خبر العنقاء'\n"
            "article.save()\n"
        )
        assert installed.search("عنقاء") == 1
        for stale in installed.data_dir.glob("sijill.sqlite3*"):
            stale.unlink()
        shutil.copy(kept, file)
        installed.manage("reconcile_index", "--repair")
        found = [installed.search(word) for word in ("900000001", "900000002", "عنقاء")]
        assert found == [1, 1, 0]
