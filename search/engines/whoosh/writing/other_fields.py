"""Writers of all fields but Arabic texts: terms, doc values and stored fields.

A writer takes one value a document, in the order of documents, and returns the
sections of its field.
"""

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
from search.engines.whoosh.writing.inversion import TokenBuffer, rank_terms
from search.engines.whoosh.writing.postings_writer import PostingsWriter, has_positions
from search.engines.whoosh.writing.spill import SpillFolder
from search.engines.whoosh.writing.vocabulary import Vocabulary

# Estimated bytes of memory of a document, in doc values and in stored fields.
_DOC_VALUE_BYTES: Final = 8
_STORED_BYTES: Final = 8


class TermFieldWriter:
    """The terms of an indexed field, as its own ``index`` method returns them."""

    def __init__(self, name: str, field: FieldType, spill: SpillFolder) -> None:
        self.name = name
        self._field = field
        self._spill = spill
        self._tokens = TokenBuffer(spill)
        self._vocabulary = Vocabulary()
        self._has_positions = has_positions(field)

    def ram_bytes_used(self) -> int:
        """An estimate of the bytes of memory in use until the field is written."""
        return self._vocabulary.ram_bytes_used() + self._tokens.ram_bytes_used()

    def add(self, value: Any) -> None:
        """Append the next document's *value*; ``None`` if it has none."""
        if value is not None:
            for term, freq, _weight, encoded in self._field.index(value):
                positions = (
                    self._field.format.decode_positions(encoded)
                    if self._has_positions
                    else range(freq)
                )
                term_id = self._vocabulary[term]
                for position in positions:
                    self._tokens.add([term_id], position=position)
        self._tokens.end_document()

    def sections(self, n_docs: int) -> Iterator[tuple[str, Array | ChunkedArray]]:
        """The sections of the field in *n_docs* documents."""
        terms, ordinals = rank_terms(list(self._vocabulary))
        writer = PostingsWriter(len(terms), self._spill, positions=self._has_positions)
        for tokens in self._tokens.iter_sorted(ordinals, len(terms)):
            writer.add(tokens)
        yield from pack_terms(f"{self.name}/terms", terms).items()
        yield from writer.sections(self.name).items()
        if isinstance(self._field, Values):
            yield from writer.sorted_set_doc_values(self.name, n_docs).items()
        elif self._field.scorable:
            lengths = np.frombuffer(self._tokens.lengths, np.uint32)
            yield f"{self.name}/lengths", narrow(lengths)
        self._tokens.close()


class DocValuesWriter:
    """The doc values of a sortable field: numbers, or ordinals of sorted strings."""

    def __init__(self, name: str, field: FieldType) -> None:
        self.name = name
        self._field = field
        self._vocabulary = Vocabulary()
        self._default = field.column_type.default_value()
        self._is_numeric = isinstance(field.column_type, NumericColumn)
        # Numbers, or ids of the vocabulary.
        self._values = array("I")
        if self._is_numeric:
            self._values = array(field.column_type._typecode)
            # The default of a float field is 0.0, which its integer column has as 0.
            self._default = np.array(self._default, self._values.typecode).item()

    def ram_bytes_used(self) -> int:
        """An estimate of the bytes of memory in use until the field is written."""
        size = len(self._values) * _DOC_VALUE_BYTES
        return self._vocabulary.ram_bytes_used() + size

    def add(self, value: Any) -> None:
        """Append the next document's *value*; ``None`` if it has none."""
        converted = (
            self._default if value is None else self._field.to_column_value(value)
        )
        if not self._is_numeric:
            converted = self._vocabulary[encode_column_value(converted)]
        self._values.append(converted)

    def sections(self) -> dict[str, Array]:
        """The sections of the doc values."""
        values = np.array(self._values)
        if self._is_numeric:
            return {f"{self.name}/numbers": values}
        return pack_sorted_doc_values(self.name, list(self._vocabulary), values)


def encode_column_value(value: Any) -> bytes:
    """The bytes of a value that is not a number: those of a string, or a boolean."""
    return value if isinstance(value, bytes) else bytes([bool(value)])


def pack_sorted_doc_values(
    name: str, values: list[bytes], value_ids: Array
) -> dict[str, Array]:
    """The sections of the sorted doc values of the field *name*.

    *value_ids* has the index among *values* of each document's value.

    order   the ordinal of each document's value
    values  a ``TermDict`` of the distinct values
    """
    distinct, ordinals = rank_terms(values)
    return {
        f"{name}/order": narrow(ordinals[value_ids]),
        **pack_terms(f"{name}/values", distinct),
    }


class StoredFieldsWriter:
    """The stored fields of documents, encoded and spilled to a file."""

    def __init__(self, schema: Schema, spill: SpillFolder) -> None:
        # Read once: Whoosh sorts the fields at each access.
        self._names = [name for name, field in schema.items() if field.stored]
        self._in_doc_values = stored_as_doc_values(schema)
        self._sizes = array("I")
        self._bytes = spill.new_buffer(np.uint8)

    def ram_bytes_used(self) -> int:
        """An estimate of the bytes of memory in use until the fields are written."""
        return len(self._sizes) * _STORED_BYTES

    def add(self, document: Mapping[str, Any]) -> None:
        """Append the stored fields of the next *document*."""
        values = {
            name: document[name]
            for name in self._names
            if document.get(name) is not None
        }
        for name in self._in_doc_values:
            # Readers take a single value from its doc values.
            if isinstance(values.get(name), str):
                del values[name]
        self.add_encoded(encode_stored(values))

    def add_encoded(self, encoded: bytes) -> None:
        """Append the next document's fields as ``encode_stored`` returned them."""
        self._sizes.append(len(encoded))
        self._bytes.append(np.frombuffer(encoded, np.uint8))

    def sections(self) -> Sections:
        """The sections of the stored fields: strings, one a document."""
        sizes = np.array(self._sizes, np.int64)
        return {
            **pack_sizes(STORED_FIELDS, sizes),
            f"{STORED_FIELDS}/bytes": self._bytes.chunks(),
        }
