"""``manage.py run_jobs``: make the files that readers wait for.

Exit status: 0 none waits, or another process is at it; 2 one was stopped half-way.
"""

import json
import os
import sys
from typing import Any, Final

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.faults.termination import interrupted_by_sigterm
from archive.help_format import ExampleCommand
from archive.templatetags.display import number
from search import jobs, keeping
from search.indexing.lock import IndexerBusy

STOPPED: Final = 2
# Readers of pages come first.
_NICENESS: Final = 10

EXAMPLES: Final = gettext_lazy(
    "Examples:\n"
    "  manage.py run_jobs              what waits now; the indexer does it by itself\n"
    "  manage.py run_jobs --json | jq .files\n"
    "Files and baskets of visitors whose time is over are deleted first. A file that is"
    " stopped half-way is begun again the next time. Exit status: 0 none waits, or"
    " another process is at it; 2 it was stopped."
)


class Command(ExampleCommand):
    examples = EXAMPLES
    help = gettext_lazy(  # type: ignore[assignment]
        "Make the files that readers wait for: long exports, and tables of many"
        " searches."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help=_("print one object"))
        parser.add_argument(
            "--with-parent",
            type=int,
            metavar="PID",
            help=_("stop when the process PID, which started it, has ended"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        parent = options["with_parent"]
        if parent is not None and sys.platform != "win32":
            os.nice(_NICENESS)
        expired = jobs.remove_expired()
        visitors = keeping.remove_expired()
        call_command("clearsessions")
        try:
            with interrupted_by_sigterm():
                files = jobs.run_waiting(
                    alive=lambda: parent is None or os.getppid() == parent
                )
        except IndexerBusy:
            files = 0
        except KeyboardInterrupt as error:
            sentence = _("Stopped; what was not finished is begun again.")
            raise CommandError(sentence, returncode=STOPPED) from error
        if options["json"]:
            done = {"files": files, "expired": expired, "visitors": visitors}
            self.stdout.write(json.dumps(done))
        elif parent is None:
            sentence = ngettext("Made %(shown)s file.", "Made %(shown)s files.", files)
            self.stdout.write(sentence % {"shown": number(files)})
