"""`manage.py import_articles FILE`: imports articles from JSON Lines or CSV."""

from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.importing.command import ImportCommand
from archive.importing.kinds import KINDS
from archive.models import Status


class Command(ImportCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Import articles. A record is known by its source and identifier, so the same"
        " file can be imported again: what is new is added, what has changed is"
        " updated, the rest is left alone. A bad record is refused and never stops the"
        " others."
    )
    examples = gettext_lazy(
        "Examples:\n"
        "  manage.py import_articles articles.jsonl.gz --report problems.csv\n"
        "  manage.py import_articles news.csv --map title=headline,name"
        " --map body=text --dry-run\n"
        "  manage.py import_articles journal.jsonl --map published=date,year"
        " --map actors=persons:person+places:place\n"
        "Exit status: 0 all is well, 1 some records were refused, 2 cannot run."
    )
    kind = KINDS["articles"]

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--source", default="", help=_("the source of records that name none")
        )
        parser.add_argument(
            "--status",
            default="",
            choices=["", *Status.values],
            help=_("the status of new articles whose record has none"),
        )
        parser.add_argument(
            "--provenance",
            default="",
            metavar="TEXT",
            help=_("where the articles come from, for records that do not say it"),
        )

    def read_defaults(self, options: Mapping[str, Any]) -> Mapping[str, str]:
        return {
            "source": options["source"],
            "status": options["status"],
            "acquired_from": options["provenance"],
        }
