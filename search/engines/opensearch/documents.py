"""What the server holds: the mapping of an index, and documents as it has them.

Texts are indexed by their tokens and counted by their words, facets are keywords, and
nothing is indexed that is not declared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from search.date_keys import DAYS_OF_MONTH, DAYS_OF_YEAR
from search.engines.contract import Document
from search.engines.opensearch.fields import Field, Kind, value_field
from search.engines.opensearch.query.words import WORD_TOKENS, Json
from search.engines.opensearch.tokens import (
    BETWEEN,
    WordTokens,
    pack,
    tokenize,
    write_words,
)
from search.engines.whoosh.schema import split_values
from search.fields import CONTENT, DATE_FIRST, DATE_LAST, POSITION_GAP

# Raised with every change to the mapping or to documents: an index of an older version
# is still served, but must be built again.
MAPPING_VERSION: Final = 3

# The year, month and day of publication, as far as they are known, as date keys.
YEAR: Final = "published_year"
MONTH: Final = "published_month"
DAY: Final = "published_day"
# The fields of the words of the archive; ``articles`` is how many had a word when it
# was written, by which the frequent ones are found, and is never shown.
SURFACE: Final = "surface"
TELLING_FORM: Final = "telling_form"
ARTICLES: Final = "articles"
# What results have of a document: the values of its stored fields.
STORED: Final = "stored"
# The words of an article's text in their order, and how many they are.
WORDS: Final = "words"
LENGTH: Final = f"{CONTENT}_length"

# The analyzer that unpacks tokens: it splits at spaces and bars.
PACKED: Final = "packed"
_LONGEST: Final = 1_000_000


def forms_field(name: str) -> str:
    """The keywords of a text's distinct words: the field that they are counted by."""
    return f"{name}_forms"


def build_index(
    fields: Mapping[str, Field], meta: Mapping[str, object], *, shards: int
) -> Json:
    """The settings and the mapping of an index with these *fields*."""
    properties: dict[str, Json] = {
        name: {"type": "integer"} for name in (YEAR, MONTH, DAY, LENGTH)
    }
    for name, field in fields.items():
        properties |= build_properties(name, field)
    return {
        "settings": {
            "number_of_shards": shards,
            "auto_expand_replicas": "0-1",
            # A commit is what has been refreshed, not what a second has passed over.
            "refresh_interval": -1,
            "analysis": _ANALYSIS,
        },
        "mappings": {
            "dynamic": False,
            "_meta": dict(meta),
            "_source": {"includes": [STORED, WORDS]},
            "properties": properties,
        },
    }


def build_words_index() -> Json:
    """The settings and the mapping of the words of an archive."""
    return {
        "settings": {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "refresh_interval": -1,
        },
        "mappings": {
            "dynamic": False,
            "properties": {
                SURFACE: {"type": "keyword"},
                TELLING_FORM: {"type": "keyword", "index": False},
                WORD_TOKENS: {"type": "keyword", "doc_values": False},
                ARTICLES: {"type": "integer"},
            },
        },
    }


def build_properties(name: str, field: Field) -> dict[str, Json]:
    """The mapping of one field, with what stands beside it."""
    properties = {name: _PROPERTIES[field.kind]}
    if field.kind is Kind.TEXT:
        properties[forms_field(name)] = {"type": "keyword", "index": False}
    if field.has_value:
        properties[value_field(name)] = {"type": "keyword"}
    return properties


_ANALYSIS: Final[Json] = {
    "tokenizer": {"positions": {"type": "whitespace", "max_token_length": _LONGEST}},
    "filter": {
        "tokens": {
            "type": "pattern_capture",
            "patterns": [f"([^{BETWEEN}]+)"],
            "preserve_original": False,
        }
    },
    "analyzer": {
        PACKED: {"type": "custom", "tokenizer": "positions", "filter": ["tokens"]}
    },
}
_TEXT: Final[Json] = {
    "type": "text",
    "analyzer": PACKED,
    "position_increment_gap": POSITION_GAP,
}
_PROPERTIES: Final[dict[Kind, Json]] = {
    Kind.TEXT: _TEXT,
    Kind.TOKENS: _TEXT,
    Kind.KEYWORD: {"type": "keyword"},
    Kind.DECIMAL: {"type": "keyword"},
    Kind.INTEGER: {"type": "long"},
    Kind.FLOAT: {"type": "double"},
    Kind.TIME: {"type": "long"},
    Kind.BOOLEAN: {"type": "long"},
}


class Converter:
    """Makes documents as the server has them, and counts the documents of each word.

    The keys of ``counts`` are the forms of ``WordTokens.form``.
    """

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self._fields = fields
        self._texts = [
            name for name, field in fields.items() if field.kind is Kind.TEXT
        ]
        self.counts: Counter[str] = Counter()

    def convert(self, documents: Sequence[Document]) -> Iterator[Json]:
        """*documents* with their texts as tokens, without the fields not declared.

        The words of all are looked up together, which is faster than one by one.
        """
        texts = [
            (name, list(map(str, _list_values(document.get(name)))))
            for document in documents
            for name in self._texts
        ]
        tokenized = iter(tokenize(part for _name, parts in texts for part in parts))
        by_field = iter([(name, list(islice(tokenized, len(p)))) for name, p in texts])
        for document in documents:
            source = self._convert_values(document)
            in_document: set[str] = set()
            for name, parts in islice(by_field, len(self._texts)):
                forms = {word.form for words in parts for word in words}
                source[name] = [pack(words) for words in parts if words]
                source[forms_field(name)] = sorted(forms)
                in_document |= forms
                if name == CONTENT:
                    source[WORDS] = write_words(parts)
                    source[LENGTH] = sum(map(len, parts))
            self.counts.update(in_document)
            yield _with_dates(source)

    def _convert_values(self, document: Document) -> Json:
        source: Json = {STORED: {}}
        for name, field in self._fields.items():
            value = _without_none(document.get(name))
            if value is None:
                continue
            encoded = field.encode(value)
            if field.stored:
                source[STORED][name] = field.store(value)
            if field.has_value:
                source[value_field(name)] = field.sort_value(value)
            if field.kind is Kind.TOKENS:
                source[name] = [field.pack(text) for text in _list_values(encoded)]
            elif field.kind is not Kind.TEXT:
                source[name] = encoded
        return source


def _without_none(value: Any) -> Any:
    is_several = isinstance(value, list | tuple | set | frozenset)
    return [each for each in value if each is not None] if is_several else value


def _list_values(value: Any) -> list[Any]:
    return split_values(_without_none(value))


def _with_dates(source: Json) -> Json:
    """*source* with the keys of its dates; without dates where they are unknown."""
    first, last = source.get(DATE_FIRST), source.get(DATE_LAST)
    if not first:
        return {
            name: value
            for name, value in source.items()
            if name not in (DATE_FIRST, DATE_LAST)
        }
    source[YEAR] = first // DAYS_OF_YEAR
    if last and first // DAYS_OF_MONTH == last // DAYS_OF_MONTH:
        source[MONTH] = first // DAYS_OF_MONTH
    if first == last:
        source[DAY] = first
    return source


def word_source(word: WordTokens, articles: int) -> Json:
    """A word of the archive, which *articles* have."""
    return {
        SURFACE: word.surface,
        TELLING_FORM: word.telling_form,
        WORD_TOKENS: list(word.tokens),
        ARTICLES: articles,
    }
