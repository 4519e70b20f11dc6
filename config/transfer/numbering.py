"""The next number of each table: no number that was given is given again."""

from __future__ import annotations

from typing import Any

from django.core.management.color import no_style
from django.db import connections, models

from config.transfer.rows import Model


def move_numbering(tables: list[Model], source: str, target: str) -> None:
    """Let *target* go on counting where *source* would, for each table."""
    counting = [
        model for model in tables if isinstance(model._meta.pk, models.AutoField)
    ]
    given = {model: _last_given(model, source) for model in counting}
    connection = connections[target]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), counting):
            cursor.execute(statement)
        for model, last in given.items():
            if last:
                _let_follow(cursor, connection.vendor, model, last)


def _last_given(model: Model, using: str) -> int:
    """The last number that was given, be its row deleted or not; 0 for none."""
    connection = connections[using]
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, column])
            [name] = cursor.fetchone()
            cursor.execute(f"SELECT last_value, is_called FROM {name}")  # noqa: S608 - its own name
            last, is_called = cursor.fetchone()
            return int(last) if is_called else 0
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        return int(found[0]) if found else 0


def _let_follow(cursor: Any, vendor: str, model: Model, last: int) -> None:
    table, column = model._meta.db_table, model._meta.pk.column
    if vendor == "postgresql":
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, column, last]
        )
        return
    cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
    cursor.execute(
        "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last]
    )
