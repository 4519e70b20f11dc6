"""The site's database into a file and back, whichever kind it is."""

from pathlib import Path
from typing import Final

from django.db import connection

from config.backup import postgresql, sqlite
from config.backup.contract import DatabaseKind

_KINDS: Final[dict[str, DatabaseKind]] = {"sqlite": sqlite, "postgresql": postgresql}


def site_database() -> DatabaseKind:
    """The module for the kind of the site's database."""
    return _KINDS[connection.vendor]


def scratch_parent(data_dir: Path) -> Path:
    """The folder where a dump can be made the site's database in one step."""
    if connection.vendor == "sqlite":
        return sqlite.site_file().absolute().parent
    return data_dir
