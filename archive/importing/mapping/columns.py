"""The mapping from the columns of a file to the fields of a record."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from archive.dates import ColumnDates
from archive.importing.cells import SEPARATOR_RE
from archive.importing.fields import RecordField, fold_heading
from archive.importing.mapping.lookup import (
    ABSENT,
    PATH_SEPARATOR,
    is_empty,
    is_seen,
    look_up,
)
from archive.importing.mapping.notations import items_of, read_single
from archive.importing.mapping.values import is_nothing, is_null_mark, with_kind
from archive.importing.readers import Row

MAX_CACHED_LAYOUTS: Final = 256
NO_COLUMN: Final = ColumnDates()
# Fields whose value in JSON is never a mark for nothing.
TEXTS: Final = frozenset({"title", "subtitle", "body"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column by name, or by path inside objects; `kind` is that of its actors.

    `is_whole`: the path is a name with signs of the notation: "Title, Arabic".
    """

    path: str
    kind: str = ""
    is_whole: bool = False


Alternative = tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class MappedRow:
    """The raw values of a record's fields, and its line number.

    A field is absent where the row has none of its columns, and present but empty where
    the columns are empty. `defaulted` are fields with a default value, which the file
    does not have. `dates` is what the column of dates says about each of them,
    `base_address` what completes relative addresses.
    """

    line: int
    values: Mapping[str, object]
    defaulted: frozenset[str] = frozenset()
    dates: ColumnDates = NO_COLUMN
    base_address: str = ""


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """Rules by field: alternatives, of which the first with a value is used.

    An alternative is one column, or several that are combined. `constants` replace and
    `defaults` supplement the values of the file. `named` are the fields whose rules
    come from the options. `separator` splits the items of a cell, None outside tables.
    `dates` is what the column of dates says about each of them.
    """

    fields: tuple[RecordField, ...]
    rules: Mapping[str, tuple[Alternative, ...]]
    constants: Mapping[str, str]
    defaults: Mapping[str, str]
    named: frozenset[str] = frozenset()
    separator: re.Pattern[str] | None = None
    dates: ColumnDates = NO_COLUMN
    base_address: str = ""
    _layouts: dict[
        tuple[str, ...], Sequence[tuple[RecordField, Sequence[Alternative]]]
    ] = field(default_factory=dict, repr=False, compare=False)

    def apply(self, row: Row) -> MappedRow:
        """The values of the fields in *row*: constants, else columns, else defaults."""
        values: dict[str, object] = {}
        defaulted = set()
        for record_field, alternatives in self._visited(tuple(row.columns)):
            name = record_field.name
            if name in self.constants:
                values[name] = self._as_shape(record_field, self.constants[name])
                continue
            if alternatives:
                self._take(row, record_field, alternatives, values)
            last = record_field.last_column
            if not last and name not in self.defaults:
                continue
            is_filled = name in values and not is_empty(values[name])
            if is_filled or (name not in self.defaults and last not in row.columns):
                continue
            if name in self.defaults:
                values[name] = self._as_shape(record_field, self.defaults[name])
            else:
                values[name] = row.columns[last]
            defaulted.add(name)
        return MappedRow(
            row.line, values, frozenset(defaulted), self.dates, self.base_address
        )

    def _visited(
        self, columns: tuple[str, ...]
    ) -> Sequence[tuple[RecordField, Sequence[Alternative]]]:
        """The fields that rows of these columns have, with their alternatives.

        Cached, because most rows of a file have the same columns.
        """
        if columns not in self._layouts:
            if len(self._layouts) >= MAX_CACHED_LAYOUTS:
                self._layouts.clear()
            rules = self.rules_for(columns)
            given = self.constants.keys() | self.defaults.keys()
            self._layouts[columns] = [
                (each, rules.get(each.name, ()))
                for each in self.fields
                if rules.get(each.name)
                or each.name in given
                or (each.last_column and each.last_column in columns)
            ]
        return self._layouts[columns]

    def _take(
        self,
        row: Row,
        field: RecordField,
        alternatives: Sequence[Alternative],
        values: dict[str, object],
    ) -> None:
        """Set the value of the field to that of the first alternative that has one."""
        name = field.name
        is_single = not field.is_list and not field.takes_first
        for alternative in alternatives:
            if is_single and len(alternative) == 1:
                value = self._look_up(row, alternative[0], name)
                if value is ABSENT:
                    continue
                values.setdefault(name, value)
                if not is_empty(value):
                    values[name] = value
                    return
                continue
            cells = [
                (column, value)
                for column in alternative
                if (value := self._look_up(row, column, name)) is not ABSENT
            ]
            if not cells:
                continue
            value = self._combine(field, cells)
            values.setdefault(name, value)
            if not is_empty(value):
                values[name] = value
                return

    def _look_up(self, row: Row, column: Column, name: str) -> object:
        """The value of a column, an empty one for a program's mark for nothing."""
        value = look_up(row.columns, column.path)
        # A title or text in JSON is what it is; tables have no other nothing.
        if name in TEXTS:
            is_null = self.separator is not None and is_null_mark(value)
            return "" if is_null else value
        return "" if is_nothing(value) else read_single(value)

    def used_columns(self, seen: Collection[str]) -> set[str]:
        """Those of the *seen* columns from which a field is taken."""
        return {
            first
            for alternatives in self.rules_for(tuple(seen)).values()
            for alternative in alternatives
            for column in alternative
            for first in (column.path, column.path.split(PATH_SEPARATOR)[0])
            if first in seen
        } | {field.last_column for field in self.fields if field.last_column in seen}

    def named_columns(self) -> set[str]:
        """The columns that the options name: paths, and their first steps."""
        return {
            name
            for field_name in self.named
            for alternative in self.rules[field_name]
            for column in alternative
            for name in (column.path, column.path.split(PATH_SEPARATOR)[0])
        }

    def missing_columns(self, seen: Collection[str]) -> set[str]:
        """The columns that the options name and that are not *seen* in any row.

        Of a rule of which one column is seen, none is missing but those together with
        it; of a name that has signs of the notation, its parts are not.
        """
        missing: set[str] = set()
        for name in self.named:
            absent: set[str] = set()
            for alternative in self.rules[name]:
                paths = {column.path for column in alternative}
                lost = {path for path in paths if not is_seen(path, seen)}
                if not lost and alternative[0].is_whole:
                    absent = set()
                    break
                if not alternative[0].is_whole:
                    absent |= lost
            missing |= absent
        return missing

    def unmet_fields(self, seen: Collection[str]) -> list[str]:
        """The fields for which the options name columns of which none is *seen*."""
        return [
            name
            for name in sorted(self.named)
            if not any(
                is_seen(column.path, seen)
                for alternative in self.rules[name]
                for column in alternative
            )
        ]

    def with_separator(self, separator: str) -> "FieldMapping":
        """The mapping for tables; ``""`` means the Latin or Arabic semicolon."""
        if not separator:
            return replace(self, separator=SEPARATOR_RE)
        sign = re.escape(separator.strip() or separator)
        return replace(self, separator=re.compile(rf"\s*{sign}\s*"))

    def rules_for(
        self, columns: tuple[str, ...]
    ) -> Mapping[str, Sequence[Alternative]]:
        """The rules, without alternatives that need other columns."""
        return {
            name: self._present(alternatives, columns, is_named=name in self.named)
            for name, alternatives in self.rules.items()
        }

    def _present(
        self,
        alternatives: Sequence[Alternative],
        columns: Sequence[str],
        *,
        is_named: bool,
    ) -> list[Alternative]:
        """The alternatives that *columns* have; usual names however they are spelled.

        A column that the options name is one of exactly that name.
        """
        # A column that the options give to another field is that field's alone.
        others = set() if is_named else self.named_columns()
        present = dict.fromkeys(name for name in columns if name not in others)
        found = []
        taken: set[str] = set()
        for alternative in alternatives:
            if any(is_seen(column.path, present) for column in alternative):
                found.append(alternative)
                taken.update(column.path for column in alternative)
            elif not is_named:
                folded = fold_heading(alternative[0].path)
                found += [
                    (Column(name, alternative[0].kind),)
                    for name in present
                    if name not in taken and fold_heading(name) == folded
                ]
        return found

    def _combine(
        self, field: RecordField, cells: Sequence[tuple[Column, object]]
    ) -> object:
        if field.is_list:
            return [
                with_kind(item, column.kind)
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
        return items_of(value, self.separator)
