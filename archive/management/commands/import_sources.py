"""`manage.py import_sources FILE`: imports sources from an authority file."""

from django.utils.translation import gettext_lazy

from archive.importing.command import ImportCommand
from archive.importing.fields import SOURCE_FIELDS
from archive.importing.mapping.columns import FieldMapping
from archive.importing.records.authorities import build_source
from archive.importing.records.validated import SourceRecord
from archive.importing.run import Plan
from archive.importing.writing import SourceWriter


class Command(ImportCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Import sources: newspapers, magazines, agencies, stations, sites and books."
        " A source is known by its slug, and else by its name. A filled value replaces"
        " another one, an empty one replaces nothing."
    )
    examples = gettext_lazy(
        "Examples:\n"
        "  manage.py import_sources sources.jsonl\n"
        "  manage.py import_sources papers.csv --set kind=newspaper --set place=بغداد\n"
        "Exit status: 0 all is well, 1 some records were refused, 2 cannot run."
    )
    fields = SOURCE_FIELDS

    def make_plan(self, mapping: FieldMapping, *, only_new: bool) -> Plan[SourceRecord]:
        writer = SourceWriter(only_new=only_new)
        return Plan(mapping, build_source, writer, identifier="slug")
