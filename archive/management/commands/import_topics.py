"""`manage.py import_topics FILE`: imports topics from an authority file."""

from django.utils.translation import gettext_lazy

from archive.importing.command import ImportCommand
from archive.importing.kinds import KINDS


class Command(ImportCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Import topics. A topic may stand before or after the one it stands under,"
        " which its field parent names by slug or by name."
    )
    examples = gettext_lazy(
        "Examples:\n"
        "  manage.py import_topics topics.jsonl\n"
        "  manage.py import_topics topics.csv --map parent=broader --dry-run\n"
        "Exit status: 0 all is well, 1 some records were refused, 2 cannot run."
    )
    kind = KINDS["topics"]
