"""`manage.py undo_import [NUMBER]`: lists imports, or undoes one as a whole."""

import json
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.importing.batches.undo import NotUndoable, undo_batch
from archive.models import ImportBatch

LISTED: Final = 20
CANNOT_UNDO: Final = 2


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Undo an import as a whole: what it added goes, what it changed is put back."
        " What a person or a later import has changed since is kept, and so are names"
        " that something refers to. Without a number, the last imports are listed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "number", type=int, nargs="?", help=_("the number of the import")
        )
        parser.add_argument("--json", action="store_true", help=_("print JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["number"] is None:
            self.list_imports(as_json=options["json"])
            return
        batch = ImportBatch.objects.filter(pk=options["number"]).first()
        if batch is None:
            raise CommandError(
                _("There is no import no. %(number)s.") % {"number": options["number"]},
                returncode=CANNOT_UNDO,
            )
        try:
            undone = undo_batch(batch)
        except NotUndoable as error:
            raise CommandError(
                _("The import no. %(number)s cannot be undone: it is %(state)s.")
                % {"number": batch.pk, "state": batch.get_state_display()},
                returncode=CANNOT_UNDO,
            ) from error
        values = {
            "removed": undone.removed,
            "restored": undone.restored,
            "kept": undone.kept,
        }
        if options["json"]:
            self.stdout.write(json.dumps(values))
            return
        self.stdout.write(
            _("Removed: %(removed)s · put back: %(restored)s · kept: %(kept)s") % values
        )

    def list_imports(self, *, as_json: bool) -> None:
        """Print the last imports, the newest first."""
        for batch in ImportBatch.objects.all()[:LISTED]:
            facts = {
                "number": batch.pk,
                "file": batch.file_name,
                "kind": batch.kind,
                "state": batch.state,
                "records_read": batch.records_read,
                "started_at": batch.created_at.isoformat(timespec="seconds"),
            }
            line = json.dumps(facts, ensure_ascii=False) if as_json else _line(batch)
            self.stdout.write(line)


def _line(batch: ImportBatch) -> str:
    state = batch.get_state_display()
    return f"{batch.pk}\t{batch.created_at:%Y-%m-%d %H:%M}\t{state}\t{batch.file_name}"
