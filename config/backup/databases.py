"""Dumps a database to a file and loads it back, for each kind of database.

Both are one snapshot while others write. Sessions are left out, so that nobody can sign
in with a backup.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils.translation import gettext as _

from archive.models import Article
from config.backup.manifest import digest_articles
from config.database_url import SQLITE_BUSY_SECONDS

Progress = Callable[[int], object]

# Pages copied between two calls of the progress callback.
_PAGES: Final = 4096
# While other connections hold a lock, sqlite3 tries four times a second.
_MAX_ATTEMPTS: Final = 4 * SQLITE_BUSY_SECONDS
_ROWS_PER_FETCH: Final = 2000


class DatabaseRefused(Exception):
    """The database cannot be copied; the message says why."""


@dataclass(frozen=True, slots=True)
class ArticlesDigest:
    """The number of articles and the digest of their contents: `digest_articles`."""

    articles: int
    content: str


def dump(file: Path) -> ArticlesDigest:
    """Write the site's database to *file*. Raises DatabaseRefused."""
    return _DUMPS[connection.vendor](file)


def load(file: Path) -> None:
    """Replace the content of the site's database by *file*, atomically.

    Raises DatabaseRefused.
    """
    _LOADS[connection.vendor](file)
    connection.close()


def digest_database() -> ArticlesDigest:
    """The digest of the articles in the site's database now."""
    rows = Article.objects.order_by("pk").values_list("pk", "content_hash")
    return ArticlesDigest(*digest_articles(rows.iterator(chunk_size=_ROWS_PER_FETCH)))


def _open(path: Path | str, *, mode: str) -> closing[sqlite3.Connection]:
    address = f"{Path(path).resolve().as_uri()}?mode={mode}"
    return closing(sqlite3.connect(address, uri=True, isolation_level=None))


@contextmanager
def _copying() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise DatabaseRefused(
            _("The database in %(file)s cannot be copied: %(detail)s.")
            % {"file": _site_file(), "detail": error}
        ) from error


def _site_file() -> str:
    return str(connection.settings_dict["NAME"])


def _dump_sqlite(file: Path) -> ArticlesDigest:
    with (
        _copying(),
        _open(_site_file(), mode="rw") as live,
        _open(file, mode="rwc") as copy,
    ):
        # A read transaction throughout: otherwise each write by another connection
        # would restart the copy, which might never end.
        live.execute("BEGIN")
        live.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        live.backup(copy, pages=_PAGES, progress=_give_up_on_locks())
        live.execute("COMMIT")
        copy.execute("PRAGMA journal_mode=DELETE")
        _check_whole(copy, _site_file())
        copy.execute("PRAGMA secure_delete=ON")
        copy.execute(f"DELETE FROM {Session._meta.db_table}")  # noqa: S608 - our name
        table = Article._meta.db_table
        rows = copy.execute(f"SELECT id, content_hash FROM {table} ORDER BY id")  # noqa: S608
        return ArticlesDigest(*digest_articles(rows))


def _load_sqlite(file: Path) -> None:
    connection.close()
    with _copying(), _open(file, mode="ro") as copy:
        _check_whole(copy, str(file))
        # By SQLite's backup API in one transaction: a running site sees the old archive
        # or the new one, and a failure leaves the old one.
        with _open(_site_file(), mode="rwc") as live:
            copy.backup(live, pages=_PAGES, progress=_give_up_on_locks())
        with _open(_site_file(), mode="rw") as live:
            live.execute("PRAGMA journal_mode=WAL")


def _check_whole(copy: sqlite3.Connection, name: str) -> None:
    (result,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    if result != "ok":
        raise DatabaseRefused(
            _("The database in %(file)s is damaged: %(detail)s.")
            % {"file": name, "detail": result}
        )


def _give_up_on_locks() -> Callable[[int, int, int], None]:
    """A progress callback that limits the attempts, which Python repeats for ever."""
    attempts = 0

    def count(status: int, remaining: int, total: int) -> None:
        nonlocal attempts
        is_locked = status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        attempts = attempts + 1 if is_locked else 0
        if attempts > _MAX_ATTEMPTS:
            raise sqlite3.OperationalError("database is locked")

    return count


def _dump_postgresql(file: Path) -> ArticlesDigest:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cast(tuple[str], cursor.fetchone())
        _run(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--exclude-table-data={Session._meta.db_table}",
            f"--file={file}",
        )
        return digest_database()


def _load_postgresql(file: Path) -> None:
    connection.close()
    _run(
        "pg_restore",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
        "--dbname",
        last=[str(file)],
    )


def _run(program: str, *options: str, last: list[str] | None = None) -> None:
    """Run a PostgreSQL program on the site's database; *last* follow its name."""
    path = shutil.which(program)
    if path is None:
        raise DatabaseRefused(
            _("%(program)s is not on this machine. Install PostgreSQL's client.")
            % {"program": program}
        )
    arguments, environ = connection.client.settings_to_cmd_args_env(
        connection.settings_dict, list(options)
    )
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL's, no shell
        [path, *arguments[1:], *(last or [])],
        env={**os.environ, **(environ or {})},
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise DatabaseRefused(f"{program}: {done.stderr.strip()}")


_DUMPS: Final[dict[str, Callable[[Path], ArticlesDigest]]] = {
    "sqlite": _dump_sqlite,
    "postgresql": _dump_postgresql,
}
_LOADS: Final[dict[str, Callable[[Path], None]]] = {
    "sqlite": _load_sqlite,
    "postgresql": _load_postgresql,
}
