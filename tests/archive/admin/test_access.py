"""Permissions and languages of the admin."""

import pytest
from django.test import Client

from archive.models import Article
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.posted_forms import make_article_form, make_form_of

FAMILIES = ["article", "actor", "topic", "source"]


class TestWithoutPermissions:
    @pytest.mark.parametrize("family", FAMILIES)
    @pytest.mark.parametrize("page", ["", "add/"])
    def test_every_page_is_forbidden(
        self, visitor_staff: Client, family: str, page: str
    ) -> None:
        response = visitor_staff.get(f"/en/admin/archive/{family}/{page}")
        assert response.status_code == 403

    def test_autocomplete_is_forbidden(
        self, visitor_staff: Client, catalogue: Catalogue
    ) -> None:
        response = visitor_staff.get(
            "/en/admin/autocomplete/",
            {
                "app_label": "archive",
                "model_name": "article",
                "field_name": "actors",
                "term": "شوقي",
            },
        )
        assert response.status_code == 403

    def test_adding_is_forbidden(
        self, visitor_staff: Client, catalogue: Catalogue
    ) -> None:
        form = make_article_form(catalogue.ahram)
        response = visitor_staff.post("/en/admin/archive/article/add/", form)
        assert response.status_code == 403
        assert not Article.objects.exists()

    def test_anonymous_visitor_is_asked_to_sign_in(
        self, client: Client, db: None
    ) -> None:
        response = client.get("/ar/admin/archive/article/")
        assert response.headers["Location"].startswith("/ar/admin/login/")


class TestViewPermissionOnly:
    def test_article_is_shown_without_inputs(
        self, reader_staff: Client, article: Article
    ) -> None:
        page = reader_staff.get(f"/en/admin/archive/article/{article.pk}/change/")
        assert page.status_code == 200
        assert article.body in page.content.decode()
        assert 'name="title"' not in page.content.decode()

    def test_list_and_filters_work(
        self, reader_staff: Client, article: Article
    ) -> None:
        query = f"source__id__exact={article.source.pk}"
        page = reader_staff.get(f"/en/admin/archive/article/?{query}")
        assert article.title in page.content.decode()

    def test_changing_is_forbidden(
        self, reader_staff: Client, article: Article
    ) -> None:
        address = f"/en/admin/archive/article/{article.pk}/change/"
        response = reader_staff.post(address, make_form_of(article, subtitle="غيره"))
        assert response.status_code == 403
        article.refresh_from_db()
        assert article.subtitle == ""


class TestLanguages:
    @pytest.mark.parametrize(
        ("here", "there", "name", "site"),
        [("ar", "en", "English", "سجلّ"), ("en", "ar", "العربية", "Sijill")],
    )
    def test_each_page_links_to_the_other_language(
        self, editor: Client, here: str, there: str, name: str, site: str
    ) -> None:
        page = editor.get(f"/{here}/admin/archive/article/?q=x").content.decode()
        link = f'<a href="/{there}/admin/archive/article/?q=x" lang="{there}"'
        assert link in page
        assert f"<bdi>{name}</bdi>" in page
        assert f'<a href="/{here}/admin/">{site}</a>' in page

    def test_sign_in_works_in_both_languages(self, client: Client, db: None) -> None:
        page = client.get("/ar/admin/login/").content.decode()
        assert 'href="/en/admin/login/"' in page


class TestPages:
    @pytest.mark.parametrize("language", ["ar", "en"])
    @pytest.mark.parametrize("family", FAMILIES)
    @pytest.mark.parametrize("page", ["", "add/"])
    def test_no_page_has_inline_scripts_or_styles(
        self, editor: Client, article: Article, language: str, family: str, page: str
    ) -> None:
        response = editor.get(f"/{language}/admin/archive/{family}/{page}")
        text = response.content.decode()
        assert response.status_code == 200
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert "<style" not in text
        assert " style=" not in text
        assert "<script>" not in text
        assert "onclick=" not in text
