"""Lookups of numbers, decimals, dates and booleans, which compare by value.

Each takes the value of a condition and raises ValueError where the field cannot hold
it. A *comparison* is ``gt``, ``gte``, ``lt`` or ``lte``.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from whoosh import query as q
from whoosh.fields import FieldType

from search.engines.whoosh.field_values import (
    MAX_INTEGER,
    MIN_INTEGER,
    convert,
    parse_decimal,
)
from search.engines.whoosh.query.nodes import ColumnRange
from search.engines.whoosh.query.term_tests import DecimalRange


@dataclass(frozen=True, slots=True)
class Target:
    """The field of a condition: name and type in the index, boost of its scores.

    Terms that a fuzzy lookup matches share the first *prefix_length* letters and are at
    most *max_edits* away.
    """

    name: str
    field: FieldType
    boost: float = 1.0
    max_edits: int = 2
    prefix_length: int = 3


def exact_value(target: Target, value: Any) -> q.Query:
    """Documents with *value*, encoded as the field's terms are."""
    term = target.field.to_bytes(convert(target.field, value))
    return q.Term(target.name, term, boost=target.boost)


def build_range(comparison: str, value: Any, build: Callable[..., q.Query]) -> q.Query:
    """The range of values that are *comparison* than *value*.

    *build* takes the first and the last value, ``None`` for an open end, and whether
    each is excluded.
    """
    excluded = comparison in ("gt", "lt")
    if comparison in ("gt", "gte"):
        return build(value, None, excluded, False)
    return build(None, value, False, excluded)


def compare_decimal(comparison: str, target: Target, value: Any) -> q.Query:
    """Documents whose decimal is *comparison*, or ``exact``, to *value*."""
    return DecimalRange(target.name, str(parse_decimal(str(value))), comparison)


def _round(comparison: str, field: FieldType, value: Any) -> tuple[str, Any]:
    """The comparison and value of the field's number type that say the same.

    Integers compare to the fraction 3.5 as they do to 3, with ``gt`` for ``gte`` and
    ``lte`` for ``lt``; no integer is ``exact`` to it.
    """
    number = float(value) if isinstance(value, str) else value
    if getattr(field, "numtype", int) is float or number == math.floor(number):
        return comparison, convert(field, value)
    return ("gt" if comparison in ("gt", "gte") else "lte"), math.floor(number)


def exact_number(target: Target, value: Any) -> q.Query:
    """Documents with the number *value*."""
    comparison, number = _round("exact", target.field, value)
    return exact_value(target, number) if comparison == "exact" else q.NullQuery


def compare_number(comparison: str, target: Target, value: Any) -> q.Query:
    """Documents whose number is *comparison* than *value*."""
    comparison, number = _round(comparison, target.field, value)
    return build_range(comparison, number, partial(q.NumericRange, target.name))


def compare_datetime(comparison: str, target: Target, value: Any) -> q.Query:
    """Documents whose date and time is *comparison* than *value*."""
    moment = convert(target.field, value)
    return build_range(comparison, moment, partial(q.DateRange, target.name))


def exact_column(target: Target, value: Any) -> q.Query:
    """Documents with the number *value* in a column without postings."""
    comparison, number = _round("exact", target.field, value)
    if comparison != "exact":
        return q.NullQuery
    return ColumnRange(target.name, number, number)


def compare_column(comparison: str, target: Target, value: Any) -> q.Query:
    """Documents whose number in such a column is *comparison* than *value*."""
    comparison, number = _round(comparison, target.field, value)
    bounds = {
        "gt": (number + 1, MAX_INTEGER),
        "gte": (number, MAX_INTEGER),
        "lt": (MIN_INTEGER, number - 1),
        "lte": (MIN_INTEGER, number),
    }
    return ColumnRange(target.name, *bounds[comparison])


_COMPARE: Final = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


def compare_boolean(comparison: str, target: Target, value: Any) -> q.Query:
    """Documents whose boolean is *comparison* than *value*; false is less than true."""
    bound = convert(target.field, value)
    compare = _COMPARE[comparison]
    passing = [truth for truth in (False, True) if compare(truth, bound)]
    return q.Or([exact_value(target, truth) for truth in passing])
