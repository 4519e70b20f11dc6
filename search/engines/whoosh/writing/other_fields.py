"""The sections of a sortable column: numbers, or ordinals of strings."""

from __future__ import annotations

from array import array
from typing import Any, Final

import numpy as np
from whoosh.columns import NumericColumn
from whoosh.fields import FieldType

from search.engines.whoosh.codec.chunks import Array
from search.engines.whoosh.codec.term_dict import pack_terms
from search.engines.whoosh.writing.inversion import Vocabulary, narrow, rank_terms

# About how many bytes a number takes until it is written.
_NUMBER_BYTES: Final = 8


class ColumnBuilder:
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
