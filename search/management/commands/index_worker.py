"""``manage.py index_worker``: keeps the index up to date for as long as it runs."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from django.utils.translation import ngettext

from search.errors import IndexUnavailable
from search.indexing.lock import IndexerBusy
from search.indexing.worker import Drained, drain


class Command(BaseCommand):
    help = (
        "Index the articles that wait in the outbox, now and whenever more come. "
        "Run it as a service; with --once, from cron."
    )

    _fault = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when none waits")
        parser.add_argument(
            "--interval",
            type=float,
            default=1.0,
            metavar="SECONDS",
            help="how long to sleep when none waits (default: 1)",
        )
        parser.add_argument(
            "--with-parent",
            action="store_true",
            help="stop when the process that started it has ended",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        parent = os.getppid()
        while True:
            self._report(self._drain())
            is_orphan = options["with_parent"] and os.getppid() != parent
            if options["once"] or is_orphan:
                return
            time.sleep(options["interval"])

    def _drain(self) -> Drained:
        """What was indexed; nothing where another process is at it or nothing can be.

        A fault is said once, not every second, until it is another or mended.
        """
        try:
            done = drain()
        except IndexerBusy:
            return Drained()
        except (IndexUnavailable, OSError, OperationalError) as error:
            if str(error) != self._fault:
                self.stderr.write(str(error))
            self._fault = str(error)
            connection.close()
            return Drained()
        self._fault = ""
        return done

    def _report(self, done: Drained) -> None:
        count = done.indexed + done.removed
        if count:
            text = ngettext(
                "Indexed %(count)d article.", "Indexed %(count)d articles.", count
            )
            self.stdout.write(text % {"count": count})
