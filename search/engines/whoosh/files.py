"""Files that are there whole or not at all, also after the power fails.

Public: `write_whole`, `sync_folder`, `sweep_waiting`, `stamp_file`.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_WAITING: Final = ".waiting"

# Size, time of the last change in nanoseconds, and number of a file.
Stamp = tuple[int, int, int]


def write_whole(path: Path, content: bytes) -> None:
    """Put *content* at *path* in one step, on disk on return."""
    waiting = path.with_name(f".{path.name}.{secrets.token_hex(3)}{_WAITING}")
    try:
        with waiting.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put on disk which files *folder* holds; Windows knows no such step."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep_waiting(folder: Path) -> None:
    """Remove what a process that died had not yet put in its place."""
    for path in folder.glob(f".*{_WAITING}"):
        path.unlink(missing_ok=True)


def stamp_file(path: Path) -> Stamp | None:
    """What changes when a file is written to; ``None`` where it cannot be seen."""
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_size, seen.st_mtime_ns, seen.st_ino


# Nanoseconds within which a file system may give two changes the same time; the clocks
# of the usual ones tick every four milliseconds, some every ten.
_TICK: Final = 50_000_000

_Look = list[tuple[int, int, int]]


class Watch:
    """Looks at *paths* when it begins, and says later whether they changed since."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = [os.fspath(path) for path in paths]
        began = time.time_ns()
        self._seen = _look(self._paths)
        # A change right after one that was seen may bear the same time.
        self._is_sure = all(began - changed > _TICK for _, changed, _ in self._seen)

    def is_unchanged(self) -> bool:
        """Whether nothing changed; false where that cannot be told, too."""
        return self._is_sure and bool(self._seen) and _look(self._paths) == self._seen


def _look(paths: list[str]) -> _Look:
    """Size, last change in nanoseconds and number of each; nothing if one is absent."""
    try:
        # Before each search: a path as text is looked at in half the time.
        seen = [os.stat(path) for path in paths]  # noqa: PTH116
    except OSError:
        return []
    return [(one.st_size, one.st_mtime_ns, one.st_ino) for one in seen]
