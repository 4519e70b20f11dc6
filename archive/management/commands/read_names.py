"""`manage.py read_names`: reads the archive for the names of its actors."""

import json
from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from archive.authority.reading import (
    accept_links,
    begin_reading,
    count_links,
    read_on,
    undo_reading,
)
from archive.help_format import ExampleCommand
from archive.models import Actor, NameReading
from archive.signals import writing_finished

# Seconds between two lines of progress.
_STEP: Final = 5.0

_EPILOG: Final = """\
examples:
  manage.py read_names --actor taha-husayn      propose links to one actor
  manage.py read_names                          propose links to all of them
  manage.py read_names --accept-ticked          … and make those that are sure
  manage.py read_names --undo 7                 take back what the reading 7 has linked

Nothing is linked without --accept-ticked: what is proposed waits in the admin, on the
page of the reading, to be accepted or refused. A reading that was stopped goes on with
--resume NUMBER.
"""


class Command(ExampleCommand):
    examples = _EPILOG
    help = "Read the archive for the names of its actors, and propose links to them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--actor", metavar="SLUG", help="only this actor")
        what.add_argument("--resume", type=int, metavar="N", help="go on with it")
        what.add_argument("--undo", type=int, metavar="N", help="take back its links")
        parser.add_argument(
            "--accept-ticked", action="store_true", help="link what is sure"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["undo"]:
            removed = undo_reading(_find_reading(options["undo"]))
            writing_finished.send(sender=NameReading)
            self._print(options, {"removed": removed})
            return
        reading = _begin(options)
        while not reading.is_finished:
            read_on(reading, seconds=_STEP)
            self.stderr.write(f"{reading.read}/{reading.total}")
        linked = accept_links(reading) if options["accept_ticked"] else 0
        writing_finished.send(sender=NameReading)
        counts = {"reading": reading.pk, "articles": reading.read, "linked": linked}
        self._print(options, {**counts, **count_links(reading)})

    def _print(self, options: dict[str, Any], counts: dict[str, int]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(counts))
            return
        self.stdout.write(", ".join(f"{name} {n}" for name, n in counts.items()))


def _begin(options: dict[str, Any]) -> NameReading:
    if options["resume"]:
        return _find_reading(options["resume"])
    slug = options["actor"]
    if not slug:
        return begin_reading()
    actor = Actor.objects.filter(slug=slug).first()
    if actor is None:
        raise CommandError(_("There is no actor “%(slug)s”.") % {"slug": slug})
    return begin_reading(actor=actor)


def _find_reading(number: int) -> NameReading:
    reading = NameReading.objects.filter(pk=number).first()
    if reading is None:
        raise CommandError(_("There is no reading %(number)s.") % {"number": number})
    return reading
