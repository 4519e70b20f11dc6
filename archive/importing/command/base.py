"""The base class of the import commands: options, summary, exit status.

Exit status 0: all records were imported; 1: records were refused; 2: the import could
not run; 130: it was interrupted.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from archive.help_format import HelpFormatter
from archive.importing.batches.settings import BatchOptions
from archive.importing.command.choices import read_choices, save_choices
from archive.importing.command.file import (
    CANNOT_RUN,
    SOME_REFUSED,
    ImportedFile,
    import_file,
)
from archive.importing.kinds import ImportKind
from archive.importing.mapping.columns import FieldMapping
from archive.importing.mapping.options import MappingError
from archive.importing.options import ImportOptions, add_import_options
from archive.importing.summary import write_summary


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
        chosen, mapping = self.choose(import_options, self.read_defaults(options))
        import_options = replace(
            import_options,
            separator=chosen.separator,
            encoding=chosen.encoding,
            base_address=chosen.base_address,
            only_new=chosen.only_new,
            overwrite=chosen.overwrite,
        )
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
        if import_options.save_as:
            save_choices(import_options.save_as, self.kind.name, chosen)
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

    def choose(
        self, options: ImportOptions, defaults: Mapping[str, str]
    ) -> tuple[BatchOptions, FieldMapping]:
        """The choices, saved ones included, and their mapping.

        Raises CommandError where they are invalid.
        """
        try:
            chosen = read_choices(options, self.kind.name, defaults)
            return chosen, chosen.build_mapping(self.kind.fields)
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
