"""tantivy on our word families; facets by aggregations over fast fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import tantivy

from benchmarks.data.collection import Article, stems, tokens
from benchmarks.data.questions import Question
from benchmarks.peer import ALL_VALUES, TOP, Answer, Counts

_WORDS: Final = "words"
# The binding's tokenizer for untokenized values, and ours that splits at spaces.
_UNTOKENIZED: Final = "raw"
_SPACES: Final = "spaces"
_HEAP_BYTES: Final = 512 * 1024 * 1024

_COUNTED: Final = ("source", "subject", "month")


class Tantivy:
    """An index in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "tantivy"
        self._schema = _build_schema()
        self._searcher: Any = None

    def build(self, articles: Iterable[Article]) -> None:
        """Write with all of tantivy's threads, commit once and wait for the merges."""
        self._folder.mkdir(parents=True)
        index = tantivy.Index(self._schema, path=str(self._folder))
        spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer(_SPACES, spaces)
        writer = index.writer(heap_size=_HEAP_BYTES)
        for article in articles:
            writer.add_document(_build_document(article))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        """Open the index in the folder."""
        self._searcher = tantivy.Index.open(str(self._folder)).searcher()

    def ask(self, question: Question) -> Answer:
        """A search, and one aggregation for each distinct set of filters."""
        text = _BUILD[question.joined](self._schema, question.words)
        filters = self._filters(question)
        query = _narrow(text, filters.values())
        result = self._searcher.search(query, limit=TOP, count=True)
        addresses = [address for _, address in result.hits]
        return Answer(
            total=result.count,
            best=tuple(self._searcher.fast_field_values("number", addresses)),
            counts=self._count(text, query, filters),
        )

    def _filters(self, question: Question) -> dict[str, Any]:
        """Facet → the filter that its counts ignore."""
        filters = {}
        if question.source:
            filters["source"] = tantivy.Query.term_query(
                self._schema, "source", question.source, index_option="basic"
            )
        if question.first:
            filters["month"] = tantivy.Query.range_query(
                self._schema,
                "day",
                tantivy.FieldType.Unsigned,
                question.first,
                question.last,
            )
        return filters

    def _count(
        self, text: Any, query: Any, filters: Mapping[str, Any]
    ) -> dict[str, Counts]:
        unfiltered = [name for name in _COUNTED if name not in filters]
        counts = self._aggregate(query, unfiltered)
        for facet in filters:
            others = [clause for name, clause in filters.items() if name != facet]
            counts |= self._aggregate(_narrow(text, others), [facet])
        return counts

    def _aggregate(self, query: Any, names: list[str]) -> dict[str, Counts]:
        terms = {name: {"terms": {"field": name, "size": ALL_VALUES}} for name in names}
        result = self._searcher.aggregate(query, terms)
        return {
            name: {
                _to_text(bucket["key"]): bucket["doc_count"]
                for bucket in result[name]["buckets"]
            }
            for name in names
        }


def _build_schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_WORDS, tokenizer_name=_SPACES, index_option="position")
    for name in ("source", "subject"):
        builder.add_text_field(
            name, fast=True, tokenizer_name=_UNTOKENIZED, index_option="basic"
        )
    builder.add_unsigned_field("number", fast=True)
    builder.add_unsigned_field("month", fast=True)
    builder.add_unsigned_field("day", fast=True, indexed=True)
    return builder.build()


def _build_document(article: Article) -> Any:
    document = tantivy.Document()
    document.add_text(_WORDS, tokens(article))
    document.add_unsigned("number", article.number)
    if article.source:
        document.add_text("source", article.source)
    for subject in article.subjects:
        document.add_text("subject", subject)
    if article.day:
        document.add_unsigned("month", article.month)
        document.add_unsigned("day", article.day)
    return document


def _narrow(query: Any, filters: Iterable[Any]) -> Any:
    """*query* restricted by *filters*, which add nothing to the score."""
    unscored = [tantivy.Query.const_score_query(clause, 0.0) for clause in filters]
    if not unscored:
        return query
    must = [(tantivy.Occur.Must, clause) for clause in (query, *unscored)]
    return tantivy.Query.boolean_query(must)


def _to_text(key: Any) -> str:
    """The key of a bucket as text; tantivy returns months as floats."""
    return key if isinstance(key, str) else str(int(key))


def _several(occur: Any) -> Callable[[Any, tuple[str, ...]], Any]:
    def build(schema: Any, words: tuple[str, ...]) -> Any:
        terms = [
            tantivy.Query.term_query(schema, _WORDS, stem)
            for word in words
            for stem in stems(word)
        ]
        if len(terms) == 1:
            return terms[0]
        return tantivy.Query.boolean_query([(occur, term) for term in terms])

    return build


def _phrase(schema: Any, words: tuple[str, ...]) -> Any:
    terms: list[Any] = [stem for word in words for stem in stems(word)]
    return tantivy.Query.phrase_query(schema, _WORDS, terms)


def _prefix(schema: Any, words: tuple[str, ...]) -> Any:
    return tantivy.Query.regex_query(schema, _WORDS, f"{words[0]}.*")


_BUILD: Final[Mapping[str, Callable[[Any, tuple[str, ...]], Any]]] = {
    "and": _several(tantivy.Occur.Must),
    "or": _several(tantivy.Occur.Should),
    "phrase": _phrase,
    "prefix": _prefix,
}
