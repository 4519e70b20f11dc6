"""`manage.py run_import NUMBER`: runs an import that was begun in the browser."""

from argparse import SUPPRESS
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.importing.batches.jobs import BatchBusy, run_batch
from archive.models import BatchState, ImportBatch


@contextmanager
def speaking(number: int) -> Iterator[None]:
    """The language of the page on which the import was begun."""
    found = ImportBatch.objects.filter(pk=number).first()
    language = found.options.get("language") if found else None
    with translation.override(language or translation.get_language()):
        yield


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Run an import that was begun in the browser, from where it stopped. The site"
        " does so by itself; after a kill, this or the button Resume goes on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, help=_("the number of the import"))
        # Given by the site, which has marked the import as running.
        parser.add_argument("--claimed", action="store_true", help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with speaking(options["number"]):
                batch = run_batch(options["number"], is_claimed=options["claimed"])
        except BatchBusy as error:
            raise CommandError(
                _("The import no. %(number)s does not wait to be run.")
                % {"number": options["number"]},
                returncode=2,
            ) from error
        if batch.state == BatchState.FAILED:
            raise CommandError(batch.error, returncode=2)
        self.stdout.write(f"{batch.file_name}: {batch.get_state_display()}")
