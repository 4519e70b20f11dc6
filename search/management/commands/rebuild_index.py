"""``manage.py rebuild_index``: build the whole index anew, while searches go on.

Exit status: 0 built or up to date, 2 the index cannot be built.
"""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from search.errors import IndexUnavailable
from search.indexing.agreement import Agreement, find_agreement
from search.indexing.connections import SITE, find_engine, list_connections
from search.indexing.indexer import drain
from search.indexing.rebuild import count_objects, rebuild

CANNOT_RUN: Final = 2


class Command(BaseCommand):
    help = (
        "Build the search index anew from the database. The index in use serves "
        "until the new one is complete; the previous one is kept beside it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="do so only when there is none, or one of an older version, of another"
            " archive or with other numbers of articles",
        )
        parser.add_argument(
            "--json", action="store_true", help="print the outcome as one JSON object"
        )
        parser.add_argument(
            "-u",
            "--using",
            action="append",
            choices=list_connections(),
            help="the connection of Haystack's to rebuild; repeatable (default: all)",
        )
        # Haystack's command of this name has it, and asks before it empties the index.
        # Nothing is emptied here.
        parser.add_argument(
            "--noinput",
            "--no-input",
            action="store_true",
            help="accepted, changes nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for using in options["using"] or list_connections():
            try:
                self._rebuild(using, options)
            except IndexUnavailable as error:
                raise CommandError(str(error), returncode=CANNOT_RUN) from error

    def _rebuild(self, using: str, options: dict[str, Any]) -> None:
        if options["if_needed"] and _is_current(using):
            documents = find_engine(using).status().documents
            self._report(options, built=False, documents=documents)
            return
        started = time.monotonic()
        total = count_objects(using)
        with tqdm(total=total, unit=" documents", disable=None) as bar:
            count = rebuild(using=using, progress=bar.update)
        if using == SITE:
            drain()
        seconds = round(time.monotonic() - started, 1)
        self._report(options, built=True, documents=count, seconds=seconds)

    def _report(self, options: dict[str, Any], *, built: bool, **facts: Any) -> None:
        if options["json"]:
            self.stdout.write(json.dumps({"built": built, **facts}))
            return
        if not built:
            self.stdout.write(_("The index is up to date."))
            return
        self.stdout.write(
            _("The index is built: %(count)d articles.") % {"count": facts["documents"]}
        )


def _is_current(using: str) -> bool:
    try:
        status = find_engine(using).status()
    except IndexUnavailable:
        return False
    if using != SITE:
        return status.current
    return status.current and find_agreement(status) is Agreement.AGREES
