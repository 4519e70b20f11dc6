"""The kinds of fields of an index, and the schema of whatever Haystack declares.

Haystack's declarations decide: a ``CharField`` is Arabic text unless it names an
analyzer, a facet or multi-value field holds its values whole, numbers and dates
have a column to sort and count by, and ``stored`` is honored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from whoosh.analysis import Analyzer, Token
from whoosh.columns import Column, NumericColumn
from whoosh.fields import (
    BOOLEAN,
    COLUMN,
    DATETIME,
    ID,
    NGRAM,
    NGRAMWORDS,
    NUMERIC,
    TEXT,
    FieldType,
    Schema,
)
from whoosh.formats import Existence

from search.arabic.analyzer import analyze


class ArabicAnalyzer(Analyzer):  # type: ignore[misc]
    """Whoosh's view of the analyzer: tokens are surface forms with original offsets."""

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Token]:
        token = Token(positions, chars, mode=mode, **kwargs)
        for found in analyze(value):
            token.text = found.surface
            token.boost = 1.0
            token.stopped = False
            if positions:
                token.pos = start_pos + found.position
            if chars:
                token.startchar = start_char + found.start
                token.endchar = start_char + found.end
            yield token

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))


class ArabicText(TEXT):  # type: ignore[misc]
    """Text found by surface form, family and root, with positions.

    A list of strings is one text whose parts no phrase crosses.
    """

    def __init__(self, *, stored: bool = False, sortable: bool = False) -> None:
        super().__init__(analyzer=ArabicAnalyzer(), stored=stored, sortable=sortable)


class Values(FieldType):  # type: ignore[misc]
    """One or several values kept whole: what facets count and filters select.

    A value may hold anything, commas and spaces included.
    """

    def __init__(self, *, stored: bool = False, unique: bool = False) -> None:
        super().__init__(Existence(), ID().analyzer, stored=stored, unique=unique)

    def index(
        self, value: Any, **kwargs: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term in sorted({str(one).encode() for one in split_values(value)}):
            yield term, 1, 1.0, b""

    def process_text(self, qstring: str, mode: str = "", **kwargs: Any) -> list[str]:
        return [qstring]


def split_values(value: Any) -> list[Any]:
    """The single values of a field's value, whether it has one or several."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


def _text(field: Any) -> FieldType:
    if field.analyzer:
        return TEXT(stored=field.stored, analyzer=field.analyzer, sortable=field.stored)
    return ArabicText(stored=field.stored, sortable=field.stored)


def _values(field: Any) -> FieldType:
    return Values(stored=field.stored)


def _integer(field: Any) -> FieldType:
    if not field.indexed:
        return COLUMN(NumericColumn("q"))
    return NUMERIC(int, bits=64, stored=field.stored, sortable=True)


# Haystack's name of a field type → the field in the index.
_FIELD_TYPES = {
    "date": lambda field: DATETIME(stored=field.stored, sortable=True),
    "datetime": lambda field: DATETIME(stored=field.stored, sortable=True),
    "integer": _integer,
    "float": lambda field: NUMERIC(float, stored=field.stored, sortable=True),
    "boolean": lambda field: BOOLEAN(stored=field.stored),
    "ngram": lambda field: NGRAM(minsize=3, maxsize=15, stored=field.stored),
    "edge_ngram": lambda field: NGRAMWORDS(
        minsize=2, maxsize=15, at="start", stored=field.stored
    ),
}


def build_schema(fields: Mapping[str, Any], identifiers: Iterable[str]) -> Schema:
    """The schema for Haystack's *fields* and its *identifiers*, the first unique."""
    schema = Schema()
    for place, name in enumerate(identifiers):
        schema.add(name, Values(stored=True, unique=place == 0))
    for field in fields.values():
        is_whole = field.is_multivalued or getattr(field, "facet_for", None)
        if (is_whole and field.field_type == "string") or field.is_multivalued:
            build = _values
        else:
            build = _FIELD_TYPES.get(field.field_type, _text)
        schema.add(field.index_fieldname, build(field))
    return schema


def has_column(field: FieldType) -> bool:
    """Whether documents keep the field's values, to sort and count by."""
    return isinstance(field, Values) or isinstance(field.column_type, Column)
