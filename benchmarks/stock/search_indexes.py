"""What Haystack's manual says to declare for texts, facets and dates."""

from __future__ import annotations

from haystack import indexes

from benchmarks.stock.analysis import FamilyTokenizer
from benchmarks.stock.models import StockArticle


class StockIndex(indexes.SearchIndex, indexes.Indexable):  # type: ignore[misc]
    """Values with spaces are whole only in fields of several values."""

    text = indexes.CharField(
        document=True, model_attr="text", analyzer=FamilyTokenizer()
    )
    source = indexes.MultiValueField()
    subject = indexes.MultiValueField(model_attr="subjects")
    published = indexes.DateTimeField(model_attr="published", null=True)

    def get_model(self) -> type[StockArticle]:
        return StockArticle

    def prepare_source(self, article: StockArticle) -> list[str]:
        """The one source, as a list."""
        return [article.source] if article.source else []
