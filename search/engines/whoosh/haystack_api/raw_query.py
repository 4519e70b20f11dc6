"""Parses Whoosh's query language, for ``raw_search``, ``Raw`` and query facets.

Whoosh's parser reads the text; words, phrases and patterns become the same queries as
in lookups. The site's own pages have a parser of their own, `search.query.parse`.
"""

from __future__ import annotations

from typing import Any

from whoosh import query as q
from whoosh.fields import Schema
from whoosh.qparser import FuzzyTermPlugin, QueryParser

from search.engines.whoosh.field_values import Kind, kind_of
from search.engines.whoosh.haystack_api.lookups import (
    gram_query,
    phrase_query,
    word_query,
)
from search.engines.whoosh.haystack_api.value_lookups import Target
from search.engines.whoosh.query.term_tests import LevenshteinTerm
from search.engines.whoosh.schema import fold_words


class _Parser(QueryParser):  # type: ignore[misc]
    """Whoosh's parser with the queries of `lookups` for words and phrases."""

    def __init__(self, fieldname: str, schema: Schema) -> None:
        super().__init__(fieldname, schema, phraseclass=self._phrase)
        self.add_plugin(FuzzyTermPlugin())

    def term_query(
        self,
        fieldname: str,
        text: str,
        termclass: Any,
        boost: float = 1.0,
        tokenize: bool = True,
        removestops: bool = True,
    ) -> q.Query:
        if fieldname not in self.schema:
            return q.NullQuery
        target = Target(fieldname, self.schema[fieldname], boost)
        kind = kind_of(target.field)
        if termclass is q.FuzzyTerm:
            folded = fold_words(text) if kind is Kind.ARABIC_TEXT else text
            return LevenshteinTerm(fieldname, folded, boost)
        if termclass is not q.Term and kind is Kind.ARABIC_TEXT:
            return termclass(fieldname, fold_words(text), boost=boost)
        if termclass is q.Term and kind is Kind.ARABIC_TEXT:
            return word_query(target, text)
        if kind is Kind.NGRAM:
            return gram_query(target, text)
        return super().term_query(
            fieldname, text, termclass, boost, tokenize, removestops
        )

    def _phrase(
        self,
        fieldname: str,
        words: list[str],
        slop: int = 1,
        boost: float = 1.0,
        **_: Any,
    ) -> q.Query:
        if fieldname not in self.schema:
            return q.NullQuery
        field = self.schema[fieldname]
        target = Target(fieldname, field, boost)
        if not (field.format and field.format.supports("positions")):
            # Keywords are one token each; without positions all words are required.
            return q.And([self.term_query(fieldname, word, q.Term) for word in words])
        # Whoosh allows *slop* positions from each word to the next.
        distance = None if slop == 1 else slop * (len(words) - 1)
        return phrase_query(target, words, distance)


def parse_text(schema: Schema, text: str, field: str) -> q.Query:
    """The query of *text*, whose words without a field name are looked up in *field*.

    A lone asterisk matches every document, a field that the index lacks none.
    """
    if text.strip() == "*":
        return q.Every()
    return _Parser(field, schema).parse(text)
