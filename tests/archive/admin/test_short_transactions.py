"""What a request of the admin does before its transaction begins, and after."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.admin import short_transactions
from archive.admin.actor import ActorForm
from archive.admin.article import ArticleAdmin
from archive.admin.forms.article import ArticleForm
from archive.models import Actor, Article, Source, Status
from archive.roles import Role
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.posted_forms import (
    make_actor_form,
    make_article_form,
    make_form_of,
    make_source_form,
)

LIST = "/ar/admin/archive/article/"


@dataclass
class Statements:
    """The SQL of a request, and how many of them stood before its transaction."""

    sql: list[str] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)

    def before(self) -> list[str]:
        (begin,) = self.begins
        return self.sql[:begin]


@contextmanager
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[Statements]:
    found = Statements()
    atomic = transaction.atomic

    def note(using: str) -> object:
        found.begins.append(len(connection.queries_log))
        return atomic(using)

    monkeypatch.setattr(short_transactions, "transaction", SimpleNamespace(atomic=note))
    with CaptureQueriesContext(connection) as captured:
        before = len(connection.queries_log)
        yield found
    found.begins = [number - before for number in found.begins]
    found.sql = [query["sql"] for query in captured.captured_queries]


def once(change: Callable[[], object]) -> Callable[[], None]:
    """What calls *change* at its first call only."""
    waiting = [change]
    return lambda: None if not waiting else (waiting.pop()(), None)[1]


def between(
    monkeypatch: pytest.MonkeyPatch,
    owner: type,
    method: str,
    change: Callable[[], object],
) -> None:
    """Let *change* happen once, after *method* of *owner* has done its work."""
    original, change_once = getattr(owner, method), once(change)

    def replaced(*arguments: object, **named: object) -> object:
        answer = original(*arguments, **named)
        change_once()
        return answer

    monkeypatch.setattr(owner, method, replaced)


class TestBeginning:
    def test_refused_form_begins_no_transaction(
        self, editor: Client, article: Article, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        form = make_form_of(article) | {"title": ""}
        with statements(monkeypatch) as found:
            assert editor.post(f"{LIST}{article.pk}/change/", form).status_code == 200
        assert found.begins == []

    def test_choices_are_checked_before_the_transaction(
        self, editor: Client, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        form = make_article_form(catalogue.ahram, actors=[catalogue.hafiz.pk])
        with statements(monkeypatch) as found:
            editor.post(f"{LIST}add/", form)
        assert Article.objects.count() == 1
        assert any('FROM "archive_source"' in sql for sql in found.before())
        assert not any(sql.startswith("INSERT") for sql in found.before())

    def test_what_a_deletion_takes_along_is_listed_before_it(
        self, editor: Client, article: Article, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with statements(monkeypatch) as found:
            editor.post(f"{LIST}{article.pk}/delete/", {"post": "yes"})
        assert not Article.objects.exists()
        assert any('FROM "archive_articleauthor"' in sql for sql in found.before())

    def test_password_is_hashed_before_the_transaction(
        self, editor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        depths: list[int] = []
        set_password = User.set_password

        def note(user: User, password: str | None) -> None:
            depths.append(len(connection.savepoint_ids))
            set_password(user, password)

        outside = len(connection.savepoint_ids)
        monkeypatch.setattr(User, "set_password", note)
        form = {
            "username": "amina",
            "usable_password": "true",
            "password1": "sahra-1923-بحر",
            "password2": "sahra-1923-بحر",
        }
        editor.post("/ar/admin/auth/user/add/", form)
        assert User.objects.filter(username="amina").exists()
        assert depths == [outside]


class TestChangedMeanwhile:
    def test_request_is_begun_anew(
        self,
        editor: Client,
        article: Article,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        other = Source.objects.create(name_ar="المقطم")
        between(
            monkeypatch,
            ArticleForm,
            "clean",
            lambda: Article.objects.update(content_hash="changed"),
        )
        reads: list[str] = []
        get_object = ArticleAdmin.get_object

        def note(
            admin: ArticleAdmin, request: object, pk: str, *rest: object
        ) -> object:
            reads.append(pk)
            return get_object(admin, request, pk, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr(ArticleAdmin, "get_object", note)
        form = make_form_of(article) | {"source": other.pk}
        editor.post(f"{LIST}{article.pk}/change/", form)
        assert Article.objects.get().source == other
        assert len(reads) == 2

    def test_article_published_meanwhile_is_not_its_writers_to_delete(
        self, client: Client, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        writer = User.objects.create_user("writer", is_staff=True)
        writer.groups.add(Group.objects.get(name=Role.CONTRIBUTOR))
        client.force_login(writer)
        draft = Article.objects.create(
            title="مسودة",
            source=catalogue.ahram,
            status=Status.DRAFT,
            created_by=writer,
        )
        between(
            monkeypatch,
            ArticleAdmin,
            "get_deleted_objects",
            lambda: Article.objects.update(status=Status.PUBLISHED),
        )
        answer = client.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"})
        assert answer.status_code == 403
        assert Article.objects.exists()

    def test_article_deleted_meanwhile_is_said_to_be_gone(
        self, editor: Client, article: Article, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        between(monkeypatch, ArticleForm, "clean", Article.objects.all().delete)
        address = f"{LIST}{article.pk}/change/"
        answer = editor.post(address, make_form_of(article))
        assert answer.status_code == 409
        assert not Article.objects.exists()

    def test_identifier_taken_meanwhile_is_refused_with_the_usual_sentence(
        self, editor: Client, article: Article, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        between(
            monkeypatch,
            ArticleForm,
            "clean",
            lambda: Article.objects.create(
                title="آخر", source=article.source, external_id="ahram-8"
            ),
        )
        form = make_article_form(article.source, external_id="ahram-8")
        page = editor.post("/en/admin/archive/article/add/", form)
        text = page.content.decode()
        assert "The source has an article with this identifier already." in text
        assert Article.objects.count() == 2

    def test_wikidata_number_taken_meanwhile_is_refused(
        self, editor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        taken = {"name_ar": "آخر", "wikidata_id": "Q34660"}
        between(monkeypatch, ActorForm, "clean", lambda: Actor.objects.create(**taken))
        form = make_actor_form(wikidata_id="Q34660")
        page = editor.post("/en/admin/archive/actor/add/", form)
        assert "has this identifier already" in page.content.decode()
        assert Actor.objects.count() == 1

    def test_new_record_is_added_once(self, editor: Client) -> None:
        editor.post("/ar/admin/archive/source/add/", make_source_form())
        assert Source.objects.count() == 1
