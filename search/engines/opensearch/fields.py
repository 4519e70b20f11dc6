"""The fields of an index: how each is indexed, sorted by and given back.

Which kind a declared field has, and how its values are converted, is that of the
embedded engine (``search.engines.whoosh.schema``), so that both hold the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import groupby
from typing import Any, Final

from whoosh.fields import Schema

from search.engines.opensearch.tokens import BETWEEN, Tag, token
from search.engines.whoosh import field_values
from search.engines.whoosh.schema import MarkedWords, build_schema, split_values

# Letters of a text that it is sorted, counted and compared by: no value is longer than
# 32,766 bytes.
MAX_VALUE: Final = 8_000
_EPOCH: Final = datetime(1970, 1, 1)
_MICROSECOND: Final = timedelta(microseconds=1)
# Stands where an analyzer leaves out a position; no query asks for it.
_GAP: Final = "x"
# Digits of exponents, with an offset that makes all of them positive.
_EXPONENT_DIGITS: Final = 20
_COMPLEMENTS: Final = str.maketrans("0123456789", "9876543210")


class Kind(StrEnum):
    """How the values of a field are indexed; stamps of indexes have the values.

    ``TOKENS`` are texts with an analyzer of their own, and n-grams. Times are
    microseconds, booleans 0 and 1.
    """

    TEXT = "text"
    TOKENS = "tokens"
    KEYWORD = "keyword"
    DECIMAL = "decimal"
    INTEGER = "long"
    FLOAT = "double"
    TIME = "time"
    BOOLEAN = "boolean"


# Fields that are asked for by their tokens.
TOKENIZED: Final = frozenset({Kind.TEXT, Kind.TOKENS})


def value_field(name: str) -> str:
    """The keyword that a text or a decimal is sorted, counted and compared by."""
    return f"{name}_value"


@dataclass(frozen=True)
class Field:
    """A field; *type* is its type in the embedded engine."""

    kind: Kind
    type: Any

    @property
    def stored(self) -> bool:
        """Whether results have its value."""
        return bool(self.type.stored)

    @property
    def has_value(self) -> bool:
        """Whether there is a keyword beside it: see ``value_field``."""
        is_text = self.kind in TOKENIZED and bool(self.type.column_type)
        return is_text or self.kind is Kind.DECIMAL

    def describe(self) -> str:
        """The field in the stamp of an index."""
        return f"{self.kind.value} stored" if self.has_value else self.kind.value

    def encode(self, value: Any) -> Any:
        """A converted *value* as the index has it; of texts and keywords strings."""
        return _ENCODE[self.kind](value)

    def store(self, value: Any) -> Any:
        """A converted *value* as results have it, times with their zone."""
        return value.isoformat() if self.kind is Kind.TIME else self.encode(value)

    def restore(self, stored: Any) -> Any:
        """The converted value that was stored."""
        is_time = self.kind is Kind.TIME
        return datetime.fromisoformat(stored) if is_time else self.decode(stored)

    def decode(self, value: Any) -> Any:
        """The value that *value* of the index is of, times in UTC without a zone."""
        if self.kind is Kind.TIME:
            return _EPOCH + value * _MICROSECOND
        return bool(value) if self.kind is Kind.BOOLEAN else value

    def sort_value(self, value: Any) -> list[str]:
        """What stands in the keyword beside it; nothing for an empty text."""
        if self.kind is Kind.DECIMAL:
            keys = (decimal_key(str(each)) for each in split_values(value))
            return [key for key in keys if key]
        text = "\n".join(map(str, split_values(value)))
        return [text[:MAX_VALUE]] if text else []

    def pack(self, text: str) -> str:
        """The tokens of *text* by the field's own analyzer, as the server unpacks them.

        Tokens at one position are joined.
        """
        positions: list[str] = []
        found = self.type.analyzer(text, positions=True, mode="index")
        for at, tokens in groupby(found, key=lambda each: each.pos):
            positions += [_GAP] * (at - len(positions))
            positions.append(BETWEEN.join([own_token(each.text) for each in tokens]))
        return " ".join(positions)


def own_token(text: str) -> str:
    """The token of *text* that an analyzer of a field has made."""
    return token(Tag.FORM, escape(text))


def escape(text: str) -> str:
    """*text* without what the server splits at: letters of private use stand for it."""
    if not any(char.isspace() or char == BETWEEN for char in text):
        return text
    return "".join(
        chr(0xE000 + ord(char) % 0x1000) if char.isspace() or char == BETWEEN else char
        for char in text
    )


def decimal_key(text: str) -> str:
    """A string that sorts among others as the number *text* does; empty for none.

    The sign, the exponent and the digits; of negative numbers their complements.

    >>> numbers = ["-20", "-3", "-0.5", "0", "0.049", "0.05", "9", "10.0", "10.5"]
    >>> keys = [decimal_key(number) for number in numbers]
    >>> keys == sorted(keys), decimal_key("10") == decimal_key("1.00E+1")
    (True, True)
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        return ""
    if not number.is_finite():
        return "3" if number > 0 else "" if number.is_nan() else "0"
    if not number:
        return "1"
    digits = "".join(map(str, number.as_tuple().digits)).lstrip("0").rstrip("0")
    exponent = number.adjusted() + 5 * 10 ** (_EXPONENT_DIGITS - 1)
    key = f"{exponent:0{_EXPONENT_DIGITS}d}{digits}"
    # Of two negative numbers that begin alike, the longer one is less.
    return f"2{key}" if number > 0 else f"0{key.translate(_COMPLEMENTS)}~"


def read_fields(declared: Mapping[str, Any], own: Iterable[str]) -> dict[str, Field]:
    """The fields of Haystack's *declared* ones and of its *own* identifiers."""
    schema = build_schema(declared, own)
    return {
        name: Field(_kind_of(field), field)
        for name, field in schema.items()
        if not isinstance(field, MarkedWords)
    }


def build_types(fields: Mapping[str, Field]) -> Schema:
    """The types of *fields*, as converting and compiling take them."""
    return Schema(**{name: field.type for name, field in fields.items()})


def _kind_of(field: Any) -> Kind:
    kind = field_values.kind_of(field)
    is_float = getattr(field, "numtype", int) is float
    return Kind.FLOAT if is_float else _KINDS[kind]


def _strings(value: Any) -> Any:
    return value if isinstance(value, str) else list(map(str, split_values(value)))


def _microseconds(value: datetime) -> int:
    moment = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    return (moment - _EPOCH) // _MICROSECOND


_ENCODE: Final[dict[Kind, Callable[[Any], Any]]] = {
    Kind.TEXT: _strings,
    Kind.TOKENS: _strings,
    Kind.KEYWORD: _strings,
    Kind.DECIMAL: _strings,
    Kind.INTEGER: int,
    Kind.FLOAT: float,
    Kind.TIME: _microseconds,
    Kind.BOOLEAN: int,
}
_KINDS: Final = {
    field_values.Kind.ARABIC_TEXT: Kind.TEXT,
    field_values.Kind.TEXT: Kind.TOKENS,
    field_values.Kind.NGRAM: Kind.TOKENS,
    field_values.Kind.KEYWORD: Kind.KEYWORD,
    field_values.Kind.DECIMAL: Kind.DECIMAL,
    field_values.Kind.NUMBER: Kind.INTEGER,
    field_values.Kind.COLUMN: Kind.INTEGER,
    field_values.Kind.DATETIME: Kind.TIME,
    field_values.Kind.BOOLEAN: Kind.BOOLEAN,
}
