"""Rows of a results page: articles from the database, highlighted."""

from __future__ import annotations

from archive.models import Article, ArticleQuerySet
from search.deadline import check_deadline
from search.highlight.highlighter import get_highlighter
from search.highlight.snippets import build_fragments, mark_subtitle, mark_title
from search.request import SearchRequest
from search.results.explain import count_forms
from search.results.model import Row


def fetch_articles(articles: ArticleQuerySet, article_ids: list[int]) -> list[Article]:
    """The *articles* with these ids, in this order, without those withdrawn since.

    The index may be a moment behind the database.
    """
    # In the model's default order SQLite would scan all published articles.
    found = articles.published().order_by().in_bulk(article_ids)
    return [found[pk] for pk in article_ids if pk in found]


def build_rows(request: SearchRequest, article_ids: list[int]) -> tuple[Row, ...]:
    """The rows of these articles in this order, highlighted for *request*.

    Raises QueryTooExpensive after the time that holds: see ``search.deadline``.
    """
    articles = fetch_articles(Article.objects.all().for_entries("body"), article_ids)
    rows = []
    for article in articles:
        check_deadline()
        rows.append(_build_row(article, request))
    return tuple(rows)


def _build_row(article: Article, request: SearchRequest) -> Row:
    in_title = get_highlighter(request.query, field="title")
    in_text = get_highlighter(request.query)
    parts = (
        (article.title, in_title),
        (article.subtitle, in_text),
        (article.body, in_text),
    )
    return Row(
        article,
        mark_title(article.title, request.query),
        mark_subtitle(article.subtitle, request.query),
        build_fragments(article.body, request.query, title=article.title),
        count_forms(parts),
    )
