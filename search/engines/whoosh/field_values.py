"""What a field takes: the kinds of fields, and Python's values as each keeps them."""

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

# What whole numbers must fit: the 64 bits of a field of numbers.
MIN_INTEGER: Final = MISSING + 1
MAX_INTEGER: Final = 2**63 - 1
_COMPACT_TIME: Final = "%Y%m%d%H%M%S"
_TRUTHS: Final = {"true": True, "t": True, "yes": True, "1": True}
_FALSEHOODS: Final = {"false": False, "f": False, "no": False, "0": False, "": False}


class Kind(Enum):
    """How a field's values are kept, which decides how they are looked up."""

    ARABIC_TEXT = auto()
    TEXT = auto()
    NGRAM = auto()
    KEYWORD = auto()
    DECIMAL = auto()
    NUMBER = auto()
    COLUMN = auto()
    DATETIME = auto()
    BOOLEAN = auto()


# Subclasses before their bases: the first that fits is the kind.
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
    """The kind of *field*; text with an analyzer of its own is TOKENS."""
    for field_type, kind in _KINDS:
        if isinstance(field, field_type):
            return kind
    return Kind.TEXT


def convert(field: FieldType, value: Any) -> Any:
    """*value* as documents and queries of *field* have it; ``None`` stays.

    Raises ValueError for a value that the field cannot hold.
    """
    return None if value is None else _CONVERT[kind_of(field)](field, value)


def convert_document(schema: Any, document: dict[str, Any]) -> dict[str, Any]:
    """The document with every value as its field keeps it; others are left out.

    Raises ValueError, naming the field.
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
    """The decimal number that *text* spells; raises ValueError."""
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is not a decimal number.") from error


def _words(field: FieldType, value: Any) -> Any:
    if isinstance(value, str):
        return value
    parts = [str(one) for one in split_values(value) if one is not None]
    return parts if isinstance(value, list | tuple) else "\n".join(parts)


def _text(field: FieldType, value: Any) -> str:
    if isinstance(value, str):
        return value
    return "\n".join(str(one) for one in split_values(value) if one is not None)


def _whole(field: FieldType, value: Any) -> Any:
    if isinstance(value, list | tuple | set | frozenset):
        return [str(one) for one in value if one is not None]
    if isinstance(value, str):
        return value
    # A query set's or a generator's values.
    return [str(one) for one in value] if hasattr(value, "__iter__") else str(value)


def _number(field: FieldType, value: Any) -> float | int:
    if getattr(field, "numtype", int) is float:
        number = float(value)
        if math.isnan(number):
            raise ValueError("it is not a number.")
        return number
    whole = int(value)
    if not MIN_INTEGER <= whole <= MAX_INTEGER:
        raise ValueError("it does not fit into 64 bits.")
    return whole


def _time(field: FieldType, value: Any) -> datetime:
    """A date is its midnight; an instant with a time zone is kept in UTC."""
    if isinstance(value, str):
        value = parse_time(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    raise ValueError("it is neither a date nor a time.")


def parse_time(text: str) -> datetime:
    """The time that *text* spells, by ISO 8601 or as digits; raises ValueError."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.strptime(text, _COMPACT_TIME)


def _truth(field: FieldType, value: Any) -> bool:
    if not isinstance(value, str):
        return bool(value)
    word = value.lower()
    if word not in _TRUTHS and word not in _FALSEHOODS:
        raise ValueError("it is neither true nor false.")
    return word in _TRUTHS


_CONVERT: Final[dict[Kind, Callable[[FieldType, Any], Any]]] = {
    Kind.ARABIC_TEXT: _words,
    Kind.TEXT: _text,
    Kind.NGRAM: _text,
    Kind.KEYWORD: _whole,
    Kind.DECIMAL: _whole,
    Kind.NUMBER: _number,
    Kind.COLUMN: _number,
    Kind.DATETIME: _time,
    Kind.BOOLEAN: _truth,
}
