"""The authority file as CSV: a row for each actor, as `import_actors` reads it."""

import csv
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from django.db.models import QuerySet

from archive.importing.cells import join_items, neutralize_cell
from archive.models import Actor

# Without it Excel reads UTF-8 as the code page of the machine.
_BYTE_ORDER_MARK: Final = "\ufeff"
_BATCH: Final = 500

# Columns in the order of the file; the names are those of the import.
COLUMNS: Final[Mapping[str, Callable[[Actor], str]]] = {
    "slug": lambda actor: actor.slug,
    "kind": lambda actor: actor.kind,
    "name_ar": lambda actor: actor.name_ar,
    "name_latin": lambda actor: actor.name_latin,
    "aliases": lambda actor: join_items(alias.name for alias in actor.aliases.all()),
    "description": lambda actor: actor.description,
    "began": lambda actor: actor.began,
    "ended": lambda actor: actor.ended,
    "wikidata_id": lambda actor: actor.wikidata_id,
    "viaf_id": lambda actor: actor.viaf_id,
    "authority_id": lambda actor: actor.authority_id,
}


class _Echo:
    """A file whose ``write`` returns the row, so that ``writerow`` returns it too."""

    def write(self, row: str) -> str:
        return row


def write_actors(actors: "QuerySet[Actor]") -> Iterator[str]:
    """The lines of the table: with a byte order mark, and no cell is a formula."""
    writer = csv.writer(_Echo(), dialect="excel")
    yield _BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    rows = actors.prefetch_related("aliases").iterator(chunk_size=_BATCH)
    for actor in rows:
        cells = (neutralize_cell(read(actor)) for read in COLUMNS.values())
        yield writer.writerow(cells)
