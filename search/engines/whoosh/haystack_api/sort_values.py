"""Doc values of any field, to sort by and to count.

Keywords have them in the index; numbers, dates, booleans and texts are given ordinals
when a search first needs them. Labels ascend: strings of keywords, decimals and texts;
numbers; booleans; datetimes without a time zone, which are in UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
from whoosh.fields import BOOLEAN

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.execution.top_k import top_k
from search.engines.whoosh.field_values import Kind, kind_of
from search.engines.whoosh.index.doc_values import NO_ORDINAL, SortedSetDocValues
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.schema import MISSING

# Sorts behind every ordinal, in either direction.
_LAST: Final = np.int64(np.iinfo(np.int64).max)

# A snapshot never changes, and neither do the values of its fields.
_CACHE: Final[WeakKeyDictionary[Snapshot, dict[str, SortedSetDocValues]]] = (
    WeakKeyDictionary()
)


def sort_values(snapshot: Snapshot, name: str) -> SortedSetDocValues:
    """The doc values of the field *name*; raises ValueError where it keeps none."""
    cached = _CACHE.setdefault(snapshot, {})
    if name not in cached:
        cached[name] = _build(snapshot, name)
    return cached[name]


def order(
    snapshot: Snapshot,
    docs: Array,
    names: Sequence[str],
    bounds: tuple[int, int],
    scores: Array,
) -> Array:
    """Indexes into *docs*, sorted by the fields *names*, from one rank up to another.

    *bounds* are the first rank, from 0, and one past the last. A name with a minus
    before it sorts in descending order, by a document's largest value; documents
    without a value come last either way. Ties, and everything without *names*, go by
    score and then by document number. Raises ValueError for a field that keeps no
    values.
    """
    keys = [_sort_key(snapshot, docs, name) for name in names]
    first, last = bounds
    return top_k([*keys, -scores, docs], first, last - first)


def _sort_key(snapshot: Snapshot, docs: Array, name: str) -> Array:
    descending = name.startswith("-")
    values = sort_values(snapshot, name.removeprefix("-"))
    ordinals = (values.highest if descending else values.lowest)[docs]
    key: Array = np.where(
        ordinals == NO_ORDINAL, _LAST, -ordinals if descending else ordinals
    )
    return key


def _build(snapshot: Snapshot, name: str) -> SortedSetDocValues:
    if name not in snapshot.schema:
        raise ValueError(f"The index has no field {name!r} to sort or count by.")
    build = _BUILD.get(kind_of(snapshot.schema[name]))
    values = build(snapshot, name) if build else None
    if values is None:
        raise ValueError(
            f"The field {name} keeps no values to sort or count by: declare it stored."
        )
    return values


def _from_ordinals(ordinals: Array, labels: Sequence[Any]) -> SortedSetDocValues:
    """Doc values of one ordinal a document at most, ``NO_ORDINAL`` for none."""
    has_value = ordinals != NO_ORDINAL
    # Half of the memory of 64 bits, for as long as the snapshot is open.
    starts = np.zeros(ordinals.size + 1, np.int32)
    np.cumsum(has_value, out=starts[1:])
    return SortedSetDocValues(starts, ordinals[has_value].astype(np.int32), labels)


def _no_ordinals(count: int) -> Array:
    return np.full(count, NO_ORDINAL, np.int32)


def _of_numbers(snapshot: Snapshot, name: str) -> SortedSetDocValues:
    """Of a column whose postings say which documents have a number at all."""
    has_number = np.zeros(snapshot.max_doc, bool)
    for base, field in snapshot.fields(name):
        has_number[field.docs(range(len(field.terms))) + base] = True
    return _number_values(snapshot, name, has_number)


def _of_column(snapshot: Snapshot, name: str) -> SortedSetDocValues:
    return _number_values(snapshot, name, snapshot.numeric_doc_values(name) != MISSING)


def _number_values(
    snapshot: Snapshot, name: str, has_number: Array
) -> SortedSetDocValues:
    field = snapshot.schema[name]
    ordinals = _no_ordinals(snapshot.max_doc)
    numbers, ordinals[has_number] = np.unique(
        snapshot.numeric_doc_values(name)[has_number], return_inverse=True
    )
    labels = [field.from_column_value(number) for number in numbers.tolist()]
    return _from_ordinals(ordinals, labels)


def _of_keywords(snapshot: Snapshot, name: str) -> SortedSetDocValues:
    values = snapshot.sorted_set_doc_values(name)
    return values or _from_ordinals(_no_ordinals(snapshot.max_doc), [])


def _of_decimals(snapshot: Snapshot, name: str) -> SortedSetDocValues:
    """The keywords in the order of their numbers; what is no number comes last."""
    by_text = _of_keywords(snapshot, name)
    labels = sorted(by_text.labels, key=_decimal)
    ordinal = {label: at for at, label in enumerate(labels)}
    mapping = np.array([ordinal[label] for label in by_text.labels], np.int32)
    values = mapping[by_text.ordinals] if labels else by_text.ordinals
    owners = np.repeat(np.arange(snapshot.max_doc), np.diff(by_text.starts))
    return SortedSetDocValues(
        by_text.starts, values[np.lexsort((values, owners))], labels
    )


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("Infinity")


def _of_booleans(snapshot: Snapshot, name: str) -> SortedSetDocValues:
    ordinals = _no_ordinals(snapshot.max_doc)
    for base, field in snapshot.fields(name):
        for ordinal, term in enumerate(BOOLEAN.bytestrings):
            ordinals[field.docs(field.find(term)) + base] = ordinal
    return _from_ordinals(ordinals, [False, True])


def _of_text(snapshot: Snapshot, name: str) -> SortedSetDocValues | None:
    if not snapshot.schema[name].column_type:
        return None
    columns = [
        (data.max_doc, data.sorted_doc_values(name)) for data in snapshot.segments
    ]
    # An empty text is none.
    texts = {text for _, column in columns if column for text in column[1]} - {b""}
    labels = sorted(texts)
    ordinal = {text: at for at, text in enumerate(labels)}
    parts = [_no_ordinals(0)]
    for max_doc, column in columns:
        if column is None:
            parts.append(_no_ordinals(max_doc))
            continue
        own, own_labels = column
        mapping = [ordinal.get(text, NO_ORDINAL) for text in own_labels]
        parts.append(np.array(mapping, np.int32)[own])
    return _from_ordinals(np.concatenate(parts), [text.decode() for text in labels])


_BUILD: Final[dict[Kind, Callable[[Snapshot, str], SortedSetDocValues | None]]] = {
    Kind.ARABIC_TEXT: _of_text,
    Kind.TEXT: _of_text,
    Kind.KEYWORD: _of_keywords,
    Kind.DECIMAL: _of_decimals,
    Kind.NUMBER: _of_numbers,
    Kind.DATETIME: _of_numbers,
    Kind.COLUMN: _of_column,
    Kind.BOOLEAN: _of_booleans,
}
