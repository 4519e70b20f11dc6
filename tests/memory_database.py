"""The tests' database as the migrations leave it, put back after a test that commits.

Django empties all tables after such a test, statement by statement, and then makes
permissions and content types anew, under other numbers. SQLite's database of the tests
is in memory: to copy what it was takes a hundredth of that. On another server, where
few tests run, the groups of roles are made again after Django's flush.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from types import SimpleNamespace
from typing import Any, Final

from django.apps import apps
from django.db import connection, connections
from django.db.models.signals import post_migrate
from django.test import TransactionTestCase

# What migrations make of groups and their rights.
_MAKERS: Final = (
    ("archive.migrations.0005_roles", "make_groups"),
    ("archive.migrations.0015_description", "let_administrators_change_it"),
    ("search.migrations.0005_api_keys", "let_administrators_issue"),
)


@contextmanager
def restored_after_commits() -> Iterator[None]:
    """Within the block, a test that commits leaves the database as it is now."""
    if connection.vendor != "sqlite":
        post_migrate.connect(_make_roles, sender=list(apps.get_app_configs())[-1])
        yield
        return
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


def _make_roles(using: str, **kwargs: object) -> None:
    editor = SimpleNamespace(connection=connections[using])
    for module, make in _MAKERS:
        getattr(import_module(module), make)(apps, editor)
