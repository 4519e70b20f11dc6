"""SQLite into a file and back: see ``contract.DatabaseKind``.

A restore puts the new file in the place of the old one, which keeps its bytes under
another name: so a damaged one is replaced like any other.
"""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from archive.faults.termination import uninterrupted
from archive.models import Article
from config.backup.contract import (
    Content,
    DatabaseFacts,
    DatabaseRefused,
    Existing,
    differs,
    lacks_table,
)
from config.backup.manifest import Manifest, digest_articles
from config.backup.moving import adopt, bring, name_aside, sync
from config.database_url import SQLITE_BUSY_SECONDS

if sys.platform != "win32":
    import fcntl

# Pages copied between two calls of the progress callback.
_PAGES: Final = 4096
# While other connections hold a lock, sqlite3 tries four times a second.
_MAX_ATTEMPTS: Final = 4 * SQLITE_BUSY_SECONDS
_LOG: Final = "-wal"
# The write-ahead log, its index and the rollback journal of a database.
_COMPANIONS: Final = (_LOG, "-shm", "-journal")
# Where SQLite locks a file, whatever its size (PENDING_BYTE in os.h of its source), and
# how many bytes: those of a writer, of one who waits, and of readers.
_LOCK_START: Final = 0x40000000
_LOCK_LENGTH: Final = 512
_HELD: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def site_file() -> Path:
    """The file of the site's database."""
    return Path(connection.settings_dict["NAME"])


def dump(file: Path) -> DatabaseFacts:
    """Write the site's database to *file*; see ``DatabaseKind.dump``."""
    with (
        _copying(site_file()),
        _open(site_file(), mode="rw") as live,
        _open(file, mode="rwc") as copy,
    ):
        # A read transaction throughout: otherwise each write by another connection
        # would restart the copy, which might never end.
        live.execute("BEGIN")
        live.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        live.backup(copy, pages=_PAGES, progress=_give_up_on_locks())
        live.execute("COMMIT")
        copy.execute("PRAGMA journal_mode=DELETE")
        _check_integrity(copy, site_file())
        copy.execute("PRAGMA secure_delete=ON")
        copy.execute(f"DELETE FROM {Session._meta.db_table}")  # noqa: S608 - our name
        return _read_facts(copy)


def check(file: Path, manifest: Manifest) -> None:
    """Read every page of the dump; see ``DatabaseKind.check``."""
    with _copying(file), _open(file, mode="ro") as copy:
        _check_integrity(copy, file)
        found = _read_facts(copy)
    if missing := set(manifest.tables) - set(found.tables):
        raise lacks_table(min(missing))
    if found.migrations != manifest.migrations or found.content != manifest.content:
        raise differs()


def find_existing() -> Existing:
    """What the site's file holds; see ``DatabaseKind.find_existing``."""
    file = site_file()
    log = file.with_name(file.name + _LOG)
    if not file.exists() and not log.exists():
        return Existing(Content.NOTHING)
    connection.close()
    try:
        with _open(file, mode="rw") as live:
            tables = _list_tables(live)
            if Article._meta.db_table in tables:
                count = f"SELECT count(*) FROM {Article._meta.db_table}"  # noqa: S608
                (articles,) = live.execute(count).fetchone()
                return Existing(Content.ARCHIVE, articles=articles)
    except sqlite3.Error as error:
        if _is_held(error):
            raise _in_use(file) from error
        return Existing(Content.UNREADABLE, detail=str(error))
    return Existing(Content.OTHER if tables else Content.NOTHING)


def replace(file: Path, manifest: Manifest, date: str) -> str:
    """Put the dump in the place of the site's file; see ``DatabaseKind.replace``."""
    site = site_file()
    connection.close()
    sync(file)
    _settle(site)
    aside, is_new = name_aside(site, date), not site.exists()
    with _alone(site):
        try:
            is_replaced = _move_aside(site, aside)
            adopt(file, like=aside if aside.exists() else site.parent)
            bring(file, site)
        except BaseException:
            with uninterrupted():
                if is_new:
                    site.unlink(missing_ok=True)
                _move_back(aside, site)
            raise
    return str(aside) if is_replaced else ""


def _settle(site: Path) -> None:
    """Move the log into the database, where it can be read; raises DatabaseRefused."""
    if not site.is_file():
        return
    try:
        with _open(site, mode="rw") as live:
            busy, *_pages = live.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as error:
        if _is_held(error):
            raise _in_use(site) from error
        return  # Unreadable: the log is kept beside it.
    if busy:
        raise _in_use(site)


@contextmanager
def _alone(site: Path) -> Iterator[None]:
    """Raise DatabaseRefused while another process has the database open.

    It would write to the log by its name, and so to that of the new database, or
    remove it. A process with the database open holds SQLite's lock of readers.
    """
    if sys.platform == "win32" or not site.is_file():
        yield  # Windows refuses to rename a file that is open.
        return
    try:
        file = site.open("r+b")
    except PermissionError:
        yield  # Then it can be renamed all the same.
        return
    exclusive = fcntl.LOCK_EX | fcntl.LOCK_NB
    with file:
        try:
            fcntl.lockf(file, exclusive, _LOCK_LENGTH, _LOCK_START)
        except (BlockingIOError, PermissionError) as error:
            raise _in_use(site) from error
        yield


def _move_aside(site: Path, aside: Path) -> bool:
    """Give what is at *site* the name *aside*; returns whether anything is there.

    A file stays under its old name as well until it is replaced, so that there is no
    moment without a database.
    """
    companions = [suffix for suffix in _COMPANIONS if _beside(site, suffix).exists()]
    if site.exists():
        try:
            os.link(site, aside)
        except OSError:  # A folder, or a file system without links.
            site.rename(aside)
    for suffix in companions:
        _beside(site, suffix).rename(_beside(aside, suffix))
    return aside.exists() or bool(companions)


def _move_back(aside: Path, site: Path) -> None:
    """Undo ``_move_aside``, be the new database at *site* already or not."""
    if aside.exists() and site.exists() and site.samefile(aside):
        aside.unlink()
    elif aside.exists():
        if aside.is_dir():
            site.unlink(missing_ok=True)
        aside.replace(site)
    for suffix in _COMPANIONS:
        with suppress(FileNotFoundError):
            _beside(aside, suffix).rename(_beside(site, suffix))


def _beside(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)


def _open(path: Path, *, mode: str) -> closing[sqlite3.Connection]:
    address = f"{path.resolve().as_uri()}?mode={mode}"
    opened = sqlite3.connect(
        address, uri=True, isolation_level=None, timeout=SQLITE_BUSY_SECONDS
    )
    return closing(opened)


@contextmanager
def _copying(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise DatabaseRefused(
            _("The database in %(file)s cannot be copied: %(detail)s.")
            % {"file": file, "detail": error}
        ) from error


def _is_held(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", None) in _HELD


def _in_use(file: Path) -> DatabaseRefused:
    return DatabaseRefused(
        _(
            "The database %(file)s is locked: another program has it open. Stop the"
            " site and its indexer, then restore again. Nothing was changed."
        )
        % {"file": file}
    )


def _check_integrity(copy: sqlite3.Connection, file: Path) -> None:
    (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise DatabaseRefused(
            _("The database in %(file)s is damaged: %(detail)s.")
            % {"file": file, "detail": found}
        )


def _list_tables(database: sqlite3.Connection) -> set[str]:
    rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows if not name.startswith("sqlite_")}


def _read_facts(database: sqlite3.Connection) -> DatabaseFacts:
    tables = _list_tables(database)
    for model in (Article, MigrationRecorder.Migration):
        if model._meta.db_table not in tables:
            raise lacks_table(model._meta.db_table)
    articles = f"SELECT id, content_hash FROM {Article._meta.db_table} ORDER BY id"  # noqa: S608
    applied = MigrationRecorder.Migration._meta.db_table
    migrations = database.execute(f"SELECT app || '.' || name FROM {applied}")  # noqa: S608
    return DatabaseFacts(
        *digest_articles(database.execute(articles)),
        migrations=tuple(sorted({name for (name,) in migrations})),
        tables=tuple(sorted(tables)),
    )


def _give_up_on_locks() -> Callable[[int, int, int], None]:
    """A progress callback that limits the attempts, which Python repeats for ever."""
    attempts = 0

    def count(status: int, remaining: int, total: int) -> None:
        nonlocal attempts
        attempts = attempts + 1 if status in _HELD else 0
        if attempts > _MAX_ATTEMPTS:
            raise sqlite3.OperationalError("database is locked")

    return count
