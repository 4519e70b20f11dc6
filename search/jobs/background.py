"""Commands that the indexer starts beside itself when there is something for them.

A process of its own, so that a long file neither delays indexing nor takes it down.
"""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from archive.faults.database import is_outage
from search.jobs.running import is_waiting
from search.models import Job, Keeper, SavedSearch, SharedList

# Seconds until a command is started again that has ended and still has something to do:
# twice as many each time.
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Chore:
    """A command, when to look whether it is due, and since when it runs."""

    command: tuple[str, ...]
    is_due: Callable[[], bool]
    interval: float
    pause: float = FIRST_PAUSE
    next_look: float = 0.0
    process: "subprocess.Popen[bytes] | None" = field(default=None)


def has_expired() -> bool:
    """Whether files, visitors or their lists have outlived their time."""
    ended = {"expires_at__lt": timezone.now()}
    kinds = Job.objects, Keeper.objects, SharedList.objects
    return any(rows.filter(**ended).exists() for rows in kinds)


def list_chores() -> list[Chore]:
    """The commands that the site needs done: files, their deletion, e-mails."""
    run_jobs = "run_jobs", f"--with-parent={os.getpid()}"
    return [
        Chore(run_jobs, is_waiting, interval=1.0),
        Chore(run_jobs, has_expired, interval=600.0),
        Chore(
            ("send_alerts", "--verbosity=0"), SavedSearch.objects.exists, interval=300.0
        ),
    ]


class Background:
    """Starts each chore that is due, never the same one twice at a time."""

    def __init__(
        self,
        chores: Sequence[Chore],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._chores = list(chores)
        self._clock = clock

    def look(self) -> None:
        """Start what is due; asks the database no oftener than each chore says.

        While the database is out, nothing is due: the indexer says so already.
        """
        for chore in self._chores:
            if self._clock() >= chore.next_look:
                self._look_at(chore)

    def _look_at(self, chore: Chore) -> None:
        chore.next_look = self._clock() + chore.interval
        if chore.process is not None:
            if chore.process.poll() is None:
                return
            # What is due again at once may be busy elsewhere, or broken.
            chore.process = None
            chore.next_look = self._clock() + max(chore.interval, chore.pause)
            chore.pause = min(2 * chore.pause, LONGEST_PAUSE)
            return
        try:
            is_due = chore.is_due()
        except DatabaseError as error:
            if not is_outage(error):
                raise
            return
        if is_due:
            self._start(chore)
        else:
            chore.pause = FIRST_PAUSE

    def _start(self, chore: Chore) -> None:
        manage = Path(settings.BASE_DIR) / "manage.py"
        command = [sys.executable, str(manage), *chore.command]
        try:
            chore.process = subprocess.Popen(  # noqa: S603 - our own command
                command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL
            )
        except OSError as error:
            _log.error("%s could not be started: %s", chore.command[0], error.strerror)

    def stop(self) -> None:
        """End what runs; what it has not finished is begun again the next time."""
        running = [chore.process for chore in self._chores if chore.process]
        for process in running:
            process.terminate()
        for process in running:
            process.wait()
