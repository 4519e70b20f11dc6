"""What is edited in the admin is remembered, so that no file overwrites it."""

from django.test import Client

from archive.models import Article, edited_fields
from tests.archive.admin.posted_forms import make_form_of

LIST = "/ar/admin/archive/article/"


class TestRemembering:
    def test_changed_field_and_author_are_remembered(
        self, editor: Client, article: Article
    ) -> None:
        form = make_form_of(article) | {
            "title": "عنوان صُحّح",
            "authors-TOTAL_FORMS": "1",
            "authors-0-name": "سالم ناصر",
            "authors-0-position": "0",
            "authors-0-article": article.pk,
        }
        response = editor.post(f"{LIST}{article.pk}/change/", form)
        assert response.status_code == 302
        assert edited_fields([article.pk])[article.pk] >= {"title", "authors"}
