"""Insertion of many rows whose ids nobody asks for.

`bulk_create` compiles a statement with a parameter for every value of a chunk of rows;
one statement for one row, executed for all, is several times as fast.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import connections, models, router

_PLAIN_FIELDS: Final = frozenset(
    {models.CharField, models.TextField, models.URLField, models.BigAutoField}
    | {models.PositiveIntegerField, models.PositiveSmallIntegerField}
    | {models.BigIntegerField, models.BooleanField, models.FloatField}
    | {models.ForeignKey, models.OneToOneField}
)


def insert_rows(
    model: type[models.Model], rows: Sequence[models.Model], *, with_ids: bool = False
) -> None:
    """Insert the unsaved rows in one statement; their ids are not set.

    *with_ids*: the rows have ids already. No signals are sent, as by `bulk_create`.
    """
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    fields = [
        field
        for field in model._meta.concrete_fields
        if with_ids or not field.primary_key
    ]
    values = [_values_of(field, rows, connection) for field in fields]
    _execute(connection, model, fields, values)


def insert_values(
    model: type[models.Model],
    columns: Mapping[str, Sequence[object]],
    *,
    ignore_conflicts: bool = False,
) -> None:
    """Insert rows of which no instances are made: the values by name of column.

    All columns have one value a row; those that are left out get the default of the
    database, which has to have one. No signals are sent. With *ignore_conflicts* rows
    that break a unique constraint are left out.
    """
    connection = connections[router.db_for_write(model)]
    fields = [model._meta.get_field(name) for name in columns]
    values: list[Sequence[object]] = []
    for field, cells in zip(fields, columns.values(), strict=True):
        values.append(_prepare(field, cells, connection))
    if values and values[0]:
        ending = " ON CONFLICT DO NOTHING" if ignore_conflicts else ""
        _execute(connection, model, fields, values, ending=ending)


def _execute(
    connection: Any,
    model: type[models.Model],
    fields: Sequence[Any],
    values: Sequence[Sequence[object]],
    *,
    ending: str = "",
) -> None:
    """One statement for one row, executed for all; *values* are by field."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)
    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks}){ending}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*values, strict=True)))


def _values_of(
    field: "models.Field[Any, Any]", rows: Sequence[models.Model], connection: Any
) -> list[object]:
    """The values of a field for the database; all rows have one time of writing."""
    if type(field) in _PLAIN_FIELDS:
        return [getattr(row, field.attname) for row in rows]
    prepare = field.get_db_prep_save
    if not isinstance(field, models.DateField):
        return [prepare(field.pre_save(row, add=True), connection) for row in rows]
    if field.auto_now or field.auto_now_add:
        return [prepare(field.pre_save(rows[0], add=True), connection)] * len(rows)
    cells = [getattr(row, field.attname) for row in rows]
    return list(_prepare(field, cells, connection))


def _prepare(field: Any, cells: Sequence[Any], connection: Any) -> Sequence[object]:
    """The values of a field for the database."""
    if type(field) in _PLAIN_FIELDS:
        return cells
    prepare = field.get_db_prep_save
    if not isinstance(field, models.DateField):
        return [None if cell is None else prepare(cell, connection) for cell in cells]
    # Days and moments of a batch are few.
    prepared = {cell: prepare(cell, connection) for cell in set(cells)}
    return [prepared[cell] for cell in cells]


def allocate_ids(model: type[models.Model], count: int) -> list[int]:
    """The next *count* ids of the model, which nobody else will get.

    Call it in the transaction that inserts the rows: PostgreSQL's sequence never gives
    one twice, and SQLite has one writer, whose AUTOINCREMENT counts explicit ids too.
    """
    alias = router.db_for_write(model)
    connection = connections[alias]
    table, key = model._meta.db_table, model._meta.pk
    column = key.column if key else "id"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s))"
                " FROM generate_series(1, %s)",
                [table, column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    first = (row[0] if row else 0) + 1
    return list(range(first, first + count))
