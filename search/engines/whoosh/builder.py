"""Documents in, one segment file out: the bulk writer of the index."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, Final

import numpy as np
from whoosh.columns import NumericColumn
from whoosh.fields import FieldType, Schema

from search.arabic.analyzer import ANALYZER_VERSION
from search.engines.whoosh.inversion import (
    TokenStream,
    Vocabulary,
    narrow,
    rank_terms,
)
from search.engines.whoosh.lexicon import pack_strings, pack_terms
from search.engines.whoosh.postings_builder import PostingsBuilder
from search.engines.whoosh.schema import ArabicText, MarkedWords, Values
from search.engines.whoosh.segment_file import Array, write_segment_file
from search.engines.whoosh.text_analysis import TextAnalysis
from search.engines.whoosh.text_tokens import TextTokens
from search.engines.whoosh.words import Numbers, Words

# Characters of text analyzed at a time: some 300 articles, half a second's work.
_BATCH: Final = 1_000_000
# At the peak of writing, beside the stretch that is sorted.
_BYTES_A_TOKEN: Final = 15


class _OtherTokens:
    """The terms of any other indexed field while documents come in."""

    def __init__(self, name: str, field: FieldType) -> None:
        self.name = name
        self.stream = TokenStream()
        self._field = field
        self._vocabulary = Vocabulary()
        self._has_positions = bool(field.format and field.format.supports("positions"))

    def add(self, value: Any) -> None:
        if value is not None:
            for term, freq, _weight, encoded in self._field.index(value):
                places = (
                    self._field.format.decode_positions(encoded)
                    if self._has_positions
                    else range(freq)
                )
                number = self._vocabulary[term]
                for place in places:
                    self.stream.add([number], position=place)
        self.stream.end_document()

    def sections(self, count: int) -> Iterator[tuple[str, Array]]:
        terms, ranks = rank_terms(list(self._vocabulary))
        builder = PostingsBuilder(len(terms), positions=self._has_positions)
        for tokens in self.stream.iter_sorted(ranks, len(terms)):
            builder.add(tokens)
        yield from pack_terms(f"{self.name}/terms", terms).items()
        yield from builder.sections(self.name).items()
        if isinstance(self._field, Values):
            yield from builder.column(self.name, count).items()
        elif self._field.scorable:
            lengths = np.frombuffer(self.stream.lengths, np.uint32)
            yield f"{self.name}/lengths", narrow(lengths)


class SegmentBuilder:
    """Gathers documents in memory and writes them as one segment."""

    def __init__(self, schema: Schema, analysis: TextAnalysis | None = None) -> None:
        self.schema = schema
        self.count = 0
        self._analysis = analysis or TextAnalysis()
        self._words = Words()
        self._texts = [
            TextTokens(name)
            for name, field in schema.items()
            if isinstance(field, ArabicText)
        ]
        self._others = [
            _OtherTokens(name, field)
            for name, field in schema.items()
            if field.indexed and not isinstance(field, ArabicText | MarkedWords)
        ]
        self._waiting = 0
        # How many texts each document has, of the batches that are being analyzed.
        self._batches: deque[list[Array]] = deque()
        self._columns: dict[str, list[Any]] = {
            name: [] for name, field in schema.items() if field.column_type
        }
        self._stored: list[bytes] = []

    @property
    def memory(self) -> int:
        """About how many bytes writing what is gathered will take."""
        texts = sum(len(text.stream.terms) for text in self._texts)
        tokens = texts + sum(len(other.stream.terms) for other in self._others)
        return tokens * _BYTES_A_TOKEN + self._words.measure()

    def add(self, document: Mapping[str, Any]) -> None:
        """Append *document*; fields that the schema lacks are left out."""
        for text in self._texts:
            self._waiting += text.add(document.get(text.name))
        for other in self._others:
            other.add(document.get(other.name))
        for name, values in self._columns.items():
            value = document.get(name)
            field = self.schema[name]
            values.append(None if value is None else field.to_column_value(value))
        kept = {
            name: document[name]
            for name, field in self.schema.items()
            if field.stored and document.get(name) is not None
        }
        for name in stored_values(self.schema):
            # A single value stands in the column of its field.
            if isinstance(kept.get(name), str):
                del kept[name]
        self._stored.append(encode_stored(kept))
        self.count += 1
        if self._waiting >= _BATCH:
            self._analysis.submit(self._words, self._take_batch())
            self._extend(self._analysis.iter_ready())

    def _take_batch(self) -> list[str]:
        taken = [text.take_texts() for text in self._texts]
        self._batches.append([docs for _texts, docs in taken])
        self._waiting = 0
        return list(chain.from_iterable(texts for texts, _docs in taken))

    def _extend(self, batches: Iterable[Numbers]) -> None:
        for tokens, sizes in batches:
            token = part = 0
            for text, docs in zip(self._texts, self._batches.popleft(), strict=True):
                of_field = sizes[part : part + int(docs.sum())]
                size = int(of_field.sum())
                text.extend(tokens[token : token + size], of_field, docs)
                token, part = token + size, part + of_field.size

    def write(self, path: Path) -> int:
        """Write the segment to *path*; returns its size in bytes."""
        self._analysis.do_here(self._words, self._take_batch())
        self._extend(self._analysis.iter_all())
        # Nothing is numbered any more, and the rest takes memory.
        self._words.end()
        sections: dict[str, Array] = {}
        for text in self._texts:
            sections.update(text.sections(self._words.known))
        for other in self._others:
            sections.update(other.sections(self.count))
        for name, values in self._columns.items():
            sections.update(build_column(name, self.schema[name].column_type, values))
        sections.update(pack_strings("stored", self._stored))
        facts = build_facts(self.schema, self.count, ANALYZER_VERSION)
        return write_segment_file(path, facts, sections)


def build_facts(schema: Schema, count: int, analyzer: int) -> dict[str, Any]:
    """What a segment of *count* documents says of itself."""
    return {
        "documents": count,
        "analyzer": analyzer,
        "stored_values": stored_values(schema),
    }


def stored_values(schema: Schema) -> list[str]:
    """The fields of whole values that are also stored."""
    return [
        name
        for name, field in schema.items()
        if field.stored and isinstance(field, Values)
    ]


def build_column(name: str, column: Any, values: list[Any]) -> dict[str, Array]:
    """The sections of a sortable column: numbers, or ordinals of strings."""
    default = column.default_value()
    filled = [default if value is None else value for value in values]
    if isinstance(column, NumericColumn):
        return {f"{name}/numbers": np.array(filled, np.dtype(column._typecode))}
    encoded = [one if isinstance(one, bytes) else bytes([bool(one)]) for one in filled]
    distinct = sorted(set(encoded))
    ordinal = {value: at for at, value in enumerate(distinct)}
    return {
        f"{name}/order": narrow(np.array([ordinal[one] for one in encoded], np.int64)),
        **pack_terms(f"{name}/values", distinct),
    }


def encode_stored(values: Mapping[str, Any]) -> bytes:
    """Stored fields as JSON, no fields as nothing; a time becomes ``{"time": ISO}``.

    >>> decode_stored(encode_stored({"title": "سجلّ"}))
    {'title': 'سجلّ'}
    """
    if not values:
        return b""
    return json.dumps(values, ensure_ascii=False, default=_encode_time).encode()


def _encode_time(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    raise TypeError(f"{type(value).__name__} cannot be stored in the index.")


def _decode_time(value: dict[str, Any]) -> Any:
    if value.keys() == {"time"}:
        return datetime.fromisoformat(value["time"])
    return value


def decode_stored(encoded: bytes) -> dict[str, Any]:
    """The stored fields that ``encode_stored`` wrote."""
    values: dict[str, Any] = json.loads(encoded or b"{}", object_hook=_decode_time)
    return values
