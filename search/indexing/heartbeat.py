"""The indexer's heartbeat: a file with the time at which the indexer last gave a sign.

The processes that answer readers see by it that the indexer is alive, whoever has
started it: gunicorn or a service of its own. Writing it costs no transaction.
"""

from __future__ import annotations

import math
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

HEARTBEAT_FILE: Final = "indexer-heartbeat"
# Seconds between two beats.
INTERVAL: Final = 5.0
# Seconds for which work may neither proceed nor take time of the processor. With
# INTERVAL and READY_MAX_INDEXER_SECONDS a hang is seen within a minute, while a wait
# for SQLite (40 seconds) is not taken for one.
LONGEST_STANDSTILL: Final = 25.0
# Processor seconds between two beats that the heartbeat itself does not reach.
_LEAST_WORK: Final = 0.005
_PRIVATE: Final = 0o600
# As long as any time of this millennium, so that a beat replaces all of the last one.
_WIDTH: Final = 14


def beat() -> None:
    """Write the present time over the last beat, unless the file cannot be written."""
    flags = os.O_WRONLY | os.O_CREAT
    try:
        descriptor = os.open(_heartbeat_path(), flags, _PRIVATE)
        try:
            # In place: a disk that is full since has room for it.
            os.write(descriptor, f"{time.time():{_WIDTH}.2f}\n".encode())
        finally:
            os.close(descriptor)
    except OSError:
        # Whoever reads the file sees that the beat is old; the indexer goes on.
        return


def read_beat() -> float | None:
    """The time of the last beat, in seconds since 1970; ``None`` if there is none."""
    try:
        beaten_at = float(_heartbeat_path().read_text("ascii"))
    except (OSError, ValueError):
        return None
    return beaten_at if math.isfinite(beaten_at) else None


def _heartbeat_path() -> Path:
    return Path(settings.DATA_DIR) / HEARTBEAT_FILE


class Heartbeat:
    """Beats in a thread while the indexer is idle or its work proceeds.

    A batch may take minutes, so the loop of the indexer cannot beat by itself. Work
    proceeds where `advance` is called or the process takes time of the processor; the
    beats of a process that hangs stop.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ended = threading.Event()
        self._is_working = False
        self._advanced_at = clock()
        self._processor_time = 0.0

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Beat at once and until the end of the block."""
        beat()
        # A daemon: an indexer that is killed by an error does not wait for it.
        thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Expect the work of the block to proceed."""
        self.advance()
        self._is_working = True
        try:
            yield
        finally:
            self._is_working = False

    def advance(self, _rows: int = 0) -> None:
        """Note that the work has proceeded; a progress callback of `drain`."""
        self._advanced_at = self._clock()

    def proceeds(self, processor_time: float) -> bool:
        """Whether the process is idle or its work proceeds.

        *processor_time*: what the process has taken so far, in seconds.
        """
        if processor_time - self._processor_time >= _LEAST_WORK:
            self.advance()
        self._processor_time = processor_time
        standstill = self._clock() - self._advanced_at
        return not self._is_working or standstill < LONGEST_STANDSTILL

    def _run(self) -> None:
        while not self._ended.wait(INTERVAL):
            if self.proceeds(time.process_time()):
                beat()
