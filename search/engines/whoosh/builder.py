"""Documents in, one segment file out: the bulk writer of the index."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from whoosh.columns import NumericColumn
from whoosh.fields import FieldType, Schema

from search.arabic.analyzer import ANALYZER_VERSION, surfaces
from search.engines.whoosh.families import build_families
from search.engines.whoosh.inversion import (
    TokenStream,
    build_forward,
    narrow,
    sort_tokens,
)
from search.engines.whoosh.lexicon import pack_terms
from search.engines.whoosh.postings_builder import PostingsBuilder
from search.engines.whoosh.schema import ArabicText, Values, split_values
from search.engines.whoosh.segment_file import Array, write_segment_file

# No phrase and no nearness reaches from one part of a text, such as its title,
# into the next.
PART_GAP: Final = 100


class _IndexedField:
    """The tokens of one field while documents come in."""

    def __init__(self, name: str, field: FieldType) -> None:
        self.name = name
        self.field = field
        self.stream = TokenStream()
        self.keeps_positions = bool(field.format and field.format.supports("positions"))

    def add(self, value: Any) -> None:
        if value is not None:
            add = (
                self._add_text if isinstance(self.field, ArabicText) else self._add_any
            )
            add(value)
        self.stream.end_document()

    def _add_text(self, value: Any) -> None:
        position = 0
        for part in split_values(value):
            words = surfaces(part)
            if words:
                self.stream.add(words, position=position)
                position += len(words) + PART_GAP

    def _add_any(self, value: Any) -> None:
        for term, freq, _weight, encoded in self.field.index(value):
            places = (
                self.field.format.decode_positions(encoded)
                if self.keeps_positions
                else range(freq)
            )
            for place in places:
                self.stream.add([term], position=place)

    def sections(self, count: int) -> Iterator[tuple[str, Array]]:
        terms, rank = self.stream.sorted_terms()
        lengths = np.frombuffer(self.stream.lengths, np.uint32)
        tokens = sort_tokens(
            rank[np.frombuffer(self.stream.terms, np.uint32)],
            np.repeat(np.arange(count), lengths),
            self.stream.token_positions(),
        )
        builder = PostingsBuilder(terms, positions=self.keeps_positions)
        builder.add(tokens)
        postings = builder.sections(self.name)
        yield from postings.items()
        if isinstance(self.field, Values):
            yield from build_forward(self.name, count, postings).items()
        elif self.field.scorable:
            yield f"{self.name}/lengths", narrow(lengths)
        if isinstance(self.field, ArabicText):
            yield from build_families(self.name, terms).items()


class SegmentBuilder:
    """Gathers documents in memory and writes them as one segment.

    ``tokens`` tells how much is gathered: about 16 bytes a token while gathering
    and 80 while writing.
    """

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.count = 0
        self._indexed = [
            _IndexedField(name, field)
            for name, field in schema.items()
            if field.indexed
        ]
        self._columns: dict[str, list[Any]] = {
            name: [] for name, field in schema.items() if field.column_type
        }
        self._stored: list[bytes] = []

    @property
    def tokens(self) -> int:
        """How many tokens have been gathered."""
        return sum(len(field.stream.terms) for field in self._indexed)

    def add(self, document: Mapping[str, Any]) -> None:
        """Append *document*; fields that the schema lacks are left out."""
        for indexed in self._indexed:
            indexed.add(document.get(indexed.name))
        for name, values in self._columns.items():
            value = document.get(name)
            field = self.schema[name]
            values.append(None if value is None else field.to_column_value(value))
        kept = {
            name: document[name]
            for name, field in self.schema.items()
            if field.stored and document.get(name) is not None
        }
        self._stored.append(encode_stored(kept))
        self.count += 1

    def write(self, path: Path) -> int:
        """Write the segment to *path*; returns its size in bytes."""
        sections: dict[str, Array] = {}
        for indexed in self._indexed:
            sections.update(indexed.sections(self.count))
        for name, values in self._columns.items():
            sections.update(build_column(name, self.schema[name].column_type, values))
        sections.update(pack_terms("stored", self._stored))
        facts = {"documents": self.count, "analyzer": ANALYZER_VERSION}
        return write_segment_file(path, facts, sections)


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
    """Stored fields as JSON; a date and time becomes ``{"time": ISO}``.

    >>> decode_stored(encode_stored({"title": "سجلّ"}))
    {'title': 'سجلّ'}
    """
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
    values: dict[str, Any] = json.loads(encoded, object_hook=_decode_time)
    return values
