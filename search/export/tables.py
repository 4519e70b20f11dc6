"""CSV: a row for each article, for spreadsheets or, raw, for programs.

The header is English. Names are in Arabic, whatever the language of the page.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from archive.importing.cells import join_items, neutralize_cell
from archive.importing.paths import write_path
from archive.importing.records.publication import write_date
from archive.models import ActorRole
from search.export.entries import Entry

CONTENT_TYPE: Final = "text/csv; charset=utf-8; header=present"
# Without it Excel reads UTF-8 as the code page of the machine.
BYTE_ORDER_MARK: Final = "\ufeff"

Cells = Iterable[str]


class _Echo:
    """A file whose ``write`` returns the row, so that ``writerow`` returns it too."""

    def write(self, row: str) -> str:
        return row


def write_table(entries: Iterable[Entry]) -> Iterator[str]:
    """The table for spreadsheets: with a byte order mark, and no cell is a formula."""
    yield BYTE_ORDER_MARK
    rows = _iter_rows(entries)
    yield from _write_rows([neutralize_cell(cell) for cell in row] for row in rows)


def write_raw_table(entries: Iterable[Entry]) -> Iterator[str]:
    """The table for programs: cells unchanged, without a byte order mark."""
    yield from _write_rows(_iter_rows(entries))


def _iter_rows(entries: Iterable[Entry]) -> Iterator[Cells]:
    yield COLUMNS
    for entry in entries:
        yield [read(entry) for read in COLUMNS.values()]


def _write_rows(rows: Iterable[Cells]) -> Iterator[str]:
    # The dialect's line end is RFC 4180's.
    writer = csv.writer(_Echo(), dialect="excel")
    for row in rows:
        yield writer.writerow(row)


def _authors(entry: Entry) -> str:
    return join_items(author.name for author in entry.article.authors.all())


def _topics(entry: Entry) -> str:
    paths = (entry.topics.path(topic.pk) for topic in entry.article.topics.all())
    return join_items(write_path(topic.name_ar for topic in path) for path in paths)


def _actors(entry: Entry) -> str:
    links = entry.article.actor_links.all()
    return join_items(link.actor.name_ar for link in links)


def _in_role(role: ActorRole) -> Callable[[Entry], str]:
    """The cell of the actors in *role*."""

    def write(entry: Entry) -> str:
        links = entry.article.actor_links.all()
        return join_items(link.actor.name_ar for link in links if link.role == role)

    return write


# In the order of the file; names are those of the import where it has the field.
COLUMNS: Final[Mapping[str, Callable[[Entry], str]]] = {
    "article_id": lambda entry: str(entry.article.pk),
    "external_id": lambda entry: entry.article.external_id,
    "title": lambda entry: entry.article.title,
    "subtitle": lambda entry: entry.article.subtitle,
    "source": lambda entry: entry.article.source.name_ar,
    "byline": lambda entry: entry.article.byline,
    "authors": _authors,
    "published": lambda entry: write_date(entry.article.published),
    "published_as_printed": lambda entry: entry.article.published_as_printed,
    "published_in_file": lambda entry: entry.article.published_in_file,
    "kind": lambda entry: entry.article.kind,
    "volume": lambda entry: entry.article.volume,
    "issue": lambda entry: entry.article.issue,
    "pages": lambda entry: entry.article.pages,
    "place": lambda entry: entry.article.place,
    "language": lambda entry: entry.article.language,
    "topics": _topics,
    "actors": _actors,
    "issuers": _in_role(ActorRole.ISSUER),
    "author_actors": _in_role(ActorRole.AUTHOR),
    "rights": lambda entry: entry.article.rights,
    "url": lambda entry: entry.article.url,
    "acquired_from": lambda entry: entry.article.acquired_from,
    "acquired_at": lambda entry: entry.article.acquired_at.isoformat(),
    "content_hash": lambda entry: entry.article.content_hash,
    # Last, because it is longest: otherwise it would push the others out of sight.
    "body": lambda entry: entry.article.body,
}
