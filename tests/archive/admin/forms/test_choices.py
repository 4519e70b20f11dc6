"""Autocomplete choices of the article form."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.models import Topic
from tests.archive.admin.conftest import Catalogue


def choices(client: Client, field: str, term: str, language: str = "ar") -> list[str]:
    """The choices of a field of the article form, without isolates."""
    response = client.get(
        f"/{language}/admin/autocomplete/",
        {
            "app_label": "archive",
            "model_name": "article",
            "field_name": field,
            "term": term,
        },
    )
    assert response.status_code == 200
    texts = [choice["text"] for choice in response.json()["results"]]
    return [text.replace("\u2068", "").replace("\u2069", "") for text in texts]


class TestActors:
    @pytest.mark.parametrize("term", ["شاعر النيل", "حافظ ابراهيم", "إبراهيم", "حافظْ"])
    def test_actors_are_found_by_alias_and_other_spellings(
        self, editor: Client, catalogue: Catalogue, term: str
    ) -> None:
        found = choices(editor, "actors", term, "en")
        assert found == ["حافظ إبراهيم · person · 1872–1932"]

    def test_namesakes_are_distinguished(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        assert choices(editor, "actors", "احمد شوقي", "en") == [
            "Aḥmad Shawqī · person · 1868–1932",
            "أحمد شوقي · place",
        ]


class TestTopics:
    def test_topic_shows_its_path(self, editor: Client, catalogue: Catalogue) -> None:
        assert sorted(choices(editor, "topics", "شعر")) == [
            "الأدب / الشعر",
            "الصحافة / الشعر",
        ]

    def test_exact_name_is_first(self, editor: Client, catalogue: Catalogue) -> None:
        for name in ("أخبار", "الأخبار والآراء", "أخبار العلم"):
            Topic.objects.create(name_ar=name)
        found = choices(editor, "topics", "اخبار")
        assert found == ["أخبار", "أخبار العلم", "الأخبار والآراء"]

    def test_queries_do_not_grow_with_choices(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        choices(editor, "topics", "نوع")
        Topic.objects.create(name_ar="نوع", parent=catalogue.poetry)
        with CaptureQueriesContext(connection) as for_one:
            choices(editor, "topics", "نوع")
        for number in range(15):
            Topic.objects.create(name_ar=f"نوع {number}", parent=catalogue.poetry)
        with CaptureQueriesContext(connection) as for_many:
            assert len(choices(editor, "topics", "نوع")) == 16
        assert len(for_many) == len(for_one)


class TestSources:
    def test_sources_are_found_by_other_spellings(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        assert choices(editor, "source", "الاهرام") == ["الأهرام"]
        assert choices(editor, "source", "ahram", "en") == ["Al-Ahram"]
