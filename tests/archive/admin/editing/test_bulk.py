"""Editing many articles at once in the admin."""

import pytest
from django.test import Client

from archive.models import Article, BulkEdit
from tests.archive.admin.conftest import Catalogue

LIST = "/en/admin/archive/article/"


@pytest.fixture
def articles(catalogue: Catalogue) -> list[Article]:
    return [
        Article.objects.create(title=f"{n}", source=catalogue.ahram) for n in range(3)
    ]


def choose(*articles: Article, **more: object) -> dict[str, object]:
    pks = [article.pk for article in articles]
    return {"action": "edit_selected", "_selected_action": pks, **more}


class TestBulkEditing:
    def test_form_asks_first(self, editor: Client, articles: list[Article]) -> None:
        page = editor.post(LIST, choose(*articles[:2]))
        assert page.context["count"] == 2
        assert not BulkEdit.objects.exists()

    def test_selection_is_changed_and_put_back(
        self, editor: Client, articles: list[Article], catalogue: Catalogue
    ) -> None:
        form = choose(
            *articles[:2],
            apply="1",
            kind="poem",
            status="",
            add_topics=[catalogue.poetry.pk],
            add_actors=[catalogue.hafiz.pk],
        )
        response = editor.post(LIST, form)
        edit = BulkEdit.objects.get()
        page = response.headers["Location"]
        assert page == f"{LIST}bulk/{edit.pk}/"
        assert Article.objects.filter(kind="poem", status="published").count() == 2
        assert catalogue.hafiz.articles.count() == 2
        assert "2 articles were changed" in editor.get(page).content.decode()
        editor.post(page)
        assert not Article.objects.filter(kind="poem").exists()
        assert not catalogue.hafiz.articles.exists()
        assert "was undone" in editor.get(page).content.decode()

    def test_result_of_a_search_is_changed_as_a_whole(
        self, editor: Client, articles: list[Article], catalogue: Catalogue
    ) -> None:
        Article.objects.create(title="غيرها", source=catalogue.ahram, language="en")
        form = choose(articles[0], apply="1", kind="news", select_across="1")
        editor.post(f"{LIST}?language=ar", form)
        assert Article.objects.filter(kind="news").count() == len(articles)

    def test_kind_can_become_unstated(
        self, editor: Client, articles: list[Article]
    ) -> None:
        Article.objects.update(kind="news")
        editor.post(LIST, choose(*articles, apply="1", kind="none"))
        assert not Article.objects.exclude(kind="").exists()

    @pytest.mark.parametrize("bad", [{"status": "x"}, {"add_topics": ["99999"]}])
    def test_bad_choice_changes_nothing(
        self, editor: Client, articles: list[Article], bad: dict[str, object]
    ) -> None:
        page = editor.post(LIST, choose(*articles, apply="1", **bad))
        assert "errorlist" in page.content.decode()
        assert not BulkEdit.objects.exists()

    def test_withdrawal_wants_a_reason_which_the_undoing_takes_back(
        self, editor: Client, articles: list[Article]
    ) -> None:
        form = choose(*articles, apply="1", status="withdrawn")
        assert "errorlist" in editor.post(LIST, form).content.decode()
        editor.post(LIST, {**form, "reason": " خطأ في النسبة "})
        told = Article.objects.values_list("status", "withdrawn_reason").distinct()
        assert list(told.order_by()) == [("withdrawn", "خطأ في النسبة")]
        editor.post(f"{LIST}bulk/{BulkEdit.objects.get().pk}/")
        assert list(told.order_by()) == [("published", "")]

    def test_empty_form_changes_nothing(
        self, editor: Client, articles: list[Article]
    ) -> None:
        editor.post(LIST, choose(*articles, apply="1"))
        assert not BulkEdit.objects.exists()

    def test_others_may_not_undo(
        self, visitor_staff: Client, catalogue: Catalogue
    ) -> None:
        edit = BulkEdit.objects.create(before={})
        assert visitor_staff.post(f"{LIST}bulk/{edit.pk}/").status_code == 403
