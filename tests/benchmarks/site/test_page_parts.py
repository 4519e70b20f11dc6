"""The parts of a results page, and requests of questions."""

import pytest
from django.db import connection
from django.test import override_settings

from archive.models import Article
from benchmarks.data.questions import Question
from benchmarks.site.addresses import build_request, draw_articles
from benchmarks.site.page_parts import DATABASE, measure_parts
from tests.search.library import Library

_PAGE = "/ar/search/?q=%D8%A8%D9%8A%D8%A7%D9%86"
MOST_QUERIES = 12


class TestMeasureParts:
    @override_settings(RATES={})
    def test_all_parts_and_queries_are_timed(self, library: Library) -> None:
        wrappers = list(connection.execute_wrappers)
        parts = measure_parts([_PAGE])
        assert set(parts.milliseconds) >= {
            "engine: hits and counts",
            "objects of rows",
            "template",
            DATABASE,
        }
        assert 4 <= parts.most_queries <= MOST_QUERIES
        assert connection.execute_wrappers == wrappers

    @override_settings(RATES={})
    def test_missing_page_raises(self, library: Library) -> None:
        with pytest.raises(RuntimeError, match="status 404"):
            measure_parts([f"{_PAGE}&page=900"])


class TestDrawArticles:
    @override_settings(RATES={})
    def test_articles_are_published_and_drawn_once(self, library: Library) -> None:
        drawn = draw_articles(count=10_000, seed=1)
        assert len(drawn) == len(set(drawn)) == Article.objects.published().count()
        assert draw_articles(count=3, seed=1) == draw_articles(count=3, seed=1)
        assert measure_parts(drawn[:2]).most_queries <= MOST_QUERIES


class TestBuildRequest:
    def test_filters_are_in_the_query_string(self) -> None:
        question = Question(
            "filtered", ("نفط",), source="gazette", first=19460101, last=19460131
        )
        query_string = build_request(question).query_string()
        assert "source=gazette" in query_string
        assert query_string.endswith("from=1946-01-01&to=1946-01-31")
