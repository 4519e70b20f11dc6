"""The indexer as a child of gunicorn, started again whenever it has ended.

Standard library only: gunicorn reads it before there is a Django.
"""

import subprocess
import time
from collections.abc import Callable, Sequence
from typing import Final

# Seconds before the indexer is started again; twice as many each time.
FIRST_PAUSE: Final = 1.0
# The most of them. After a life of this length the first pause holds again.
LONGEST_PAUSE: Final = 60.0


class IndexerProcess:
    """The process that *command* starts, and no second one beside it.

    *warn* takes a sentence for the log. Used by gunicorn's arbiter alone, in its one
    thread; its workers are forks that never run the methods.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        warn: Callable[[str], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._command = list(command)
        self._warn = warn
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None
        self._pause = FIRST_PAUSE
        self._started_at = 0.0
        # When to start again; None while the process runs.
        self._restart_at: float | None = None

    def start(self) -> None:
        """Start the process; where that fails, it is tried again after the pause."""
        self._started_at = self._clock()
        self._restart_at = None
        try:
            # A session of its own: Ctrl-C is for the server, which ends the indexer.
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                self._command, start_new_session=True
            )
        except OSError as error:
            self._process = None
            self._schedule(f"The indexer could not be started: {error.strerror}.")

    def restart_if_ended(self) -> None:
        """Start the process again if it has ended and its pause is over."""
        if self._restart_at is None:
            # gunicorn reaps all children, so that the exit status may be lost.
            if self._process is None or self._process.poll() is not None:
                self._schedule("The indexer has ended.")
        elif self._clock() >= self._restart_at:
            self.start()

    def _schedule(self, what: str) -> None:
        now = self._clock()
        if now - self._started_at >= LONGEST_PAUSE:
            self._pause = FIRST_PAUSE
        self._restart_at = now + self._pause
        self._warn(f"{what} It is started again in {self._pause:.0f} s.")
        self._pause = min(2 * self._pause, LONGEST_PAUSE)

    def stop(self) -> None:
        """End the process; what it has not committed waits in the outbox."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
