"""Haystack's declaration of the index: the fields of an article's document.

The fields are those of ``search.fields``, their values are built by
``search.indexing.documents``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from haystack import indexes

from archive.models import Article
from search.engines.contract import Document
from search.fields import CONTENT, FACETS, TEXT_FIELDS
from search.indexing.documents import indexed_articles, iter_documents


class PartsField(indexes.SearchField):  # type: ignore[misc]
    """Text in parts that no phrase crosses, indexed and not stored."""

    field_type = "string"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(stored=False, **kwargs)

    def convert(self, value: list[str]) -> list[str]:
        """The parts as they are."""
        return value


def _declare() -> dict[str, indexes.SearchField]:
    """The text fields and facets of ``search.fields``, by name."""
    texts = {row.name: PartsField(document=row.name == CONTENT) for row in TEXT_FIELDS}
    facets = {row.name: indexes.MultiValueField(stored=False) for row in FACETS}
    return {**texts, **facets}


# Haystack's metaclass reads the fields of an index from the body of its class.
_WithFields: Any = type(indexes.SearchIndex)(
    "_WithFields", (indexes.SearchIndex,), {"__module__": __name__, **_declare()}
)


class ArticleIndex(_WithFields, indexes.Indexable):  # type: ignore[misc]
    """The documents of published articles. Only Haystack's own fields are stored."""

    article_id = indexes.IntegerField(stored=False, indexed=False)
    published_first = indexes.IntegerField(stored=False, indexed=False)
    published_last = indexes.IntegerField(stored=False, indexed=False)
    document_hash = indexes.IntegerField(stored=False, indexed=False)

    def get_model(self) -> type[Article]:
        """The model whose objects are indexed."""
        return Article

    def index_queryset(self, using: str | None = None) -> QuerySet[Article]:
        """The published articles, with all that their documents are built from."""
        return indexed_articles()

    def full_prepare(self, obj: Article) -> Document:
        """The document of one article."""
        return next(self.prepare_all([obj]))

    def prepare_all(self, articles: Iterable[Article]) -> Iterator[Document]:
        """The documents of *articles*; the topics are read once for all."""
        return iter_documents(articles)
