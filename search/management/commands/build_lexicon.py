"""``manage.py build_lexicon``: compile the lexicon that word families come from.

Exit status: 0 compiled or up to date, 2 it cannot be written.
"""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search.arabic.lexicon import installed
from search.arabic.lexicon.compiling import build

CANNOT_RUN: Final = 2


class Command(BaseCommand):
    help = (
        "Compile the lexicon of Arabic, by which كتاب finds وكتبهم, from the tables of"
        " the package farahidi: some twenty seconds, once after an installation or an"
        " upgrade. Set-up does it by itself. Rebuild the index afterwards:"
        " manage.py rebuild_index --if-needed, and restart the site."
    )
    # The checks may ask for what is being compiled.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="do so only where there is none, or one of another version",
        )
        parser.add_argument(
            "--json", action="store_true", help="print the outcome as one JSON object"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.LEXICON_DIR
        started = time.monotonic()
        needed = not (options["if_needed"] and build.is_current(folder))
        if needed:
            try:
                build.build(folder)
            except build.NotALexicon as error:
                raise CommandError(
                    _(
                        "%(folder)s holds other files, which would be deleted. Name an"
                        " empty folder or a new one in SIJILL_LEXICON."
                    )
                    % {"folder": folder},
                    returncode=CANNOT_RUN,
                ) from error
            except OSError as error:
                raise CommandError(
                    _("The lexicon cannot be written to %(folder)s: %(detail)s.")
                    % {"folder": folder, "detail": error.strerror},
                    returncode=CANNOT_RUN,
                ) from error
            installed.current.cache_clear()
        seconds = round(time.monotonic() - started, 1)
        if options["json"]:
            outcome = {"built": needed, "folder": str(folder), "seconds": seconds}
            self.stdout.write(json.dumps(outcome, ensure_ascii=False))
        elif needed:
            self.stdout.write(f"The lexicon is compiled ({seconds} s).")
        else:
            self.stdout.write("The lexicon is up to date.")
