"""`manage.py import_actors FILE`: imports actors from an authority file."""

from django.utils.translation import gettext_lazy

from archive.importing.command import ImportCommand
from archive.importing.kinds import KINDS


class Command(ImportCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Import actors: persons, organisations, parties, armed groups, government"
        " bodies and places. An actor is known by slug, authority identifier, Wikidata"
        " or VIAF, and else by name and kind. A filled value replaces another one, an"
        " empty one replaces nothing, and aliases are only ever added."
    )
    examples = gettext_lazy(
        "Examples:\n"
        "  manage.py import_actors actors.jsonl\n"
        "  manage.py import_actors persons.csv --set kind=person"
        " --map name_ar=name --map aliases=other_names\n"
        "Exit status: 0 all is well, 1 some records were refused, 2 cannot run."
    )
    kind = KINDS["actors"]
