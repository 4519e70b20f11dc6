"""``manage.py index_worker``: index the articles in the outbox, once or as a service.

As a service it writes events to the log, in LOG_FORMAT. With ``--once`` it prints its
counts; exit status: 0 the outbox is empty or another process is indexing, 2 the outbox
cannot be indexed now.
"""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from argparse import ArgumentTypeError
from dataclasses import asdict
from typing import Any, Final

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError, InterfaceError, connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.faults.database import is_outage
from archive.faults.termination import interrupted_by_sigterm
from archive.help_format import ExampleCommand
from archive.templatetags.display import number
from search.errors import IndexUnavailable
from search.indexing.heartbeat import Heartbeat, beat
from search.indexing.indexer import DrainResult, drain
from search.indexing.lock import IndexerBusy
from search.indexing.wakeup import Wakeup, waking
from search.jobs import Background, list_chores
from search.keeping import take_in_noted

log = logging.getLogger(__name__)

DEFAULT_INTERVAL: Final = 1.0
# Seconds of rest after a batch: those who save meanwhile share the next commit.
REST: Final = 0.1
CANNOT_RUN: Final = 2
# Outages that may end by themselves: of the index, its disk or the database.
_FAILURES: Final = (IndexUnavailable, OSError, DatabaseError, InterfaceError)

EXAMPLES: Final = gettext_lazy(
    "Examples:\n"
    "  manage.py index_worker                  until it is stopped (SIGTERM, Ctrl-C)\n"
    "  manage.py index_worker --once           what waits now, from cron or by hand\n"
    "  manage.py index_worker --once --json | jq .indexed\n"
    "What cannot be indexed waits in the outbox: nothing is lost, a fault is said once"
    " and tried again. Another process that is indexing is left alone. Exit status: 0"
    " stopped, or nothing waits any more, or another process is at it; with --once, 2"
    " what waits cannot be indexed now."
)


class Command(ExampleCommand):
    examples = EXAMPLES
    help = gettext_lazy(  # type: ignore[assignment]
        "Index the articles that wait in the outbox, now and whenever more come, and"
        " start what prepares files and sends e-mails. Run it as a service; from cron"
        " with --once, which indexes and no more."
    )

    _outage = ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help=_("stop when none waits")
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help=_("with --once: print the outcome as one JSON object"),
        )
        parser.add_argument(
            "--interval",
            type=_seconds,
            default=DEFAULT_INTERVAL,
            metavar="SECONDS",
            help=_("how long to sleep when none waits (default: 1)"),
        )
        parser.add_argument(
            "--with-parent",
            type=int,
            metavar="PID",
            help=_("stop when the process PID, which started it, has ended"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self._run_once(as_json=options["json"])
            return
        self._heartbeat = Heartbeat()
        with interrupted_by_sigterm():
            try:
                with self._heartbeat.beating(), waking() as wakeup:
                    self._run(wakeup, options["interval"], options["with_parent"])
            except KeyboardInterrupt:
                log.info("Stopped; what was not committed waits in the outbox.")

    def _run_once(self, *, as_json: bool) -> None:
        try:
            done = drain()
        except IndexerBusy:
            done = DrainResult()
        except (IndexUnavailable, OSError) as error:
            raise CommandError(str(error), returncode=CANNOT_RUN) from error
        beat()
        if as_json:
            self.stdout.write(json.dumps(asdict(done)))
        elif count := done.indexed + done.removed:
            text = ngettext(
                "Indexed %(count)s article.", "Indexed %(count)s articles.", count
            )
            self.stdout.write(text % {"count": number(count)})

    def _run(self, wakeup: Wakeup, interval: float, parent: int | None) -> None:
        """Index until interrupted, or until *parent* is not the parent process."""
        background = Background(list_chores())
        try:
            while parent is None or os.getppid() == parent:
                with self._heartbeat.working():
                    done = self._drain()
                if count := done.indexed + done.removed:
                    log.info("Indexed %s article%s.", count, "" if count == 1 else "s")
                    time.sleep(min(interval, REST))
                background.look()
                _take_in_noted()
                wakeup.wait(interval)
        finally:
            background.stop()

    def _drain(self) -> DrainResult:
        """Index the outbox once.

        The counts are 0 if another process is indexing or an outage prevents it. An
        outage is logged once, not every second, until it ends or changes.
        """
        try:
            done = drain(progress=self._heartbeat.advance)
        except IndexerBusy:
            return DrainResult()
        except _FAILURES as error:
            if isinstance(error, DatabaseError) and not is_outage(error):
                raise
            if str(error) != self._outage:
                log.error("%s", error)
            self._outage = str(error)
            # Reconnect after a lost connection. SQLite's connection is kept, because an
            # open database can be read even on a full disk.
            connection.close_if_unusable_or_obsolete()
            return DrainResult()
        if self._outage:
            log.info("Mended; indexing goes on.")
        self._outage = ""
        return done


def _take_in_noted() -> None:
    """Write the searches that pages have noted; in an outage they wait."""
    try:
        take_in_noted()
    except DatabaseError as error:
        if not is_outage(error):
            raise


def _seconds(written: str) -> float:
    """The seconds to sleep; raises ArgumentTypeError."""
    try:
        seconds = float(written)
    except ValueError:
        seconds = 0.0
    # In this form, the comparison refuses NaN as well.
    if not 0 < seconds <= threading.TIMEOUT_MAX:
        raise ArgumentTypeError(_("write a number of seconds above 0"))
    return seconds
