"""Marks in an article opened from a search; the setting ``ARTICLE_MARKER`` names this.

Public: `mark_for_query`.
"""

from collections.abc import Mapping

from archive.models import Article
from search.errors import QuerySyntaxError
from search.highlight.snippets import MarkedArticle, mark_article
from search.query import parse
from search.request import read_level


def mark_for_query(
    article: Article, parameters: Mapping[str, str]
) -> MarkedArticle | None:
    """The article with what the search in its address finds marked.

    ``q`` is the query and ``level`` how strictly its words match. ``None`` where
    nothing is asked for or the query cannot be read: the address of an article shows
    the article, whatever stands behind its question mark.
    """
    text = parameters.get("q", "")
    if not text.strip():
        return None
    try:
        query = parse(text, read_level(parameters.get("level", "")))
    except QuerySyntaxError:
        return None
    return mark_article(article, query)
