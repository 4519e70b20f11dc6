"""What the import commands share: reading a file, progress, summary, exit status.

Public: `ImportCommand`. Exit status 0: all is well; 1: records were refused; 2: the
import could not run; 130: it was interrupted.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from tqdm import tqdm

from archive.help_format import HelpFormatter
from archive.importing.fields import RecordField
from archive.importing.mapping.columns import FieldMapping
from archive.importing.mapping.options import MappingError, build_mapping
from archive.importing.options import ImportOptions, add_import_options
from archive.importing.problems import FileUnreadable
from archive.importing.readers import Format, SourceFile, detect_format, iter_rows
from archive.importing.report import ReportFile
from archive.importing.run import ImportCounts, Plan, run_import
from archive.importing.summary import build_summary, write_summary
from archive.signals import writing_finished

SOME_REFUSED: Final = 1
CANNOT_RUN: Final = 2
# As shells report a program that Ctrl-C ended.
INTERRUPTED: Final = 130


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """The counts of one file, the names added for it and the seconds it took."""

    tally: ImportCounts
    names_added: Mapping[str, int]
    seconds: float

    def summary(self) -> dict[str, object]:
        """The counts, ready for JSON."""
        return build_summary(
            self.tally, seconds=self.seconds, names_added=self.names_added
        )


class ImportCommand(BaseCommand):
    """Imports one file of records of one kind."""

    fields: ClassVar[tuple[RecordField, ...]]
    examples: ClassVar[Promise | str] = ""

    def create_parser(
        self, prog_name: str, subcommand: str, **kwargs: Any
    ) -> CommandParser:
        names = ", ".join(field.name for field in self.fields)
        known = _("Fields of the record: %(names)s.") % {"names": names}
        kwargs.setdefault("formatter_class", HelpFormatter)
        kwargs.setdefault("epilog", f"{known}\n\n{self.examples}")
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        add_import_options(parser)

    def make_plan(self, mapping: FieldMapping, *, only_new: bool) -> Plan[Any]:
        """How this command builds and writes its records."""
        raise NotImplementedError

    def read_defaults(self, options: Mapping[str, Any]) -> Mapping[str, str]:
        """Values for records that have none."""
        return {}

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = ImportOptions.read(options)
        mapping = self.build_mapping(wanted, self.read_defaults(options))
        imported = import_file(
            wanted,
            mapping,
            lambda mapping: self.make_plan(mapping, only_new=wanted.only_new),
        )
        self.print_summary(imported, wanted)
        if imported.tally.refused:
            raise CommandError(
                _("Records refused: %(count)s. %(where)s")
                % {
                    "count": imported.tally.refused,
                    "where": _("See %(path)s.") % {"path": wanted.report}
                    if wanted.report
                    else _("Give --report FILE to have each of them named."),
                },
                returncode=SOME_REFUSED,
            )

    def build_mapping(
        self, wanted: ImportOptions, defaults: Mapping[str, str]
    ) -> FieldMapping:
        """The mapping that the options ask for; a wrong one ends the command."""
        try:
            return build_mapping(
                self.fields,
                maps=wanted.maps,
                sets=wanted.sets,
                file=wanted.mapping,
                defaults=defaults,
            )
        except MappingError as error:
            raise CommandError(str(error), returncode=CANNOT_RUN) from error

    def print_summary(self, imported: ImportedFile, wanted: ImportOptions) -> None:
        """The counts, as JSON where it was asked for."""
        summary = {
            "file": str(wanted.file),
            "dry_run": wanted.dry_run,
            **imported.summary(),
        }
        if wanted.as_json:
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
        elif wanted.verbosity:
            if wanted.dry_run:
                self.stdout.write(_("Nothing was kept: this was a dry run."))
            for line in write_summary(summary):
                self.stdout.write(line)


def import_file(
    wanted: ImportOptions,
    mapping: FieldMapping,
    make_plan: Callable[[FieldMapping], Plan[Any]],
) -> ImportedFile:
    """Import one file; whatever stops the import ends the command with a sentence."""
    tally = ImportCounts()
    begun = time.monotonic()
    try:
        with (
            ReportFile(wanted.report) as report,
            SourceFile(wanted.file) as source,
            rolling_back(is_wanted=wanted.dry_run),
            showing_progress(source, is_quiet=not wanted.verbosity) as on_batch,
        ):
            format = wanted.format or detect_format(wanted.file, source.peek_head())
            if format is Format.CSV:
                mapping = mapping.with_separator(wanted.separator)
            plan = make_plan(mapping)
            rows = iter_rows(source, format=format)
            run_import(rows, plan, tally, report=report.add, on_batch=on_batch)
            names_added = plan.writer.added_names()
    except FileUnreadable as error:
        raise CommandError(str(error), returncode=CANNOT_RUN) from error
    except KeyboardInterrupt as error:
        message = f"{_('Stopped.')} {describe_committed(tally, wanted)}"
        raise CommandError(message, returncode=INTERRUPTED) from error
    except OperationalError as error:
        message = _("The database cannot be written: %(detail)s.") % {"detail": error}
        message = f"{message} {describe_committed(tally, wanted)}"
        raise CommandError(message, returncode=CANNOT_RUN) from error
    seconds = time.monotonic() - begun
    if not wanted.dry_run:
        writing_finished.send(sender=None)
    return ImportedFile(tally, names_added, seconds)


def describe_committed(tally: ImportCounts, wanted: ImportOptions) -> str:
    """The sentence that says what an interrupted import leaves behind."""
    if wanted.dry_run:
        return _("Nothing was kept.")
    message = _(
        "The records up to line %(line)s are kept; run the same command again to go on."
    )
    return message % {"line": tally.line}


@contextmanager
def rolling_back(*, is_wanted: bool) -> Iterator[None]:
    """Roll back all that is written inside, where that is wanted."""
    if not is_wanted:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def showing_progress(
    source: SourceFile, *, is_quiet: bool
) -> Iterator[Callable[[], None]]:
    """A bar over the file's bytes, on a terminal; gives what moves it on."""
    bar = tqdm(
        total=source.size,
        unit="B",
        unit_scale=True,
        disable=is_quiet or not sys.stderr.isatty(),
        file=sys.stderr,
        desc=source.path.name,
    )

    def move() -> None:
        bar.update(source.position() - bar.n)

    with bar:
        yield move
