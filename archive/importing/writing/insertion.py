"""Insertion of many rows whose ids nobody asks for.

`bulk_create` compiles a statement with a parameter for every value of a chunk of rows;
one statement for one row, executed for all, is several times as fast.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.db import connections, models, router

_PLAIN_FIELDS: Final = frozenset(
    {models.CharField, models.TextField, models.URLField, models.BigAutoField}
    | {models.PositiveIntegerField, models.PositiveSmallIntegerField}
    | {models.BigIntegerField, models.BooleanField, models.ForeignKey}
)


def insert_rows(
    model: type[models.Model], rows: Sequence[models.Model], *, with_ids: bool = False
) -> None:
    """Insert the unsaved rows in one statement; their ids are not set.

    *with_ids*: the rows have ids already. No signals are sent, as by `bulk_create`.
    """
    if not rows:
        return
    alias = router.db_for_write(model)
    connection = connections[alias]
    fields = [
        field
        for field in model._meta.concrete_fields
        if with_ids or not field.primary_key
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or "") for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    columns_of_values = [_values_of(field, rows, connection) for field in fields]
    values = list(zip(*columns_of_values, strict=True))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})",  # noqa: S608
            values,
        )


def _values_of(
    field: "models.Field[Any, Any]", rows: Sequence[models.Model], connection: Any
) -> list[object]:
    """The values of a field for the database; all rows have one time of writing."""
    if type(field) in _PLAIN_FIELDS:
        return [getattr(row, field.attname) for row in rows]
    prepare = field.get_db_prep_save
    is_time = isinstance(field, models.DateTimeField)
    if is_time and (field.auto_now or field.auto_now_add):  # type: ignore[attr-defined]
        return [prepare(field.pre_save(rows[0], add=True), connection)] * len(rows)
    return [prepare(field.pre_save(row, add=True), connection) for row in rows]


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
