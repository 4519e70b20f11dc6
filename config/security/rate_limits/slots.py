"""A bounded number of expensive things at once, over all processes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

_NAME: Final = "{name}-{number}.lock"


class Slots:
    """As many slots as *count*, each a lock on a file *name* in *folder*.

    A process that dies gives its slots up.
    """

    def __init__(self, folder: Path, name: str, count: int) -> None:
        self._paths = [
            folder / _NAME.format(name=name, number=at) for at in range(count)
        ]

    def take(self) -> FileLock | None:
        """A slot, to be given back by ``release``; ``None`` where all are taken.

        Raises OSError where the files cannot be made.
        """
        for path in self._paths:
            # Another thread may hold it, so that it belongs to none.
            lock = FileLock(path, timeout=0, thread_local=False, fallback_to_soft=False)
            try:
                lock.acquire()
            except Timeout:
                continue
            return lock
        return None
