"""The stored fields of documents, encoded as JSON.

Keywords that are stored are read back from their doc values instead.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from whoosh.fields import Schema

from search.engines.whoosh.schema import Values

# The name of the sections: strings, one a document.
STORED_FIELDS: Final = "stored"


def stored_as_doc_values(schema: Schema) -> list[str]:
    """The names of the stored fields whose single values are in doc values."""
    return [
        name
        for name, field in schema.items()
        if field.stored and isinstance(field, Values)
    ]


def encode_stored(values: Mapping[str, Any]) -> bytes:
    """Stored fields as JSON in UTF-8; ``b""`` if there are none.

    A time becomes ``{"time": ISO 8601}``. Raises TypeError for a value of another type
    that JSON lacks.

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
    """The stored fields that ``encode_stored`` encoded."""
    values: dict[str, Any] = json.loads(encoded or b"{}", object_hook=_decode_time)
    return values
