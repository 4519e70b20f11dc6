"""A saved page that is uploaded into the form of an article."""

import builtins
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from archive.importing.cleaning.saved_page import NoPage, read_saved_page
from archive.models import Article
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.posted_forms import make_article_form

ADD = "/en/admin/archive/article/add/"
PAGE = """<!doctype html><html lang="ar"><head><meta charset="utf-8">
<title>معرض الكتاب في البصرة - الفرات</title>
<meta property="og:title" content="معرض الكتاب في البصرة">
<meta name="author" content="سالم ناصر">
<meta property="article:published_time" content="2021-03-02T10:00:00Z">
<link rel="canonical" href="https://example.org/news/1"></head><body>
<nav><a href="/">الرئيسية</a><a href="/s">سياسة</a></nav>
<div><h1>معرض الكتاب في البصرة</h1>
<p>افتتح اليوم في مدينة البصرة معرض الكتاب الدولي بمشاركة مئة دار نشر عربية.</p>
<p>وقال مدير المعرض إن الدورة الحالية تشهد مشاركة واسعة من دول المغرب العربي.</p>
</div><footer>جميع الحقوق محفوظة</footer></body></html>"""
TEXT = (
    "افتتح اليوم في مدينة البصرة معرض الكتاب الدولي بمشاركة مئة دار نشر عربية.\n\n"
    "وقال مدير المعرض إن الدورة الحالية تشهد مشاركة واسعة من دول المغرب العربي."
)


@pytest.fixture(params=["trafilatura", "plain"])
def reader(request: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """With the extra, and as if it were not installed."""
    if request.param == "trafilatura":
        pytest.importorskip("trafilatura", reason="the extra is not installed")
    else:
        real = builtins.__import__

        def without(name: str, *args: Any, **kwargs: Any) -> Any:
            if name == "trafilatura":
                raise ImportError(name)
            return real(name, *args, **kwargs)

        monkeypatch.setattr(builtins, "__import__", without)
    return str(request.param)


def upload(editor: Client, catalogue: Catalogue, content: bytes) -> Any:
    file = SimpleUploadedFile("خبر.html", content, content_type="text/html")
    form = make_article_form(
        catalogue.ahram, title="", body="", _from_page="1", page_file=file
    )
    return editor.post(ADD, form)


class TestForm:
    def test_page_fills_the_form_and_nothing_is_saved(
        self, editor: Client, catalogue: Catalogue, reader: str
    ) -> None:
        page = upload(editor, catalogue, PAGE.encode())
        assert page.status_code == 200
        form = page.context["adminform"].form
        assert form["title"].value() == "معرض الكتاب في البصرة"
        assert form["body"].value() == TEXT
        assert form["byline"].value() == "سالم ناصر"
        assert form["url"].value() == "https://example.org/news/1"
        assert form["published"].value().startswith("2021-03-02")
        assert ("not installed" in page.content.decode()) is (reader == "plain")
        assert not Article.objects.exists()

    @pytest.mark.parametrize("content", [b"%PDF-1.7", "نص بلا وسوم".encode(), b""])
    def test_other_file_is_told(
        self, editor: Client, catalogue: Catalogue, content: bytes
    ) -> None:
        page = upload(editor, catalogue, content)
        assert page.status_code == 200
        assert "no page of HTML" in page.content.decode()

    def test_button_without_a_file_asks_for_one(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_article_form(catalogue.ahram, title="خبر", _from_page="1")
        page = editor.post(ADD, form)
        assert "Choose a saved page" in page.content.decode()
        assert page.context["adminform"].form["title"].value() == "خبر"

    def test_only_a_new_article_has_the_button(
        self, editor: Client, article: Article
    ) -> None:
        add = editor.get(ADD).content.decode()
        change = editor.get(f"/en/admin/archive/article/{article.pk}/change/")
        assert re.search(r'name="_from_page"[^>]+multipart/form-data', add)
        assert "_from_page" not in change.content.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "utf-16"])
def test_encodings_of_pages_are_found_out(encoding: str) -> None:
    page = PAGE.replace('<meta charset="utf-8">', "").encode(encoding)
    assert read_saved_page(page).columns["title"] == "معرض الكتاب في البصرة"


def test_page_without_text_is_none() -> None:
    with pytest.raises(NoPage):
        read_saved_page(b"<html><head><title></title></head><body></body></html>")
