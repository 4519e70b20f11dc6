"""The page that checks quotations."""

from pathlib import Path

import pytest
from django.test import Client

from search.views.quotations import MAX_LENGTH
from tests.search.library import Library

PAGE = "/ar/quotations/"


class TestPage:
    def test_verdicts_are_shown_with_their_articles(
        self, client: Client, library: Library
    ) -> None:
        text = (
            "سكة حديد الحجاز بدأت في دمشق\n"
            "سكة حديد الشام بدأت في دمشق\n"
            "زرافة فلفل مثلث قوقعة\n"
            "كلمة"
        )
        page = client.post(PAGE, {"text": text}).content.decode()
        article = library["phrase_twice"]
        for sentence in (
            "في هذا الأرشيف حرفيًّا",
            "محرَّف",
            "ليس في هذا الأرشيف",
            "أقصر من أن يُفحص",
        ):
            assert sentence in page
        assert "الشام</del>" in page
        assert "الحجاز</ins>" in page
        assert page.count(f'href="/ar/articles/{article.pk}/') == 2

    def test_what_is_pasted_is_escaped_and_kept(
        self, client: Client, library: Library
    ) -> None:
        page = client.post(PAGE, {"text": "<script>زرافة فلفل مثلث"}).content.decode()
        assert "&lt;script&gt;زرافة" in page
        assert "<script>زرافة" not in page

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "ألصق جملة"),
            ("… !", "ألصق جملة"),
            ("كلمة " * MAX_LENGTH, "أطول من"),
            ("سطر من ثلاث\n" * 41, "جزءًا جزءًا"),
        ],
    )
    def test_what_cannot_be_checked_is_400_with_the_remedy(
        self, client: Client, library: Library, text: str, sentence: str
    ) -> None:
        answer = client.post(PAGE, {"text": text})
        assert answer.status_code == 400
        assert sentence in answer.content.decode()

    def test_form_is_shown_first(self, client: Client, library: Library) -> None:
        assert "<textarea" in client.get(PAGE).content.decode()

    def test_missing_index_is_503(
        self, client: Client, db: None, no_index: Path
    ) -> None:
        answer = client.post(PAGE, {"text": "سكة حديد الحجاز بدأت"})
        assert answer.status_code == 503
