"""`manage.py import_sources FILE`: imports sources from an authority file."""

from django.utils.translation import gettext_lazy

from archive.importing.command import ImportCommand
from archive.importing.kinds import KINDS


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
    kind = KINDS["sources"]
