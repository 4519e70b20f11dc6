"""The mapping from the columns of a file to the fields of a record."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from archive.importing.cells import SEPARATOR_RE, split_items
from archive.importing.fields import RecordField
from archive.importing.readers import Row

PATH_SEPARATOR: Final = "."
MAX_CACHED_LAYOUTS: Final = 256


@dataclass(frozen=True, slots=True)
class Column:
    """A column by name, or by path inside objects; `kind` is that of its actors."""

    path: str
    kind: str = ""


Alternative = tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class MappedRow:
    """The raw values of a record's fields, and its line number.

    A field is absent where the row has none of its columns, and present but empty where
    the columns are empty. `defaulted` are fields with a default value, which the file
    does not have.
    """

    line: int
    values: Mapping[str, object]
    defaulted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """Rules by field: alternatives, of which the first with a value is used.

    An alternative is one column, or several that are combined. `constants` replace and
    `defaults` supplement the values of the file. `named` are the fields whose rules
    come from the options. `separator` splits the items of a cell, None outside tables.
    """

    fields: tuple[RecordField, ...]
    rules: Mapping[str, tuple[Alternative, ...]]
    constants: Mapping[str, str]
    defaults: Mapping[str, str]
    named: frozenset[str] = frozenset()
    separator: re.Pattern[str] | None = None
    _by_columns: dict[tuple[str, ...], Mapping[str, Sequence[Alternative]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def apply(self, row: Row) -> MappedRow:
        """The values of the fields in *row*: constants, else columns, else defaults."""
        rules = self._rules_for(tuple(row.columns))
        values: dict[str, object] = {}
        defaulted = set()
        for record_field in self.fields:
            name = record_field.name
            if name in self.constants:
                values[name] = self._as_shape(record_field, self.constants[name])
                continue
            for alternative in rules.get(name, ()):
                cells = [
                    (column, value)
                    for column in alternative
                    if (value := look_up(row.columns, column.path)) is not _ABSENT
                ]
                if not cells:
                    continue
                value = self._combine(record_field, cells)
                values.setdefault(name, value)
                if not is_empty(value):
                    values[name] = value
                    break
            if name in self.defaults and is_empty(values.get(name)):
                values[name] = self._as_shape(record_field, self.defaults[name])
                defaulted.add(name)
        return MappedRow(row.line, values, frozenset(defaulted))

    def columns(self) -> set[str]:
        """The columns that the rules read: paths, and their first steps."""
        return {
            name
            for alternatives in self.rules.values()
            for alternative in alternatives
            for column in alternative
            for name in (column.path, column.path.split(PATH_SEPARATOR)[0])
        }

    def missing_columns(self, seen: Collection[str]) -> set[str]:
        """The columns that the options name and that are not *seen* in any row."""
        return {
            column.path
            for name in self.named
            for alternative in self.rules[name]
            for column in alternative
            if not {column.path, column.path.split(PATH_SEPARATOR)[0]} & set(seen)
        }

    def with_separator(self, separator: str) -> "FieldMapping":
        """The mapping for tables; ``""`` means the Latin or Arabic semicolon."""
        pattern = (
            re.compile(rf"\s*{re.escape(separator.strip() or separator)}\s*")
            if separator
            else SEPARATOR_RE
        )
        return replace(self, separator=pattern)

    def _rules_for(
        self, columns: tuple[str, ...]
    ) -> Mapping[str, Sequence[Alternative]]:
        """The rules, without alternatives that need other columns.

        Cached, because most rows of a file have the same columns.
        """
        if columns not in self._by_columns:
            if len(self._by_columns) >= MAX_CACHED_LAYOUTS:
                self._by_columns.clear()
            present = set(columns)
            self._by_columns[columns] = {
                name: [
                    alternative
                    for alternative in alternatives
                    if any(
                        {column.path, column.path.split(PATH_SEPARATOR)[0]} & present
                        for column in alternative
                    )
                ]
                for name, alternatives in self.rules.items()
            }
        return self._by_columns[columns]

    def _combine(
        self, field: RecordField, cells: Sequence[tuple[Column, object]]
    ) -> object:
        if field.is_list:
            return [
                _with_kind(item, column.kind)
                for column, value in cells
                for item in self._items(value)
            ]
        if field.takes_first:
            return next(
                (item for _, value in cells for item in self._items_or_text(value)), ""
            )
        if len(cells) == 1:
            return cells[0][1]
        texts = [value for _, value in cells if not is_empty(value)]
        if all(isinstance(value, str) for value in texts):
            return field.joined_by.join(str(value) for value in texts)
        # A value of another type, which `Values` refuses.
        return texts

    def _as_shape(self, field: RecordField, value: str) -> object:
        return self._items(value) if field.is_list else value

    def _items_or_text(self, value: object) -> Sequence[object]:
        return [value] if isinstance(value, str) else self._items(value)

    def _items(self, value: object) -> Sequence[object]:
        """The items of a list, of a cell, or of ``{spelling: count}`` by count."""
        if is_empty(value):
            return []
        if isinstance(value, list):
            return value
        if isinstance(value, str) and self.separator:
            return split_items(value, self.separator)
        if isinstance(value, dict):
            counts = [count for count in value.values() if isinstance(count, int)]
            if len(counts) == len(value):
                return sorted(value, key=lambda spelling: -value[spelling])
        return [value]


_ABSENT: Final = object()


def look_up(columns: Mapping[str, object], path: str) -> object:
    """The value at *path*, or the sentinel `_ABSENT`.

    >>> look_up({"ids": {"wiki": "Q1"}}, "ids.wiki")
    'Q1'
    """
    if path in columns:
        return columns[path]
    if PATH_SEPARATOR not in path:
        return _ABSENT
    first, rest = path.split(PATH_SEPARATOR, 1)
    inner = columns.get(first)
    return look_up(inner, rest) if isinstance(inner, dict) else _ABSENT


def is_empty(value: object) -> bool:
    """Whether a value is null, blank, or an empty list or object.

    >>> is_empty("  "), is_empty(0), is_empty([])
    (True, False, True)
    """
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == [] or value == {}


def _with_kind(item: object, kind: str) -> object:
    if not kind:
        return item
    if isinstance(item, dict):
        return {**item, "kind": item.get("kind") or kind}
    return {"name": item, "kind": kind}
