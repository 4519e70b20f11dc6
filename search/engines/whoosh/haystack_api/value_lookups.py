"""Lookups of numbers, decimals, times and truths: by value, whatever they look like."""

from __future__ import annotations

import math
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
    """The field that is looked in: its name, what it is, its weight in ranking.

    A fuzzy lookup allows *max_edits* after *same_start* letters.
    """

    name: str
    field: FieldType
    boost: float = 1.0
    max_edits: int = 2
    same_start: int = 3


def exact_value(target: Target, value: Any) -> q.Query:
    """Documents that hold *value*, as the field spells it in its terms."""
    text = target.field.to_bytes(convert(target.field, value))
    return q.Term(target.name, text, boost=target.boost)


def build_range(comparison: str, value: Any, build: Callable[..., q.Query]) -> q.Query:
    """The query for one side of *value*, which *build* makes from both ends."""
    excluded = comparison in ("gt", "lt")
    if comparison in ("gt", "gte"):
        return build(value, None, excluded, False)
    return build(None, value, False, excluded)


def compare_decimal(comparison: str, target: Target, value: Any) -> q.Query:
    """Documents whose decimal is *comparison* than *value*; raises ValueError."""
    return DecimalRange(target.name, str(parse_decimal(str(value))), comparison)


def _round(comparison: str, field: FieldType, value: Any) -> tuple[str, Any]:
    """The comparison of whole numbers that comes to that with the fraction *value*."""
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


def compare_time(comparison: str, target: Target, value: Any) -> q.Query:
    """Documents whose time is *comparison* than *value*."""
    time = convert(target.field, value)
    return build_range(comparison, time, partial(q.DateRange, target.name))


def exact_column(target: Target, value: Any) -> q.Query:
    """Documents with the number *value* in a column."""
    comparison, number = _round("exact", target.field, value)
    if comparison != "exact":
        return q.NullQuery
    return ColumnRange(target.name, number, number)


def compare_column(comparison: str, target: Target, value: Any) -> q.Query:
    """Documents whose number in a column is *comparison* than *value*."""
    comparison, number = _round(comparison, target.field, value)
    bounds = {
        "gt": (number + 1, MAX_INTEGER),
        "gte": (number, MAX_INTEGER),
        "lt": (MIN_INTEGER, number - 1),
        "lte": (MIN_INTEGER, number),
    }
    return ColumnRange(target.name, *bounds[comparison])


_COMPARE: Final = {
    "gt": lambda one, other: one > other,
    "gte": lambda one, other: one >= other,
    "lt": lambda one, other: one < other,
    "lte": lambda one, other: one <= other,
}


def compare_truth(comparison: str, target: Target, value: Any) -> q.Query:
    """Documents whose truth is *comparison* than *value*: false comes before true."""
    bound = convert(target.field, value)
    passing = [one for one in (False, True) if _COMPARE[comparison](one, bound)]
    return q.Or([exact_value(target, one) for one in passing])
