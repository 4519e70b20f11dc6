"""``manage.py index_worker``: keeps the index up to date for as long as it runs.

As a service it writes events to the log, as LOG_FORMAT says. With ``--once`` it prints
what it did; exit status: 0 nothing waits, or another process is at it, 2 what waits
cannot be indexed now.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import threading
import time
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError, connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.help_format import HelpFormatter
from archive.templatetags.display import number
from search.errors import IndexUnavailable
from search.indexing.indexer import DrainResult, drain
from search.indexing.lock import IndexerBusy

log = logging.getLogger(__name__)

DEFAULT_INTERVAL: Final = 1.0
CANNOT_RUN: Final = 2
# What may go away and come back: the index, its disk, the database.
_FAULTS: Final = (IndexUnavailable, OSError, OperationalError, InterfaceError)

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


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Index the articles that wait in the outbox, now and whenever more come. "
        "Run it as a service; with --once, from cron."
    )

    _fault = ""

    def create_parser(
        self, prog_name: str, subcommand: str, **kwargs: Any
    ) -> CommandParser:
        kwargs.setdefault("formatter_class", HelpFormatter)
        kwargs.setdefault("epilog", str(EXAMPLES))
        return super().create_parser(prog_name, subcommand, **kwargs)

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
            action="store_true",
            help=_("stop when the process that started it has ended"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self._run_once(as_json=options["json"])
            return
        parent = os.getppid() if options["with_parent"] else None
        with _interrupted_by_sigterm():
            try:
                self._run(options["interval"], parent)
            except KeyboardInterrupt:
                log.info("Stopped; what was not committed waits in the outbox.")

    def _run_once(self, *, as_json: bool) -> None:
        try:
            done = drain()
        except IndexerBusy:
            done = DrainResult()
        except _FAULTS as error:
            raise CommandError(str(error), returncode=CANNOT_RUN) from error
        if as_json:
            self.stdout.write(json.dumps(asdict(done)))
        elif count := done.indexed + done.removed:
            text = ngettext(
                "Indexed %(count)s article.", "Indexed %(count)s articles.", count
            )
            self.stdout.write(text % {"count": number(count)})

    def _run(self, interval: float, parent: int | None) -> None:
        """Index until interrupted, or until *parent* is no longer ours."""
        while parent is None or os.getppid() == parent:
            done = self._drain()
            if count := done.indexed + done.removed:
                log.info("Indexed %s article%s.", count, "" if count == 1 else "s")
            time.sleep(interval)

    def _drain(self) -> DrainResult:
        """What was indexed; nothing where another process is at it or nothing can be.

        A fault is said once, not every second, until it is another or mended.
        """
        try:
            done = drain()
        except IndexerBusy:
            return DrainResult()
        except _FAULTS as error:
            if str(error) != self._fault:
                log.error("%s", error)
            self._fault = str(error)
            # A lost connection is made anew. SQLite's is kept: while somebody has the
            # database open, it can be read on a full disk, too.
            connection.close_if_unusable_or_obsolete()
            return DrainResult()
        if self._fault:
            log.info("Mended; indexing goes on.")
        self._fault = ""
        return done


def _seconds(written: str) -> float:
    """A time to sleep. Raises ArgumentTypeError for what is none."""
    try:
        seconds = float(written)
    except ValueError:
        seconds = 0.0
    # Written so that it refuses "nan" as well.
    if not 0 < seconds <= threading.TIMEOUT_MAX:
        raise ArgumentTypeError(_("write a number of seconds above 0"))
    return seconds


@contextmanager
def _interrupted_by_sigterm() -> Iterator[None]:
    """SIGTERM interrupts, like Ctrl-C, so that files that were begun are removed."""
    if threading.current_thread() is not threading.main_thread():
        yield  # Only the main thread may ask for signals.
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
