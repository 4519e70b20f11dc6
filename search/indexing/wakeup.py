"""Waking the indexer: a named pipe on which it waits and to which who saves writes.

Who saves learns from the same call whether an indexer is there to leave the work to:
docs/decisions/0050-saves-leave-indexing-to-the-indexer.md.
"""

from __future__ import annotations

import os
import select
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from django.conf import settings

from search.indexing.heartbeat import INTERVAL, read_beat

WAKEUP_FILE: Final = "indexer-wakeup"
# Seconds without a beat after which nobody relies on the indexer: two beats missed.
_RELIABLE: Final = 2.5 * INTERVAL
_PRIVATE: Final = 0o600
_HAS_PIPES: Final = hasattr(os, "mkfifo")
# More than all who save write between two looks; the pipe itself holds no more.
_ALL: Final = 65_536


class Wakeup:
    """The indexer's end of the pipe; ``None`` where pipes cannot be made."""

    def __init__(self, pipe: int | None) -> None:
        self._pipe = pipe

    def wait(self, seconds: float) -> None:
        """Wait until somebody saves, at most *seconds*."""
        if self._pipe is None:
            time.sleep(seconds)
            return
        select.select([self._pipe], [], [], seconds)
        with suppress(BlockingIOError):
            os.read(self._pipe, _ALL)


@contextmanager
def waking() -> Iterator[Wakeup]:
    """The indexer's end, open until the end of the block."""
    pipe = _open_pipe()
    try:
        yield Wakeup(pipe)
    finally:
        if pipe is not None:
            os.close(pipe)


def wake_indexer() -> bool:
    """Wake the indexer; returns whether one lives and will index what was saved."""
    if not _HAS_PIPES:
        return False
    try:
        # Fails where no indexer has it open, be it that it was killed just now.
        pipe = os.open(_path(), os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        # A full pipe wakes as well.
        with suppress(BlockingIOError):
            os.write(pipe, b"\0")
    except OSError:
        return False
    finally:
        os.close(pipe)
    beaten_at = read_beat()
    return beaten_at is not None and abs(time.time() - beaten_at) < _RELIABLE


def _open_pipe() -> int | None:
    if not _HAS_PIPES:
        return None
    try:
        with suppress(FileExistsError):
            os.mkfifo(_path(), _PRIVATE)
        # For writing too: else it would be at its end whenever nobody writes.
        return os.open(_path(), os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        # A file system without pipes: who saves indexes, as without an indexer.
        return None


def _path() -> Path:
    return Path(settings.DATA_DIR) / WAKEUP_FILE
