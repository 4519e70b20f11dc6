"""Atomic writes of small files, and detection of changed files.

Both hold across a power failure and across processes: nothing here is locked.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

# Suffix of a file that is not complete yet; older code used it too.
_TEMPORARY: Final = ".waiting"
# Nanoseconds within which two writes may get the same modification time: the kernel's
# clock for files advances every 4 ms on most systems, every 10 ms on some.
_MTIME_RESOLUTION: Final = 50_000_000

# What a write changes: size in bytes, modification time in nanoseconds, inode.
FileSignature = tuple[int, int, int]


def write_atomic(path: Path, content: bytes) -> None:
    """Replace *path* by a file with *content*, in one step and synced to disk.

    Readers see the old file or the new one, also after a power failure.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(3)}{_TEMPORARY}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Wait until what was written to *path* is on disk."""
    # Windows syncs only what is open for writing.
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Sync the entries of *folder* to disk; Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_temporary_files(folder: Path) -> None:
    """Remove the temporary files in *folder* of processes that died while writing."""
    for path in folder.glob(f".*{_TEMPORARY}"):
        path.unlink(missing_ok=True)


def file_signature(path: Path) -> FileSignature | None:
    """The signature of a file; ``None`` if it is missing or cannot be read."""
    found = _signatures([os.fspath(path)])
    return found[0] if found else None


class FileWatch:
    """Takes the signatures of *paths*, and tells later whether they still hold."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = [os.fspath(path) for path in paths]
        began = time.time_ns()
        self._signatures = _signatures(self._paths)
        # A write right after one of these could leave the same modification time.
        self._is_reliable = all(
            began - mtime > _MTIME_RESOLUTION for _, mtime, _ in self._signatures
        )

    def is_unchanged(self) -> bool:
        """Whether no file changed; ``False`` also where that is not certain."""
        return (
            self._is_reliable
            and bool(self._signatures)
            and _signatures(self._paths) == self._signatures
        )


def _signatures(paths: list[str]) -> list[FileSignature]:
    """The signature of each file; an empty list if any of them is missing."""
    try:
        # Runs before each search, and os.stat takes half as long as Path.stat.
        stats = [os.stat(path) for path in paths]  # noqa: PTH116
    except OSError:
        return []
    return [(stat.st_size, stat.st_mtime_ns, stat.st_ino) for stat in stats]
