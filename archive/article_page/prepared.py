"""Queries whose SQL is written once a process: rows of one number as plain values.

Django writes the SQL of a query anew each time, which takes five to ten times as long
as SQLite takes to answer a query by primary key.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db import connection
from django.db.models import BigIntegerField, QuerySet

# Stands for the number while the SQL is written; no row has it.
ANY_NUMBER: Final = -1

# A row as the database driver gives it: dates are texts in SQLite.
Values = tuple[Any, ...]


class PreparedQuery:
    """A query of values for one number, for which ANY_NUMBER stands in *build*."""

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self._build = build
        # By the kind of database, of which tests use two.
        self._written: dict[str, tuple[str, Values]] = {}

    def read(self, number: int) -> tuple[Values, ...]:
        """The rows for *number*, in one query; none for one that no row can have.

        The drivers of databases refuse numbers of more than 64 bits.
        """
        if number > BigIntegerField.MAX_BIGINT:
            return ()
        if connection.vendor not in self._written:
            written = self._build().query.sql_with_params()
            self._written[connection.vendor] = written
        sql, parameters = self._written[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(
                sql, [number if each == ANY_NUMBER else each for each in parameters]
            )
            return tuple(map(tuple, cursor.fetchall()))
