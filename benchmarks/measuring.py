"""Time, memory and disk space of a process and a folder."""

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


# Seconds by wall-clock time, and by the processor's time of this process.
CLOCKS: Final[Mapping[str, Callable[[], float]]] = {
    "wall": time.perf_counter,
    "processor": time.process_time,
}


def timed(action: Callable[[], Result], clock: str = "wall") -> tuple[Result, float]:
    """The result of *action*, and its milliseconds by one of ``CLOCKS``."""
    now = CLOCKS[clock]
    started = now()
    result = action()
    return result, (now() - started) * MILLISECONDS


def peak_memory() -> int:
    """The peak resident bytes of this process, mapped files included; 0 off Linux.

    Read from /proc, because ``getrusage`` counts the peak of the parent before the
    fork, too.
    """
    return _read_status("VmHWM")


def own_memory() -> int:
    """The resident bytes of this process without mapped files; 0 off Linux.

    The kernel reclaims pages of mapped files when memory is short, but not these.
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
    """The processor seconds of this process and its children, summed over all cores.

    Other work on the machine changes them less than wall-clock seconds.
    """
    return sum(os.times()[:4])


def folder_bytes(folder: Path) -> int:
    """The bytes of all files under *folder*."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def percentile(values: Sequence[float], share: float) -> float:
    """The *share* percentile of *values*, by nearest rank; *share* is from 0 to 1.

    >>> percentile([4, 1, 3, 2], 0.5), percentile([4, 1, 3, 2], 0.95)
    (2, 4)
    """
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
