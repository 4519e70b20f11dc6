"""Small file systems in memory that tests fill."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_BLOCK = 4096


@dataclass(frozen=True)
class SmallDisk:
    """A tmpfs that a test fills and empties."""

    path: Path

    @property
    def _filler(self) -> Path:
        return self.path / "filler"

    def fill(self, *, leaving: int = 0) -> None:
        """Fill the disk but for *leaving* bytes."""
        with self._filler.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(_BLOCK))
            except OSError:
                pass
            file.truncate(max(file.tell() - leaving, 0))

    def make_room(self) -> None:
        self._filler.unlink(missing_ok=True)

    def let_nobody_write(self) -> None:
        _run("mount", "-o", "remount,ro", str(self.path))

    def let_write(self) -> None:
        _run("mount", "-o", "remount,rw", str(self.path))


@contextmanager
def small_disk(path: Path, *, megabytes: int) -> Iterator[SmallDisk]:
    """A tmpfs mounted at *path*; skips where mounting is not permitted."""
    path.mkdir()
    mounted = _run(
        *("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(path)),
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"A disk cannot be mounted here: {mounted.stderr.strip()}")
    try:
        yield SmallDisk(path)
    finally:
        _run("umount", "--lazy", str(path))


def _run(*command: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, check=check)
