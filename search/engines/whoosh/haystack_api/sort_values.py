"""The order of documents by the values of a field, whatever kind of field it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
from whoosh.fields import BOOLEAN

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.execution.top_k import top_k
from search.engines.whoosh.field_values import Kind, kind_of
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.schema import MISSING

_NONE: Final = -1
# Behind every rank, in either direction.
_LAST: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class SortValues:
    """The distinct values of a field in order, and the place of each document's.

    ``lowest`` and ``highest`` differ where a document has several values; both are
    -1 where it has none. Values of facets are strings, times are in UTC.
    """

    values: Sequence[Any]
    lowest: Array
    highest: Array


# A snapshot never changes, so that neither do its ranks.
_KNOWN: Final[WeakKeyDictionary[Snapshot, dict[str, SortValues]]] = WeakKeyDictionary()


def sort_values(snapshot: Snapshot, name: str) -> SortValues:
    """The ranks of the field *name*; raises ValueError where it keeps no values."""
    known = _KNOWN.setdefault(snapshot, {})
    if name not in known:
        known[name] = _build(snapshot, name)
    return known[name]


def order(
    snapshot: Snapshot,
    docs: Array,
    names: Sequence[str],
    places: tuple[int, int],
    scores: Array,
) -> Array:
    """Indexes into *docs* of *places*, first and one past the last, sorted by *names*.

    A name with a minus before it sorts downwards; documents without the value come
    last either way. Ties, and everything without *names*, go by score and then by
    number. Raises ValueError for a field that cannot be sorted by.
    """
    keys = [_sort_key(snapshot, docs, name) for name in names]
    first, last = places
    return top_k([*keys, -scores, docs], first, last - first)


def _sort_key(snapshot: Snapshot, docs: Array, name: str) -> Array:
    downwards = name.startswith("-")
    ranks = sort_values(snapshot, name.removeprefix("-"))
    found = (ranks.highest if downwards else ranks.lowest)[docs]
    key: Array = np.where(found == _NONE, _LAST, -found if downwards else found)
    return key


def _build(snapshot: Snapshot, name: str) -> SortValues:
    if name not in snapshot.schema:
        raise ValueError(f"The index has no field {name!r} to sort or count by.")
    build = _BUILD.get(kind_of(snapshot.schema[name]))
    found = build(snapshot, name) if build else None
    if found is None:
        raise ValueError(
            f"The field {name} keeps no values to sort or count by: declare it stored."
        )
    return found


def _of_numbers(snapshot: Snapshot, name: str) -> SortValues:
    """Ranks of a column whose postings say which documents have a number at all."""
    has_number = np.zeros(snapshot.max_doc, bool)
    for base, field in snapshot.fields(name):
        has_number[field.docs(range(len(field.terms))) + base] = True
    return _rank_numbers(snapshot, name, has_number)


def _of_column(snapshot: Snapshot, name: str) -> SortValues:
    return _rank_numbers(snapshot, name, snapshot.numeric_doc_values(name) != MISSING)


def _rank_numbers(snapshot: Snapshot, name: str, has_number: Array) -> SortValues:
    field = snapshot.schema[name]
    ranks = np.full(snapshot.max_doc, _NONE, np.int64)
    values, places = np.unique(
        snapshot.numeric_doc_values(name)[has_number], return_inverse=True
    )
    ranks[has_number] = places
    shown = [field.from_column_value(one) for one in values.tolist()]
    return SortValues(shown, ranks, ranks)


def _of_values(snapshot: Snapshot, name: str) -> SortValues:
    column = snapshot.sorted_set_doc_values(name)
    if column is None:
        nowhere = np.full(snapshot.max_doc, _NONE, np.int64)
        return SortValues([], nowhere, nowhere)
    lowest = np.full(snapshot.max_doc, _NONE, np.int64)
    highest = lowest.copy()
    filled = np.flatnonzero(np.diff(column.starts))
    lowest[filled] = column.values[column.starts[filled]]
    highest[filled] = column.values[column.starts[filled + 1] - 1]
    return SortValues(column.labels, lowest, highest)


def _of_decimals(snapshot: Snapshot, name: str) -> SortValues:
    by_text = _of_values(snapshot, name)
    order = sorted(
        range(len(by_text.values)), key=lambda at: _decimal(by_text.values[at])
    )
    rank_of = np.empty(len(order) + 1, np.int64)
    rank_of[order] = np.arange(len(order))
    # The place of -1, which stays.
    rank_of[-1] = _NONE
    values = [by_text.values[at] for at in order]
    return SortValues(values, rank_of[by_text.lowest], rank_of[by_text.highest])


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("Infinity")


def _of_truths(snapshot: Snapshot, name: str) -> SortValues:
    ranks = np.full(snapshot.max_doc, _NONE, np.int64)
    for base, field in snapshot.fields(name):
        for place, term in enumerate(BOOLEAN.bytestrings):
            ranks[field.docs(field.find(term)) + base] = place
    return SortValues([False, True], ranks, ranks)


def _of_text(snapshot: Snapshot, name: str) -> SortValues | None:
    if not snapshot.schema[name].column_type:
        return None
    parts = [(data.max_doc, data.sorted_doc_values(name)) for data in snapshot.segments]
    distinct = sorted({text for _, part in parts if part for text in part[1]} - {b""})
    place = {text: at for at, text in enumerate(distinct)}
    ranks = [np.empty(0, np.int64)]
    for count, part in parts:
        if part is None:
            ranks.append(np.full(count, _NONE, np.int64))
            continue
        ordinals, texts = part
        own = np.array([place.get(text, _NONE) for text in texts], np.int64)
        ranks.append(own[ordinals])
    joined = np.concatenate(ranks)
    return SortValues([text.decode() for text in distinct], joined, joined)


_BUILD: Final[dict[Kind, Callable[[Snapshot, str], SortValues | None]]] = {
    Kind.ARABIC_TEXT: _of_text,
    Kind.TEXT: _of_text,
    Kind.KEYWORD: _of_values,
    Kind.DECIMAL: _of_decimals,
    Kind.NUMBER: _of_numbers,
    Kind.DATETIME: _of_numbers,
    Kind.COLUMN: _of_column,
    Kind.BOOLEAN: _of_truths,
}
