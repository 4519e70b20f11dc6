"""The kinds of fields, and Python values as each kind of field indexes them."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from typing import Any, Final

from whoosh.fields import BOOLEAN, COLUMN, DATETIME, NGRAM, NUMERIC, FieldType

from search.engines.whoosh.schema import (
    MISSING,
    ArabicText,
    Decimals,
    Values,
    split_values,
)

# Bounds of integers in an index: int64, whose lowest value stands for a missing one.
MIN_INTEGER: Final = MISSING + 1
MAX_INTEGER: Final = 2**63 - 1
# Whoosh's notation of a time in queries.
_COMPACT_TIME: Final = "%Y%m%d%H%M%S"
# The words that Whoosh's BOOLEAN takes, in lower case.
_TRUE: Final = frozenset({"true", "t", "yes", "1"})
_FALSE: Final = frozenset({"false", "f", "no", "0", ""})


class Kind(Enum):
    """How the values of a field are indexed, which decides how they are looked up.

    ``KEYWORD`` values are indexed whole, one or several a document. A ``COLUMN`` has
    numeric doc values only.
    """

    ARABIC_TEXT = auto()
    TEXT = auto()
    NGRAM = auto()
    KEYWORD = auto()
    DECIMAL = auto()
    NUMBER = auto()
    COLUMN = auto()
    DATETIME = auto()
    BOOLEAN = auto()


# Subclasses before their bases: the first match counts.
_KINDS: Final = (
    (ArabicText, Kind.ARABIC_TEXT),
    (Decimals, Kind.DECIMAL),
    (Values, Kind.KEYWORD),
    (DATETIME, Kind.DATETIME),
    (NUMERIC, Kind.NUMBER),
    (COLUMN, Kind.COLUMN),
    (BOOLEAN, Kind.BOOLEAN),
    (NGRAM, Kind.NGRAM),
)


def kind_of(field: FieldType) -> Kind:
    """The kind of *field*; text with an analyzer of its own is ``TEXT``."""
    for field_type, kind in _KINDS:
        if isinstance(field, field_type):
            return kind
    return Kind.TEXT


def convert(field: FieldType, value: Any) -> Any:
    """*value* as documents and queries of *field* hold it; ``None`` stays ``None``.

    Raises ValueError for a value that the field cannot hold.
    """
    return None if value is None else _CONVERT[kind_of(field)](field, value)


def convert_document(schema: Any, document: dict[str, Any]) -> dict[str, Any]:
    """*document* with converted values, without the fields that *schema* lacks.

    Raises ValueError, naming the field, for a value that it cannot hold.
    """
    converted: dict[str, Any] = {}
    for name, value in document.items():
        if name not in schema:
            continue
        try:
            converted[name] = convert(schema[name], value)
        except ValueError as error:
            raise ValueError(
                f"The field {name} cannot hold {value!r}: {error}"
            ) from error
    return converted


def parse_decimal(text: str) -> Decimal:
    """The decimal number in *text*; raises ValueError if there is none."""
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is not a decimal number.") from error


def _arabic_text(field: FieldType, value: Any) -> Any:
    if isinstance(value, str):
        return value
    parts = [str(part) for part in split_values(value) if part is not None]
    return parts if isinstance(value, list | tuple) else "\n".join(parts)


def _text(field: FieldType, value: Any) -> str:
    if isinstance(value, str):
        return value
    return "\n".join(str(part) for part in split_values(value) if part is not None)


def _keywords(field: FieldType, value: Any) -> Any:
    if isinstance(value, list | tuple | set | frozenset):
        return [str(item) for item in value if item is not None]
    if isinstance(value, str):
        return value
    # A query set or a generator is iterable, too.
    return [str(item) for item in value] if hasattr(value, "__iter__") else str(value)


def _number(field: FieldType, value: Any) -> float | int:
    if getattr(field, "numtype", int) is float:
        number = float(value)
        if math.isnan(number):
            raise ValueError("it is not a number.")
        return number
    integer = int(value)
    if not MIN_INTEGER <= integer <= MAX_INTEGER:
        raise ValueError("it does not fit into 64 bits.")
    return integer


def _time(field: FieldType, value: Any) -> datetime:
    """A date becomes its midnight, an aware time the same time in UTC."""
    if isinstance(value, str):
        value = parse_time(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    raise ValueError("it is neither a date nor a time.")


def parse_time(text: str) -> datetime:
    """The time in *text*, by ISO 8601 or ``%Y%m%d%H%M%S``; raises ValueError.

    >>> parse_time("19340512063000") == parse_time("1934-05-12T06:30")
    True
    """
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.strptime(text, _COMPACT_TIME)


def _boolean(field: FieldType, value: Any) -> bool:
    if not isinstance(value, str):
        return bool(value)
    word = value.lower()
    if word not in _TRUE and word not in _FALSE:
        raise ValueError("it is neither true nor false.")
    return word in _TRUE


_CONVERT: Final[dict[Kind, Callable[[FieldType, Any], Any]]] = {
    Kind.ARABIC_TEXT: _arabic_text,
    Kind.TEXT: _text,
    Kind.NGRAM: _text,
    Kind.KEYWORD: _keywords,
    Kind.DECIMAL: _keywords,
    Kind.NUMBER: _number,
    Kind.COLUMN: _number,
    Kind.DATETIME: _time,
    Kind.BOOLEAN: _boolean,
}
