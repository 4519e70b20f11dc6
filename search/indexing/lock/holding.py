"""The lock that lets one process index at a time.

On PostgreSQL the database keeps it, for all machines of the site. With SQLite it is a
lock of the operating system on an open file. A process that dies gives either up:
docs/decisions/0025-filelock.md, 0122-locks-of-several-machines.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from filelock import FileLock, Timeout

from search.indexing.lock.database import hold_in_database, is_shared

LOCK_FILE: Final = "indexer.lock"
# Seconds between two tries of a process that waits. Saving processes hold the lock for
# some ten milliseconds and take it again soon; a waiter that looks seldom is starved.
_POLL_INTERVAL: Final = 0.005


class IndexerBusy(Exception):
    """Another process is indexing, or at what else the lock is for."""


@contextmanager
def indexer_lock(*, wait: bool = False) -> Iterator[None]:
    """Hold the indexer's lock.

    Raises IndexerBusy where another process holds it and *wait* is false, and OSError
    where the file cannot be locked. Waiting in a transaction of SQLite is refused by a
    RuntimeError: the indexer may be waiting for that transaction to end.
    """
    if wait and getattr(connection, "has_turn", False):
        raise RuntimeError("Take the indexer's lock before a transaction begins.")
    with hold_lock(LOCK_FILE, wait=wait):
        yield


@contextmanager
def hold_lock(name: str, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock *name*, which is that of a file where no other machine is at work.

    Raises as `hold_file` does, and DatabaseError where the database cannot be asked.
    """
    if not is_shared():
        with hold_file(Path(settings.DATA_DIR) / name, wait=wait):
            yield
        return
    with hold_in_database(name, wait=wait) as is_held:
        if not is_held:
            raise IndexerBusy
        yield


@contextmanager
def hold_file(file: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock *file*; raises as `indexer_lock` does, but for the RuntimeError."""
    lock = FileLock(
        file,
        blocking=wait,
        poll_interval=_POLL_INTERVAL,
        # The substitute, a file that marks the lock, would outlive its process.
        fallback_to_soft=False,
    )
    try:
        lock.acquire()
    except Timeout as error:
        raise IndexerBusy from error
    try:
        yield
    finally:
        lock.release()
