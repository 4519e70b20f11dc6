"""One file imported at the command line: its batch, its report, what stops it."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.core.management.base import CommandError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from archive.faults.database import is_damage, is_outage
from archive.importing.batches import BatchRecord
from archive.importing.command.progress import make_searchable, showing_progress
from archive.importing.mapping.columns import FieldMapping
from archive.importing.mapping.options import MappingError
from archive.importing.opening import open_rows
from archive.importing.options import ImportOptions
from archive.importing.problems import FileUnreadable
from archive.importing.readers import SourceFile
from archive.importing.report import ReportFile
from archive.importing.run import ImportCounts, Plan, Writer, run_import
from archive.importing.summary import build_summary
from archive.models import BatchState, ImportBatch

SOME_REFUSED: Final = 1
CANNOT_RUN: Final = 2
# As shells report SIGINT: 128 + 2.
INTERRUPTED: Final = 130


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """The counts of one file, the numbers of names added, and the duration."""

    counts: ImportCounts
    names_added: Mapping[str, int]
    seconds: float

    def summary(self) -> dict[str, object]:
        """The summary as JSON values."""
        return build_summary(
            self.counts, seconds=self.seconds, names_added=self.names_added
        )


def import_file(
    options: ImportOptions,
    mapping: FieldMapping,
    make_plan: Callable[[FieldMapping], Plan[Any]],
    *,
    kind: str = "",
) -> ImportedFile:
    """Import one file. Raises CommandError if it is unreadable or interrupted.

    With *kind*, what became of each record is kept in the database, as a batch.
    """
    counts = ImportCounts()
    begun = time.monotonic()
    record = _open_batch(options, kind)
    try:
        writer = _import_rows(options, mapping, make_plan, counts, record)
    except (FileUnreadable, MappingError) as error:
        if record:
            record.batch.delete()
        raise CommandError(str(error), returncode=CANNOT_RUN) from error
    except KeyboardInterrupt as error:
        if record:
            record.close(BatchState.CANCELLED)
        raise _report_interruption(counts, options) from error
    except DatabaseError as error:
        if is_damage(error) or not is_outage(error):
            raise
        raise _report_outage(error, describe_committed(counts, options)) from error
    seconds = time.monotonic() - begun
    imported = ImportedFile(counts, writer.added_names(), seconds)
    if record:
        record.finish(imported.summary())
    if not options.dry_run:
        _make_searchable(options)
    return imported


def _make_searchable(options: ImportOptions) -> None:
    """Have the index made. Raises CommandError where that is interrupted."""
    try:
        make_searchable(is_quiet=not options.verbosity)
    except KeyboardInterrupt as error:
        sentence = _(
            "Stopped. All records are imported, but they cannot be found by searching"
            " yet: rebuild_index makes them searchable, and so does whatever is saved"
            " next."
        )
        raise CommandError(sentence, returncode=INTERRUPTED) from error


def _import_rows(
    options: ImportOptions,
    mapping: FieldMapping,
    make_plan: Callable[[FieldMapping], Plan[Any]],
    counts: ImportCounts,
    record: BatchRecord | None,
) -> Writer[Any]:
    """Import the rows of the file; the writer, which knows what else was added."""
    with (
        ReportFile(options.report) as report,
        SourceFile(options.file, encoding=options.encoding) as source,
        rolling_back(is_dry_run=options.dry_run),
        showing_progress(source, is_quiet=not options.verbosity) as on_batch,
    ):
        opened = open_rows(
            source,
            mapping,
            format=options.format,
            separator=options.separator,
            base_address=options.base_address,
        )
        plan = make_plan(opened.mapping)
        if record:
            record.attach(plan.writer)
        run_import(
            opened.rows,
            plan,
            counts,
            report=report.add,
            on_batch=on_batch,
            record=record,
        )
        _refuse_nothing(counts, options)
    return plan.writer


def _open_batch(options: ImportOptions, kind: str) -> BatchRecord | None:
    """The record of the import; None of a dry run, which leaves nothing."""
    if not kind or options.dry_run:
        return None
    batch = ImportBatch.objects.create(
        kind=kind,
        file_name=options.file.name[:300],
        state=BatchState.RUNNING,
        options={"maps": list(options.maps), "sets": list(options.sets)},
    )
    return BatchRecord(batch, lambda: 0)


def _refuse_nothing(counts: ImportCounts, options: ImportOptions) -> None:
    """Raise `FileUnreadable` for a file in which there was no record at all."""
    if not counts.read:
        raise FileUnreadable(
            _("%(path)s holds no record: nothing was imported.")
            % {"path": options.file}
        )


def _report_interruption(counts: ImportCounts, options: ImportOptions) -> CommandError:
    message = f"{_('Stopped.')} {describe_committed(counts, options)}"
    return CommandError(message, returncode=INTERRUPTED)


def _report_outage(error: DatabaseError, committed: str) -> CommandError:
    sentence = _("The database cannot be written: %(detail)s.") % {"detail": error}
    return CommandError(f"{sentence} {committed}", returncode=CANNOT_RUN)


def describe_committed(counts: ImportCounts, options: ImportOptions) -> str:
    """The sentence that tells which records an interrupted import has committed."""
    if options.dry_run:
        return _("Nothing was kept.")
    message = _(
        "The records up to line %(line)s are kept; run the same command again to go on."
    )
    return message % {"line": counts.line}


@contextmanager
def rolling_back(*, is_dry_run: bool) -> Iterator[None]:
    """For a dry run, a transaction that is rolled back at its end."""
    if not is_dry_run:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
