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
    plain = [_is_plain(field) for field in fields]
    values = [
        [
            getattr(row, field.attname)
            if is_plain
            else field.get_db_prep_save(field.pre_save(row, add=True), connection)
            for field, is_plain in zip(fields, plain, strict=True)
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})",  # noqa: S608
            values,
        )


def _is_plain(field: "models.Field[Any, Any]") -> bool:
    """Whether the database takes the value of the field as it is."""
    return type(field) in _PLAIN_FIELDS


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
