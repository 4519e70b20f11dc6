"""``manage.py index_worker``: keeps the index up to date for as long as it runs."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from search.indexing.lock import IndexerBusy
from search.indexing.worker import Drained, drain


class Command(BaseCommand):
    help = (
        "Index the articles that wait in the outbox, now and whenever more come. "
        "Run it as a service; with --once, from cron."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when none waits")
        parser.add_argument(
            "--interval",
            type=float,
            default=1.0,
            metavar="SECONDS",
            help="how long to sleep when none waits (default: 1)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            self._report(self._drain())
            if options["once"]:
                return
            time.sleep(options["interval"])

    def _drain(self) -> Drained:
        try:
            return drain()
        except IndexerBusy:
            return Drained()

    def _report(self, done: Drained) -> None:
        count = done.indexed + done.removed
        if count:
            text = ngettext(
                "Indexed %(count)d article.", "Indexed %(count)d articles.", count
            )
            self.stdout.write(text % {"count": count})
