"""Two editors change rows of a form, or records other than articles."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from archive.admin.conflicts import MINE, THEIRS, Version
from archive.models import Actor, ActorAlias, Article, ArticleAuthor, Topic
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.posted_forms import (
    make_actor_form,
    make_form_of,
    make_source_form,
    make_topic_form,
)
from tests.archive.admin.test_conflicts import (
    SAVED,
    address_of,
    list_differences,
    open_form,
    send_again,
)


class TestInlineRows:
    @pytest.fixture
    def authors(self, article: Article) -> list[ArticleAuthor]:
        return [
            ArticleAuthor.objects.create(article=article, name=name, position=number)
            for number, name in enumerate(["خليل مطران", "مي زيادة"])
        ]

    def form_of(
        self, editor: Client, article: Article, **changes: object
    ) -> dict[str, object]:
        rows: dict[str, object] = {
            "authors-TOTAL_FORMS": "3",
            "authors-INITIAL_FORMS": "2",
            "authors-2-name": "",
            "authors-2-position": "0",
        }
        for number, author in enumerate(article.authors.all()):
            start = f"authors-{number}-"
            rows |= {
                f"{start}id": author.pk,
                f"{start}article": article.pk,
                f"{start}name": author.name,
                f"{start}actor": "",
                f"{start}position": number,
            }
        return make_form_of(article) | rows | open_form(editor, article) | changes

    def list_authors(self, article: Article) -> list[str]:
        return list(article.authors.values_list("name", flat=True))

    def test_rows_nobody_else_changed_are_no_difference(
        self, editor: Client, article: Article, authors: list[ArticleAuthor]
    ) -> None:
        form = self.form_of(editor, article, **{"authors-0-name": "مطران"})
        Article.objects.update(title="عنوان غيره")
        page = editor.post(address_of(article), form)
        assert set(list_differences(page)) == {"title"}
        form = send_again(page, form, title=THEIRS)
        assert editor.post(address_of(article), form).status_code == SAVED
        assert self.list_authors(article) == ["مطران", "مي زيادة"]

    @pytest.mark.parametrize(
        ("choice", "expected"),
        [
            (MINE, ["خليل مطران", "مي زيادة", "شبلي شميل"]),
            (THEIRS, ["خليل مطران", "جرجي زيدان"]),
        ],
    )
    def test_rows_deleted_and_added_by_another_can_be_kept_or_overwritten(
        self,
        editor: Client,
        article: Article,
        authors: list[ArticleAuthor],
        choice: str,
        expected: list[str],
    ) -> None:
        form = self.form_of(
            editor,
            article,
            **{"authors-2-name": "شبلي شميل", "authors-2-position": "5"},
        )
        authors[1].delete()
        ArticleAuthor.objects.create(article=article, name="جرجي زيدان", position=9)
        page = editor.post(address_of(article), form)
        mine, theirs, chosen = list_differences(page)["authors"]
        assert (mine.count("\n"), theirs.count("\n"), chosen) == (2, 1, "")
        # The form that is shown has the rows of now, and can be sent as it is.
        (inline,) = page.context["inline_admin_formsets"]
        assert not any(inline.formset.errors)
        again = {
            name: value
            for name, value in inline.formset.data.lists()
            if name.startswith("authors-")
        }
        form = send_again(page, form | again, authors=choice)
        assert editor.post(address_of(article), form).status_code == SAVED
        assert self.list_authors(article) == expected

    def test_rows_a_reader_of_the_form_deletes_stay_deleted(
        self, editor: Client, article: Article, authors: list[ArticleAuthor]
    ) -> None:
        form = self.form_of(editor, article, **{"authors-0-DELETE": "on"})
        ArticleAuthor.objects.filter(pk=authors[1].pk).update(name="مي")
        page = editor.post(address_of(article), form)
        assert list_differences(page)["authors"][2] == ""
        form = send_again(page, form, authors=MINE)
        assert editor.post(address_of(article), form).status_code == SAVED
        assert self.list_authors(article) == ["مي زيادة"]


class TestOtherRecords:
    @pytest.mark.parametrize(
        "make",
        [
            lambda c: (c.ahram, make_source_form(name_ar="اسم المحرر")),
            lambda c: (c.hafiz, make_actor_form(name_ar="اسم المحرر")),
            lambda c: (c.poetry, make_topic_form(c.poetry, name_ar="اسم المحرر")),
        ],
        ids=["source", "actor", "topic"],
    )
    def test_names_changed_meanwhile_are_compared(
        self,
        editor: Client,
        catalogue: Catalogue,
        make: Callable[[Catalogue], tuple[Any, dict[str, object]]],
    ) -> None:
        record, form = make(catalogue)
        form |= open_form(editor, record)
        type(record).objects.filter(pk=record.pk).update(name_ar="اسم غيره")
        page = editor.post(address_of(record), form)
        assert list_differences(page) == {"name_ar": ("اسم المحرر", "اسم غيره", "")}
        form = send_again(page, form, name_ar=MINE)
        assert editor.post(address_of(record), form).status_code == SAVED
        record.refresh_from_db()
        assert record.name_ar == "اسم المحرر"

    def test_alias_added_meanwhile_is_kept(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        actor: Actor = catalogue.shawqi
        form = make_actor_form(
            name_ar=actor.name_ar,
            name_latin=actor.name_latin,
            began=actor.began,
            ended=actor.ended,
        )
        form |= open_form(editor, actor)
        ActorAlias.objects.create(actor=actor, name="أمير الشعراء")
        page = editor.post(address_of(actor), form)
        assert list_differences(page) == {"aliases": ("", "أمير الشعراء", THEIRS)}
        form = send_again(page, form, aliases=THEIRS)
        assert editor.post(address_of(actor), form).status_code == SAVED
        assert [alias.name for alias in actor.aliases.all()] == ["أمير الشعراء"]

    def test_form_to_add_has_no_version(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        page = editor.get("/en/admin/archive/topic/add/")
        assert "_version" not in page.content.decode()
        assert Topic.objects.count()


class TestVersion:
    def test_written_version_is_read(self) -> None:
        version = Version("a", {"title": "b"})
        assert Version.read(version.write()) == version
