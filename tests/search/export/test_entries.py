"""Entries: articles with their relations, read in batches."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.models import Article, ArticleAuthor
from search.export import entries
from search.export.entries import iter_entries
from search.export.lines import write_lines
from tests.search.export.circumstances import ABOUT
from tests.search.library import Library


class TestIterEntries:
    def test_order_is_kept_across_batches(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(entries, "BATCH", 7)
        articles = list(Article.objects.order_by("-title"))
        found = [entry.article.pk for entry in iter_entries(articles)]
        assert found == [article.pk for article in articles]

    def test_writing_a_batch_takes_no_database_query(self, library: Library) -> None:
        """Topics, actors, authors, aliases, sources and the tree are prefetched."""
        for article in library.articles.values():
            ArticleAuthor.objects.create(
                article=article, name="كاتب", actor=library.actors["taha"]
            )
        articles = list(Article.objects.select_related("source"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = list(iter_entries(articles))
        assert len(queries) == 7, [query["sql"] for query in queries]
        with CaptureQueriesContext(connection) as queries:
            assert len(list(write_lines(found, ABOUT))) == len(articles)
        assert len(queries) == 0

    def test_only_one_batch_is_read_ahead(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(entries, "BATCH", 5)
        taken = []

        def articles():
            for article in library.articles.values():
                taken.append(article)
                yield article

        next(iter_entries(articles()))
        assert len(taken) == 5
