"""Bylines and authors: as a line, as a list, and as objects of other software."""

from typing import Final

from archive.importing.mapping.lookup import is_empty
from archive.importing.records.nested import build_nested_actor
from archive.importing.records.validated import AuthorRecord
from archive.importing.records.values import Values

NAME_SEPARATOR: Final = "، "
# Where objects keep the name of an author: records, CSL, JSON-LD, WordPress.
PLAIN_NAME_KEYS: Final = ("name", "literal", "display_name", "rendered", "name_ar")
# Given before family name: CSL, Zotero, others.
NAME_PARTS: Final = (
    ("given", "dropping-particle", "non-dropping-particle", "family"),
    ("firstName", "lastName"),
    ("first_name", "last_name"),
)


def read_byline(values: Values) -> str:
    """The byline; names in a list, or an object with a name, are put into a line."""
    value = values.raw("byline")
    if not isinstance(value, list | dict):
        return values.short_line("byline")
    names = [author_name(item) for item in values.items("byline")]
    line = NAME_SEPARATOR.join(values.item("byline", name) for name in names if name)
    return values.fit_shortened("byline", line)


def author_name(item: object) -> object:
    """The name of an author: of an object, its name or given and family name.

    >>> author_name({"family": "ناصر", "given": "سالم"}), author_name("سالم ناصر")
    ('سالم ناصر', 'سالم ناصر')
    """
    if not isinstance(item, dict):
        return item
    for key in PLAIN_NAME_KEYS:
        if not is_empty(item.get(key)):
            return item[key]
    parts = [item.get(key) for pair in NAME_PARTS for key in pair]
    return " ".join(str(part).strip() for part in parts if isinstance(part, str))


def read_authors(values: Values) -> tuple[AuthorRecord, ...]:
    """The authors; where the record has none, those that it lists in the byline."""
    field = "authors"
    if field not in values.given() and isinstance(values.raw("byline"), list):
        field = "byline"
    authors = []
    for item in values.items(field):
        actor = item.get("actor") if isinstance(item, dict) else None
        name = author_name(item)
        if is_empty(name):
            values.note("nameless_item", "authors")
            continue
        authors.append(
            AuthorRecord(
                name=values.item("authors", name),
                actor=build_nested_actor(values, "authors", actor) if actor else None,
            )
        )
    return tuple(author for author in authors if author.name)
