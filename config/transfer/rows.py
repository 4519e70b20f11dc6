"""Rows of a table: read as Python has them, written as a database does, and summed.

The digest of a table is the sum of those of its rows, because databases sort texts by
rules of their own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models

# Rows that are read and written at once.
BATCH: Final = 500
_MODULUS: Final = 2**256

Model = type[models.Model]
Row = tuple[Any, ...]


def list_fields(model: Model) -> list[Any]:
    """The fields that are columns of the model's own table."""
    return list(model._meta.local_concrete_fields)


def read_rows(model: Model, using: str) -> Iterator[Row]:
    """All rows of the table, with the values of ``list_fields``."""
    names = [field.attname for field in list_fields(model)]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    yield from rows.iterator(chunk_size=BATCH)


def write_rows(model: Model, rows: Iterable[Row], using: str) -> None:
    """Insert *rows*, with the numbers that they have."""
    connection = connections[using]
    quote, fields = connection.ops.quote_name, list_fields(model)
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)
    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - names of models
    stream = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(stream, BATCH)):
            cursor.executemany(
                statement, [_prepare(fields, row, connection) for row in batch]
            )


def _prepare(fields: Sequence[Any], row: Row, connection: Any) -> list[Any]:
    return [
        None if value is None else field.get_db_prep_save(value, connection)
        for field, value in zip(fields, row, strict=True)
    ]


class Digest:
    """The number of rows that were added, and the sum of their hashes."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def added(self, rows: Iterable[Row]) -> Iterator[Row]:
        """*rows* themselves, each added as it passes."""
        for row in rows:
            text = json.dumps(row, cls=_Encoder, sort_keys=True, ensure_ascii=False)
            hashed = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
            self._sum = (self._sum + int.from_bytes(hashed)) % _MODULUS
            self.rows += 1
            yield row

    def __str__(self) -> str:
        return f"{self._sum:064x}"


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        # SQLite hands out bytes, PostgreSQL views of them.
        if isinstance(o, bytes | memoryview):
            return bytes(o).hex()
        return super().default(o)
