"""Whether files and folders are as they were: `Watch`."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

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
