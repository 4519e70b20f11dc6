"""The database that an archive moves to, beside that of the site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connections

from config import database_url

TARGET: Final = "transfer"


@contextmanager
def other_database(url: str) -> Iterator[str]:
    """The alias of the database at *url*, closed at the end of the block.

    Raises ValueError for a URL that names none.
    """
    options = database_url.parse(url)
    connections.databases[TARGET] = connections.configure_settings(
        {"default": options}
    )["default"]
    try:
        yield TARGET
    finally:
        connections[TARGET].close()
        del connections[TARGET]
        del connections.databases[TARGET]
