"""The stored fields of documents: as they are written, and as they are read."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import numpy as np
from whoosh.fields import Schema

from search.engines.whoosh.codec.segment_file import Sections
from search.engines.whoosh.codec.term_dict import pack_sizes
from search.engines.whoosh.schema import Values
from search.engines.whoosh.writing.spill import Scratch

# The name of their sections, and bytes of memory that a document takes.
STORED: Final = "stored"
_SIZE_BYTES: Final = 8


class StoredBuilder:
    """The stored fields of each document, while documents come in."""

    def __init__(self, schema: Schema, scratch: Scratch) -> None:
        # Once, for Whoosh sorts the fields each time that they are asked for.
        self._names = [name for name, field in schema.items() if field.stored]
        self._in_columns = stored_values(schema)
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
        return {**pack_sizes(STORED, sizes), f"{STORED}/bytes": self._bytes.pieces()}


def stored_values(schema: Schema) -> list[str]:
    """The fields of whole values that are also stored."""
    return [
        name
        for name, field in schema.items()
        if field.stored and isinstance(field, Values)
    ]


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
