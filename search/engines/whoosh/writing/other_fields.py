"""The sections of a sortable column: numbers, or ordinals of strings."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
from whoosh.columns import NumericColumn
from whoosh.fields import FieldType, Schema

from search.engines.whoosh.arrays import Array, narrow
from search.engines.whoosh.codec.chunks import ChunkedArray
from search.engines.whoosh.codec.segment_file import Sections
from search.engines.whoosh.codec.stored_fields import (
    STORED_FIELDS,
    encode_stored,
    stored_as_doc_values,
)
from search.engines.whoosh.codec.term_dict import pack_sizes, pack_terms
from search.engines.whoosh.schema import Values
from search.engines.whoosh.writing.inversion import TokenStream, rank_terms
from search.engines.whoosh.writing.postings_writer import PostingsWriter
from search.engines.whoosh.writing.spill import SpillFolder
from search.engines.whoosh.writing.vocabulary import Vocabulary

# About how many bytes a number takes until it is written.
_NUMBER_BYTES: Final = 8


class DocValuesWriter:
    """The value of each document in the column *name*, while documents come in."""

    def __init__(self, name: str, field: FieldType) -> None:
        self.name = name
        self._field = field
        self._vocabulary = Vocabulary()
        self._default = field.column_type.default_value()
        self._is_numeric = isinstance(field.column_type, NumericColumn)
        self._values = array("I")
        if self._is_numeric:
            self._values = array(field.column_type._typecode)
            # A field of decimals says 0.0, which its column of whole numbers has as 0.
            self._default = np.array(self._default, self._values.typecode).item()

    def measure(self) -> int:
        """About how many bytes this takes until it is written."""
        return self._vocabulary.measure() + len(self._values) * _NUMBER_BYTES

    def add(self, value: Any) -> None:
        """Append the next document's *value*, ``None`` where it has none."""
        kept = self._default if value is None else self._field.to_column_value(value)
        if not self._is_numeric:
            kept = self._vocabulary[encode_value(kept)]
        self._values.append(kept)

    def sections(self) -> dict[str, Array]:
        """The sections of the column."""
        values = np.array(self._values)
        if self._is_numeric:
            return {f"{self.name}/numbers": values}
        return pack_order(self.name, list(self._vocabulary), values)


def encode_value(value: Any) -> bytes:
    """A value of a column that holds no numbers."""
    return value if isinstance(value, bytes) else bytes([bool(value)])


def pack_order(name: str, values: list[bytes], numbers: Array) -> dict[str, Array]:
    """The sections of a column that has for each document the number of its value.

    order   for each document the ordinal of its value
    values  a lexicon of the values
    """
    distinct, ranks = rank_terms(values)
    return {
        f"{name}/order": narrow(ranks[numbers]),
        **pack_terms(f"{name}/values", distinct),
    }


_SIZE_BYTES: Final = 8


class StoredFieldsWriter:
    """The stored fields of each document, while documents come in."""

    def __init__(self, schema: Schema, scratch: SpillFolder) -> None:
        # Once, for Whoosh sorts the fields each time that they are asked for.
        self._names = [name for name, field in schema.items() if field.stored]
        self._in_columns = stored_as_doc_values(schema)
        self._sizes = array("I")
        self._bytes = scratch.spool(np.uint8)

    def measure(self) -> int:
        """About how many bytes this takes until it is written."""
        return len(self._sizes) * _SIZE_BYTES

    def add(self, document: Mapping[str, Any]) -> None:
        """Append what is stored of *document*."""
        kept = {
            name: document[name]
            for name in self._names
            if document.get(name) is not None
        }
        for name in self._in_columns:
            # A single value stands in the column of its field.
            if isinstance(kept.get(name), str):
                del kept[name]
        self.add_encoded(encode_stored(kept))

    def add_encoded(self, encoded: bytes) -> None:
        """Append what ``encode_stored`` made of a document's fields."""
        self._sizes.append(len(encoded))
        self._bytes.append(np.frombuffer(encoded, np.uint8))

    def sections(self) -> Sections:
        """The sections of the stored fields: strings, one a document."""
        sizes = np.array(self._sizes, np.int64)
        return {
            **pack_sizes(STORED_FIELDS, sizes),
            f"{STORED_FIELDS}/bytes": self._bytes.pieces(),
        }


class TermFieldWriter:
    """The terms of any other indexed field while documents come in."""

    def __init__(self, name: str, field: FieldType, scratch: SpillFolder) -> None:
        self.name = name
        self._field = field
        self._scratch = scratch
        self._stream = TokenStream(scratch)
        self._vocabulary = Vocabulary()
        self._has_positions = bool(field.format and field.format.supports("positions"))

    def measure(self) -> int:
        """About how many bytes this takes until it is written."""
        return self._vocabulary.measure() + self._stream.measure()

    def add(self, value: Any) -> None:
        """Add the terms of *value* as the next document; ``None`` has none."""
        if value is not None:
            for term, freq, _weight, encoded in self._field.index(value):
                places = (
                    self._field.format.decode_positions(encoded)
                    if self._has_positions
                    else range(freq)
                )
                number = self._vocabulary[term]
                for place in places:
                    self._stream.add([number], position=place)
        self._stream.end_document()

    def sections(self, count: int) -> Iterator[tuple[str, Array | ChunkedArray]]:
        """The sections of the field for *count* documents."""
        terms, ranks = rank_terms(list(self._vocabulary))
        builder = PostingsWriter(
            len(terms), self._scratch, positions=self._has_positions
        )
        for tokens in self._stream.iter_sorted(ranks, len(terms)):
            builder.add(tokens)
        yield from pack_terms(f"{self.name}/terms", terms).items()
        yield from builder.sections(self.name).items()
        if isinstance(self._field, Values):
            yield from builder.column(self.name, count).items()
        elif self._field.scorable:
            lengths = np.frombuffer(self._stream.lengths, np.uint32)
            yield f"{self.name}/lengths", narrow(lengths)
        self._stream.close()
