"""Locks of the installation: `hold`, `set_up_lock`, `Busy`.

Like the indexer's, a lock is the operating system's on an open file, so that a process
that dies gives it up: docs/decisions/0025-filelock.md.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from filelock import FileLock, Timeout

# Held by whoever makes or replaces the archive: set-up, and restore.
_SET_UP: Final = "set-up.lock"


class Busy(Exception):
    """Another process holds the lock."""


@contextmanager
def hold(file: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock *file*; raises Busy where another process does, unless *wait*."""
    # The substitute, a file that marks the lock, would outlive its process.
    lock = FileLock(file, blocking=wait, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise Busy from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def set_up_lock(say: Callable[[], object]) -> Iterator[None]:
    """Let one process at a time set the site up or restore it; the others wait.

    *say* is called before a wait.
    """
    data_dir = Path(settings.DATA_DIR)
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = data_dir / _SET_UP
    try:
        with hold(file):
            yield
            return
    except Busy:
        say()
    with hold(file, wait=True):
        yield
