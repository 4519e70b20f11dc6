"""The engine of the site's pages and indexer: Haystack's default connection."""

from __future__ import annotations

from typing import cast

from haystack import connections
from haystack.utils import get_model_ct

from archive.models import Article
from search.engines.contract import Engine
from search.search_indexes import ArticleIndex


def site_engine() -> Engine:
    """The engine behind Haystack's default connection."""
    return cast(Engine, connections["default"].get_backend())


def article_index() -> ArticleIndex:
    """The declaration of an article's document."""
    unified = connections["default"].get_unified_index()
    return cast(ArticleIndex, unified.get_index(Article))


def build_identifier(article_id: int) -> str:
    """Haystack's identifier of an article's document."""
    return f"{get_model_ct(Article)}.{article_id}"
