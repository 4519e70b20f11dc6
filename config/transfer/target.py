"""The database that an archive moves to, beside that of the site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.db import connections

from config import database_url

TARGET: Final = "transfer"


def is_same_database(one: str, other: str) -> bool:
    """Whether two aliases are of the same file, or name on the same server."""
    settings = [connections[alias].settings_dict for alias in (one, other)]
    engines = {connections[alias].vendor for alias in (one, other)}
    if engines == {"sqlite"}:
        files = {Path(each["NAME"]).resolve() for each in settings}
        return len(files) == 1
    keys = ("NAME", "HOST", "PORT")
    first, second = ([str(each[key]) for key in keys] for each in settings)
    return len(engines) == 1 and first == second


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
