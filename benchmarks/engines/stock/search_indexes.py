"""Haystack's declaration of the index, as its manual describes it."""

from __future__ import annotations

from haystack import indexes

from benchmarks.engines.stock.analysis import FamilyTokenizer
from benchmarks.engines.stock.models import StockArticle


class StockIndex(indexes.SearchIndex, indexes.Indexable):  # type: ignore[misc]
    """Text, facets and date.

    The source is multi-valued, because Whoosh splits single values at spaces. Months
    are a facet of their own, because Haystack's date facet runs a query for each month
    from the first to the last.
    """

    text = indexes.CharField(
        document=True, model_attr="text", analyzer=FamilyTokenizer()
    )
    source = indexes.MultiValueField()
    subject = indexes.MultiValueField(model_attr="subjects")
    month = indexes.MultiValueField()
    published = indexes.DateTimeField(model_attr="published", null=True)

    def get_model(self) -> type[StockArticle]:
        return StockArticle

    def prepare_source(self, article: StockArticle) -> list[str]:
        """The source as a list."""
        return [article.source] if article.source else []

    def prepare_month(self, article: StockArticle) -> list[str]:
        """The month as yyyymm, as a list."""
        return [f"{article.published:%Y%m}"] if article.published else []
