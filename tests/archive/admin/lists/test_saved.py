"""Saved filters, the search of the site as a filter, and the list as a table."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client

from archive.admin.lists import found as finding
from archive.models import (
    Actor,
    Article,
    ArticleActor,
    ArticleAuthor,
    SavedFilter,
    Topic,
)
from tests.archive.admin.conftest import Catalogue

pytestmark = pytest.mark.django_db
LIST = "/en/admin/archive/article/"


class TestSavedFilters:
    def save(self, client: Client, name: str, query: str) -> str:
        data = {"name": name, "query": query}
        return client.post(f"{LIST}filters/save/", data).headers["Location"]

    def test_a_filter_is_saved_offered_and_removed(
        self, editor: Client, article: Article
    ) -> None:
        query = "status__exact=draft&period=unknown"
        page = editor.get(f"{LIST}?{query}&p=1").content.decode()
        assert f'value="{query.replace("&", "&amp;")}"' in page
        assert self.save(editor, " مسودات  بلا تاريخ ", query) == f"{LIST}?{query}"
        saved = SavedFilter.objects.get()
        assert (saved.name, saved.query) == ("مسودات بلا تاريخ", query)
        page = editor.get(f"{LIST}?{query}").content.decode()
        assert 'aria-current="page"><bdi>مسودات بلا تاريخ</bdi>' in page
        editor.post(f"{LIST}filters/{saved.pk}/remove/")
        assert not SavedFilter.objects.exists()

    def test_one_of_the_same_name_is_replaced(self, editor: Client) -> None:
        self.save(editor, "مسودات", "status__exact=draft")
        self.save(editor, "مسودات", "status__exact=review")
        assert SavedFilter.objects.get().query == "status__exact=review"

    def test_others_neither_see_nor_remove_it(
        self, editor: Client, client: Client
    ) -> None:
        self.save(editor, "مسودات", "status__exact=draft")
        client.force_login(User.objects.create_superuser("other"))
        assert "مسودات" not in client.get(LIST).content.decode().partition("<nav")[0]
        client.post(f"{LIST}filters/{SavedFilter.objects.get().pk}/remove/")
        assert SavedFilter.objects.exists()

    @pytest.mark.parametrize(
        ("name", "query"),
        [
            ("", "status__exact=draft"),
            ("اسم", ""),
            ("اسم", "p=2"),
            ("ا", "q=" + "x" * 3000),
        ],
    )
    def test_bad_ones_are_refused(self, editor: Client, name: str, query: str) -> None:
        self.save(editor, name, query)
        assert not SavedFilter.objects.exists()

    def test_the_address_stays_on_the_list(self, editor: Client) -> None:
        address = self.save(editor, "اسم", "//example.org/?a=b")
        assert address.startswith(f"{LIST}?")


class TestSearchOfTheSite:
    @pytest.fixture(autouse=True)
    def _finds(self, settings: LazySettings) -> None:
        settings.FOUND_ARTICLES = f"{__name__}.find"

    def titles(self, client: Client, found: str) -> set[str]:
        page = client.get(f"{LIST}?found={quote(found)}")
        return {article.title for article in page.context["cl"].result_list}

    def test_only_what_the_search_finds(
        self, editor: Client, article: Article, catalogue: Catalogue
    ) -> None:
        Article.objects.create(title="غيره", source=catalogue.ahram)
        assert self.titles(editor, f"q={article.pk}") == {article.title}
        assert self.titles(editor, "q=0") == set()

    def test_all_of_them_are_edited_at_once(
        self, editor: Client, article: Article, catalogue: Catalogue
    ) -> None:
        other = Article.objects.create(title="غيره", source=catalogue.ahram)
        form = {
            "action": "edit_selected", "_selected_action": [article.pk],
            "select_across": "1", "apply": "1", "kind": "news",
        }  # fmt: skip
        editor.post(f"{LIST}?found={quote(f'q={article.pk}')}", form)
        assert Article.objects.get(kind="news").pk == article.pk
        assert Article.objects.get(kind="").pk == other.pk

    def test_a_search_that_cannot_be_made_finds_nothing_and_says_why(
        self, editor: Client, article: Article
    ) -> None:
        page = editor.get(f"{LIST}?found={quote('q=(')}")
        assert "No such search" in page.content.decode()
        assert not page.context["cl"].result_list

    def test_too_many_are_refused(
        self, editor: Client, article: Article, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(finding, "MOST_FOUND", 0)
        page = editor.get(f"{LIST}?found={quote(f'q={article.pk}')}")
        assert "Narrow the search" in page.content.decode()


def find(parameters: QueryDict) -> list[int]:
    """The article whose number is asked for."""
    if not parameters["q"].isdigit():
        raise ValueError("no such search")
    return [int(parameters["q"])]


class TestTable:
    def rows(self, client: Client, *articles: Article) -> Iterator[dict[str, str]]:
        chosen = [article.pk for article in articles]
        form = {"action": "export_articles", "_selected_action": chosen}
        answer: Any = client.post(LIST, form)
        text = answer.getvalue().decode("utf-8-sig")
        return csv.DictReader(io.StringIO(text))

    def test_the_import_reads_it_without_a_change(
        self, editor: Client, article: Article, catalogue: Catalogue, tmp_path: Any
    ) -> None:
        article.topics.add(catalogue.poetry)
        ArticleActor.objects.create(
            article=article, actor=catalogue.hafiz, role="issuer"
        )
        ArticleAuthor.objects.create(article=article, name="=مراسلنا")
        (row,) = self.rows(editor, article)
        assert row["article_id"] == str(article.pk)
        assert row["published"] == "1932-11"
        assert row["issuers"] == "حافظ إبراهيم"
        assert row["authors"].startswith("'")
        path = tmp_path / "table.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, row)
            writer.writeheader()
            writer.writerow({**row, "title": "عنوان مصحَّح"})
        counts = [model.objects.count() for model in (Article, Topic, Actor)]
        call_command("import_articles", str(path), verbosity=0)
        assert [model.objects.count() for model in (Article, Topic, Actor)] == counts
        article.refresh_from_db()
        assert article.title == "عنوان مصحَّح"
        assert article.changes.get().former == {"title": "إحياء ذكرى شَوقي في القاهرة"}
