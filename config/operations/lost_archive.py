"""Keeps a lost database from being taken for a new archive.

Where the disk of the database is not mounted, or DATABASE_URL is not set, there is an
empty database or none. To fill it would put a new archive over the old one's index.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from config.backup.moving import REPLACED

# Without the models, which are not loaded yet where a command fails early.
_TABLE: Final = "archive_article"
CANNOT_RUN: Final = 2
# What the data directory of an archive has, and that of a new one has not.
_MARKS: Final = ("index/live", "set-up.json", "last-reconcile.json", "media/*")

_SENTENCES: Final = """\
There is no archive in the database {database}, but {data_dir} knows of one ({mark}).
* If its disk is not mounted, or DATABASE_URL is not what it was, mend that.
* If the database is lost, put a backup back: python3 start.py manage restore FILE
* If you want a new archive, and to give up the old one's index:
  python3 start.py setup --new-archive
لا أرشيف في قاعدة البيانات {database}، وفي {data_dir} ما يدلّ على أرشيف ({mark}).
* إن كان قرصها غير موصول، أو لم يعد DATABASE_URL كما كان، فأصلحوا ذلك.
* وإن ضاعت القاعدة فاستعيدوا نسخة احتياطية: python3 start.py manage restore FILE
* وإن أردتم أرشيفًا جديدًا، وتخلّيتم عن فهرس القديم:
  python3 start.py setup --new-archive"""


class ArchiveLost(CommandError):
    """The database has no archive, and the data directory knows of one."""

    def __init__(self, mark: Path) -> None:
        sentences = _SENTENCES.format(
            database=connection.settings_dict["NAME"],
            data_dir=settings.DATA_DIR,
            mark=mark.relative_to(settings.DATA_DIR).as_posix(),
        )
        super().__init__(sentences, returncode=CANNOT_RUN)


def refuse_lost_archive() -> None:
    """Raise ArchiveLost where the archive that the data directory knows is gone.

    Raises DatabaseError where the database does not answer, and creates no file.
    """
    mark = _find_mark()
    if mark and not has_archive():
        raise ArchiveLost(mark)


def has_archive() -> bool:
    """Whether the database has the tables of an archive; creates no file.

    Raises DatabaseError where it cannot be read.
    """
    if connection.vendor == "sqlite" and not is_in_memory():
        file = Path(connection.settings_dict["NAME"])
        return file.exists() and _TABLE in _list_tables(file)
    return _TABLE in connection.introspection.table_names()


def _list_tables(file: Path) -> set[str]:
    """The tables of SQLite's *file*, which Django would change to a write-ahead log."""
    address = f"{file.resolve().as_uri()}?mode=rw"
    with (
        connection.wrap_database_errors,
        closing(sqlite3.connect(address, uri=True)) as database,
    ):
        rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in rows}


def is_in_memory() -> bool:
    """Whether the database is one of the tests', in no file."""
    return connection.vendor == "sqlite" and bool(
        connection.is_in_memory_db()  # type: ignore[attr-defined]
    )


def _find_mark() -> Path | None:
    """A file that tells of an archive: of its index, its set-up, its uploads."""
    data_dir = Path(settings.DATA_DIR)
    names = [*_MARKS, f"*{REPLACED}*"]
    found = (path for name in names for path in data_dir.glob(name))
    return next(found, None)
