"""The base class of the import commands: options, progress, summary, exit status.

Exit status 0: all records were imported; 1: records were refused; 2: the import could
not run; 130: it was interrupted.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from tqdm import tqdm

from archive.faults.database import is_damage, is_outage
from archive.help_format import HelpFormatter
from archive.importing.batches import BatchRecord
from archive.importing.kinds import ImportKind
from archive.importing.mapping.columns import FieldMapping
from archive.importing.mapping.options import MappingError, build_mapping
from archive.importing.opening import open_rows
from archive.importing.options import ImportOptions, add_import_options
from archive.importing.problems import FileUnreadable
from archive.importing.readers import SourceFile
from archive.importing.report import ReportFile
from archive.importing.run import ImportCounts, Plan, Writer, run_import
from archive.importing.summary import build_summary, write_summary
from archive.models import BatchState, ImportBatch
from archive.signals import writing_finished

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


class ImportCommand(BaseCommand):
    """Imports a file with records of one kind."""

    kind: ClassVar[ImportKind]
    examples: ClassVar[Promise | str] = ""

    def create_parser(
        self, prog_name: str, subcommand: str, **kwargs: Any
    ) -> CommandParser:
        names = ", ".join(field.name for field in self.kind.fields)
        known = _("Fields of the record: %(names)s.") % {"names": names}
        kwargs.setdefault("formatter_class", HelpFormatter)
        kwargs.setdefault("epilog", f"{known}\n\n{self.examples}")
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        add_import_options(parser)

    def read_defaults(self, options: Mapping[str, Any]) -> Mapping[str, str]:
        """Default values of fields, by name of field."""
        return {}

    def handle(self, *args: Any, **options: Any) -> None:
        import_options = ImportOptions.read(options)
        mapping = self.build_mapping(import_options, self.read_defaults(options))
        imported = import_file(
            import_options,
            mapping,
            lambda mapping: self.kind.make_plan(
                mapping,
                only_new=import_options.only_new,
                overwrite=import_options.overwrite,
            ),
            kind=self.kind.name,
        )
        self.print_summary(imported, import_options)
        if imported.counts.refused:
            raise CommandError(
                _("Records refused: %(count)s. %(where)s")
                % {
                    "count": imported.counts.refused,
                    "where": _("See %(path)s.") % {"path": import_options.report}
                    if import_options.report
                    else _("Give --report FILE to have each of them named."),
                },
                returncode=SOME_REFUSED,
            )

    def build_mapping(
        self, options: ImportOptions, defaults: Mapping[str, str]
    ) -> FieldMapping:
        """The mapping that the options describe. Raises CommandError if invalid."""
        try:
            return build_mapping(
                self.kind.fields,
                maps=options.maps,
                sets=options.sets,
                file=options.mapping,
                defaults=defaults,
            )
        except MappingError as error:
            raise CommandError(str(error), returncode=CANNOT_RUN) from error

    def print_summary(self, imported: ImportedFile, options: ImportOptions) -> None:
        """Print the summary, as JSON with ``--json``."""
        summary = {
            "file": str(options.file),
            "dry_run": options.dry_run,
            **imported.summary(),
        }
        if options.as_json:
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
        elif options.verbosity:
            if options.dry_run:
                self.stdout.write(_("Nothing was kept: this was a dry run."))
            for line in write_summary(summary):
                self.stdout.write(line)


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
        make_searchable(is_quiet=not options.verbosity)
    return imported


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


@contextmanager
def showing_progress(
    source: SourceFile, *, is_quiet: bool
) -> Iterator[Callable[[], None]]:
    """A progress bar over the bytes of the file; yields the function to update it."""
    bar = tqdm(
        total=source.size,
        unit="B",
        unit_scale=True,
        disable=is_quiet or not sys.stderr.isatty(),
        file=sys.stderr,
        desc=source.path.name,
    )

    def update() -> None:
        bar.update(source.position() - bar.n)

    with bar:
        yield update


def make_searchable(*, is_quiet: bool) -> None:
    """Have the index made of what was imported, with a progress bar that says so."""
    bar = tqdm(
        disable=is_quiet or not sys.stderr.isatty(),
        file=sys.stderr,
        desc=_("Making it searchable"),
    )

    def update(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    with bar:
        writing_finished.send(sender=None, progress=update)
