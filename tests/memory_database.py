"""The tests' database as the migrations leave it, put back after a test that commits.

Django empties all tables after such a test, statement by statement, and then makes
permissions and content types anew, under other numbers. The database of the tests is
in memory: to copy what it was takes a hundredth of that.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.db import connection
from django.test import TransactionTestCase


@contextmanager
def restored_after_commits() -> Iterator[None]:
    """Within the block, a test that commits leaves the database as it is now."""
    before: Any = TransactionTestCase._fixture_teardown
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as image:
        connection.ensure_connection()
        connection.connection.backup(image)

        def restore(_case: TransactionTestCase) -> None:
            connection.ensure_connection()
            image.backup(connection.connection)

        TransactionTestCase._fixture_teardown = restore
        try:
            yield
        finally:
            TransactionTestCase._fixture_teardown = before
