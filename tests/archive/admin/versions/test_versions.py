"""Versions of an article in the admin: saved by the form, shown, restored."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.models import Actor, Article
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.posted_forms import make_form_of

pytestmark = pytest.mark.django_db


# As the fixture's article has it, which the form sends back.
ACQUIRED = {"acquired_at_0": "2026-11-30", "acquired_at_1": "12:00:00"}


@pytest.fixture
def article(article: Article) -> Article:
    moment = dt.datetime(2026, 11, 30, 12, 0, 0, 123456)
    article.acquired_at = timezone.make_aware(moment)
    Article.objects.filter(pk=article.pk).update(acquired_at=article.acquired_at)
    return article


def address(article: Article, page: str, *numbers: int) -> str:
    return reverse(f"admin:archive_article_{page}", args=[article.pk, *numbers])


def save(client: Client, article: Article, **changes: object) -> None:
    form = make_form_of(article) | ACQUIRED | changes
    answer = client.post(address(article, "change"), form)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    article.refresh_from_db()


class TestForm:
    def test_a_save_leaves_one_version_with_all_that_it_changed(
        self, editor: Client, article: Article, catalogue: Catalogue
    ) -> None:
        save(
            editor,
            article,
            title="ذكرى شوقي",
            topics=[catalogue.poetry.pk],
            writers=[catalogue.hafiz.pk],
        )
        change = article.changes.get()
        assert change.kind == "form"
        assert change.made_by == User.objects.get(username="editor")
        assert change.former == {
            "title": "إحياء ذكرى شَوقي في القاهرة",
            "topics": [],
            "actors": [],
        }

    def test_a_save_that_changes_nothing_leaves_none(
        self, editor: Client, article: Article
    ) -> None:
        save(editor, article)
        assert not article.changes.exists()

    def test_a_preview_leaves_none(self, editor: Client, article: Article) -> None:
        form = make_form_of(article) | {"title": "ذكرى شوقي", "_preview": "1"}
        assert editor.post(address(article, "change"), form).status_code == 200
        assert not article.changes.exists()

    def test_an_action_leaves_a_version_of_each_article(
        self, editor: Client, article: Article
    ) -> None:
        chosen = {"action": "withdraw", "_selected_action": article.pk, "reason": "خطأ"}
        editor.post(reverse("admin:archive_article_changelist"), chosen)
        change = article.changes.get()
        assert change.kind == "status"
        assert change.former == {"status": "published", "withdrawn_reason": ""}


class TestPages:
    def test_who_when_and_what(self, editor: Client, article: Article) -> None:
        save(editor, article, title="ذكرى شوقي", issue="7")
        page = editor.get(address(article, "history")).content.decode()
        assert "الإصدار 2" in page
        assert "<bdi>editor</bdi>" in page
        assert "العنوان" in page
        assert "العدد" in page

    def test_the_difference_in_words(self, editor: Client, article: Article) -> None:
        save(editor, article, body="نصّ الخبر كاملًا.")
        page = editor.get(address(article, "version", 2)).content.decode()
        assert "كاملًا</ins>" in page
        assert "<del>" in page  # the legend
        assert 'class="words" dir="auto" lang="ar"' in page

    def test_names_of_deleted_rows_are_shown(
        self, editor: Client, article: Article, catalogue: Catalogue
    ) -> None:
        article.topics.add(catalogue.poetry)
        catalogue.poetry.delete()
        page = editor.get(address(article, "version", 2)).content.decode()
        assert "الشعر\n</del>" in page

    def test_restoring(
        self, editor: Client, article: Article, catalogue: Catalogue
    ) -> None:
        before = article.title
        save(editor, article, title="ذكرى شوقي", mentioned=[catalogue.shawqi.pk])
        answer = editor.post(address(article, "restore", 1), follow=True)
        article.refresh_from_db()
        assert article.title == before
        assert not Actor.objects.filter(articles=article).exists()
        page = answer.content.decode()
        assert "الإصدار 3" in page
        assert "استُعيد الإصدار 1" in page

    @pytest.mark.parametrize("number", [0, 2, 99])
    def test_a_version_that_is_not_there(
        self, editor: Client, article: Article, number: int
    ) -> None:
        for page in ("version", "restore"):
            asked = address(article, page, number)
            answer = editor.get(asked) if page == "version" else editor.post(asked)
            assert answer.status_code == 404

    @pytest.mark.parametrize("older", ["0", "3", "x", "٢", "-1", "1" * 30])
    def test_an_odd_version_to_compare_with(
        self, editor: Client, article: Article, older: str
    ) -> None:
        save(editor, article, issue="7")
        answer = editor.get(address(article, "version", 2), {"older": older})
        assert answer.status_code in (200, 404)


class TestRights:
    def test_who_may_only_read_may_not_restore(
        self, editor: Client, article: Article, reader_staff: Client
    ) -> None:
        article.title = "عنوان آخر"
        article.save()
        assert reader_staff.get(address(article, "history")).status_code == 200
        page = reader_staff.get(address(article, "version", 1)).content.decode()
        assert "restore" not in page
        assert reader_staff.post(address(article, "restore", 1)).status_code == 403
        article.refresh_from_db()
        assert article.title == "عنوان آخر"

    def test_others_see_no_version(
        self, visitor_staff: Client, article: Article
    ) -> None:
        assert visitor_staff.get(address(article, "history")).status_code == 403
