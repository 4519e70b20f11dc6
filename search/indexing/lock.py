"""One indexer at a time, whatever process it runs in.

The lock is the operating system's on an open file, so that a process that dies
gives it up.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from django.conf import settings

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_FILE: Final = "indexer.lock"


class IndexerBusy(Exception):
    """Another process is indexing."""


@contextmanager
def indexer_lock(*, wait: bool = False) -> Iterator[None]:
    """Hold the indexer's lock; raises IndexerBusy when another does and not *wait*."""
    path = Path(settings.DATA_DIR) / LOCK_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        try:
            _lock(file, wait=wait)
        except OSError as error:
            raise IndexerBusy from error
        yield


def _lock(file: IO[bytes], *, wait: bool) -> None:
    # Both locks go with the file's closing.
    if sys.platform == "win32":
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        return
    fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
