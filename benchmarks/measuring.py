"""Milliseconds, memory and bytes of a process and a folder.

Public: `CLOCKS`, `cpu_seconds`, `folder_bytes`, `own_memory`, `peak_memory`,
`percentile`, `timed`.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

MILLISECONDS: Final = 1000
KIBIBYTE: Final = 1024
_STATUS: Final = Path("/proc/self/status")

Result = TypeVar("Result")


# By name: what passes on the wall, and what the processor works for this process.
CLOCKS: Final[Mapping[str, Callable[[], float]]] = {
    "wall": time.perf_counter,
    "processor": time.process_time,
}


def timed(action: Callable[[], Result], clock: str = "wall") -> tuple[Result, float]:
    """What *action* returns, and the milliseconds it took by one of ``CLOCKS``."""
    now = CLOCKS[clock]
    started = now()
    result = action()
    return result, (now() - started) * MILLISECONDS


def peak_memory() -> int:
    """The most bytes that this process ever held in memory; 0 where nobody says.

    Linux also counts a parent's memory into what ``getrusage`` says of its child, so
    the file of the process itself is read. Pages of files that it has mapped count.
    """
    return _read_status("VmHWM")


def own_memory() -> int:
    """The bytes that this process holds now without those of files; 0 as above.

    The system takes pages of mapped files back when it needs them, these it cannot.
    """
    return _read_status("RssAnon")


def _read_status(name: str) -> int:
    if not _STATUS.exists():
        return 0
    for line in _STATUS.read_text("utf-8").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * KIBIBYTE
    return 0


def cpu_seconds() -> float:
    """The seconds that all cores together worked for this process and its children.

    Other work on the machine makes wall-clock seconds longer, these hardly.
    """
    return sum(os.times()[:4])


def folder_bytes(folder: Path) -> int:
    """The bytes of all files under *folder*."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of *values* that *share* of them do not exceed.

    >>> percentile([4, 1, 3, 2], 0.5), percentile([4, 1, 3, 2], 0.95)
    (2, 4)
    """
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
