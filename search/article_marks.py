"""Marks in an article opened from a search; the setting ``ARTICLE_MARKER`` names this.

Public: `mark_for_query`.
"""

from archive.models import Article
from search.errors import QuerySyntaxError
from search.snippets import MarkedArticle, mark_article
from search.syntax import parse


def mark_for_query(article: Article, text: str) -> MarkedArticle | None:
    """The article with what the query *text* finds marked.

    ``None`` for a query that cannot be read: the address of an article shows the
    article, whatever stands behind its question mark.
    """
    try:
        query = parse(text)
    except QuerySyntaxError:
        return None
    return mark_article(article, query)
