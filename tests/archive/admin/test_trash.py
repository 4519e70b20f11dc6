"""The trash: articles come back with the status they had, or are deleted for good."""

import pytest
from django.test import Client
from django.urls import reverse

from archive.models import Article, Status
from tests.archive.admin.conftest import Catalogue

pytestmark = pytest.mark.django_db
LIST = "/en/admin/archive/article/"
EMPTY = f"{LIST}trash/empty/"


def act(client: Client, action: str, *articles: Article, **more: str) -> str:
    chosen = [article.pk for article in articles]
    form = {"action": action, "_selected_action": chosen, **more}
    address = f"{LIST}?status__exact=trash" if action == "bring_back" else LIST
    return client.post(address, form, follow=True).content.decode()


def make_articles(catalogue: Catalogue) -> list[Article]:
    return [
        Article.objects.create(
            title=f"خبر {status}",
            source=catalogue.ahram,
            status=status,
            withdrawn_reason="خطأ" if status == Status.WITHDRAWN else "",
        )
        for status in (Status.PUBLISHED, Status.DRAFT, Status.WITHDRAWN, Status.REVIEW)
    ]


def test_articles_come_back_as_they_were(editor: Client, catalogue: Catalogue) -> None:
    articles = make_articles(catalogue)
    before = list(Article.objects.order_by("pk").values("status", "withdrawn_reason"))
    act(editor, "move_to_trash", *articles)
    assert set(Article.objects.values_list("status", flat=True)) == {"trash"}
    assert "4 articles are back" in act(editor, "bring_back", *articles)
    after = Article.objects.order_by("pk").values("status", "withdrawn_reason")
    assert list(after) == before


def test_what_is_not_in_the_trash_stays(editor: Client, article: Article) -> None:
    page = editor.post(
        LIST, {"action": "bring_back", "_selected_action": [article.pk]}, follow=True
    ).content.decode()
    assert "None of these articles is in the trash." in page
    assert not article.changes.exists()


def test_an_article_that_was_imported_into_the_trash_comes_back_as_a_draft(
    editor: Client, article: Article
) -> None:
    Article.objects.update(status="trash")
    act(editor, "bring_back", article)
    article.refresh_from_db()
    assert article.status == "draft"


def test_the_trash_is_emptied_after_a_question(
    editor: Client, catalogue: Catalogue
) -> None:
    kept, *rest = make_articles(catalogue)
    act(editor, "move_to_trash", *rest)
    assert EMPTY in editor.get(f"{LIST}?status__exact=trash").content.decode()
    page = editor.get(EMPTY).content.decode()
    assert "3 articles are deleted for good" in page
    assert Article.objects.count() == 4
    # Somebody has brought one back since the page was shown.
    act(editor, "bring_back", rest[0])
    assert editor.post(EMPTY, {"count": "3"}).headers["Location"] == EMPTY
    assert Article.objects.count() == 4
    editor.post(EMPTY, {"count": "2"})
    assert set(Article.objects.values_list("pk", flat=True)) == {kept.pk, rest[0].pk}
    assert "The trash is empty." in editor.get(EMPTY).content.decode()


def test_only_editors_empty_it(reader_staff: Client, article: Article) -> None:
    Article.objects.update(status="trash")
    for answer in (reader_staff.get(EMPTY), reader_staff.post(EMPTY, {"count": "1"})):
        assert answer.status_code == 403
    assert Article.objects.exists()
    assert EMPTY not in reader_staff.get(reverse("admin:index")).content.decode()
