"""The columns of exported tables: their names, headings and values.

Names are those of the import where it has the field, and never change. Headings are in
the reader's language. Values are in Arabic, whatever that language is.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.importing.cells import join_items
from archive.importing.paths import write_path
from archive.importing.records.publication import write_date
from archive.models import ActorRole
from search.export.about import About
from search.export.entries import Entry

# What a cell of a workbook holds where it is no text: a number, a day or a moment.
Value = int | dt.date | dt.datetime


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``read`` gives its text, ``typed`` its value where it is none.

    A date that is not known to the day has a text only. What ``is_own`` to the reader
    stands in tables where there is some of it.
    """

    name: str
    heading: Promise
    read: Callable[[Entry, About], str]
    typed: Callable[[Entry], Value | None] = lambda entry: None
    is_own: bool = False


def _authors(entry: Entry, about: About) -> str:
    return join_items(author.name for author in entry.article.authors.all())


def _topics(entry: Entry, about: About) -> str:
    paths = (entry.topics.path(topic.pk) for topic in entry.article.topics.all())
    return join_items(write_path(topic.name_ar for topic in path) for path in paths)


def _actors(entry: Entry, about: About) -> str:
    links = entry.article.actor_links.all()
    return join_items(link.actor.name_ar for link in links)


def _in_role(role: ActorRole) -> Callable[[Entry, About], str]:
    """The cell of the actors in *role*."""

    def read(entry: Entry, about: About) -> str:
        links = entry.article.actor_links.all()
        return join_items(link.actor.name_ar for link in links if link.role == role)

    return read


def _day(entry: Entry) -> dt.date | None:
    published = entry.article.published
    return published.first_day() if published and published.day else None


def _field(name: str) -> Callable[[Entry, About], str]:
    return lambda entry, about: str(getattr(entry.article, name))


COLUMNS: Final = (
    Column(
        "article_id",
        _("number in the archive"),
        _field("pk"),
        lambda entry: entry.article.pk,
    ),
    Column(
        "address",
        _("permanent address"),
        lambda entry, about: about.place.address(entry.article),
    ),
    Column("external_id", _("identifier at the source"), _field("external_id")),
    Column("title", _("title"), _field("title")),
    Column("subtitle", _("subtitle"), _field("subtitle")),
    Column("source", _("source"), lambda entry, about: entry.article.source.name_ar),
    Column("byline", _("byline as printed"), _field("byline")),
    Column("authors", _("authors"), _authors),
    Column(
        "published",
        pgettext_lazy("heading of a column", "date of publication"),
        lambda entry, about: write_date(entry.article.published),
        _day,
    ),
    Column(
        "published_as_printed", _("date as printed"), _field("published_as_printed")
    ),
    Column("published_in_file", _("date as in the file"), _field("published_in_file")),
    Column("kind", _("kind of text"), _field("kind")),
    Column("volume", _("volume"), _field("volume")),
    Column("issue", _("issue"), _field("issue")),
    Column("pages", _("pages"), _field("pages")),
    Column("place", _("place of printing"), _field("place")),
    Column("language", _("language"), _field("language")),
    Column("topics", _("topics"), _topics),
    Column("actors", _("actors"), _actors),
    Column("issuers", _("issuers"), _in_role(ActorRole.ISSUER)),
    Column("author_actors", _("actors who are authors"), _in_role(ActorRole.AUTHOR)),
    Column("rights", _("rights"), _field("rights")),
    Column("url", _("web address"), _field("url")),
    Column("acquired_from", _("acquired from"), _field("acquired_from")),
    Column(
        "acquired_at",
        _("acquired at"),
        lambda entry, about: entry.article.acquired_at.isoformat(),
        lambda entry: localtime(entry.article.acquired_at),
    ),
    Column("content_hash", _("content hash"), _field("content_hash")),
    Column(
        "note",
        _("note"),
        lambda entry, about: about.notes.get(entry.article.pk, ""),
        is_own=True,
    ),
    # Last, because it is longest: otherwise it would push the others out of sight.
    Column("body", _("text"), _field("body")),
)


def choose_columns(
    names: Iterable[str], *, with_notes: bool = False
) -> tuple[Column, ...]:
    """The columns with these names, in the order of the table; all for no name.

    All are those that every file has, and the reader's own ones *with_notes*. Raises
    KeyError with the name that no column has.
    """
    wanted = set(names)
    if unknown := wanted - {column.name for column in COLUMNS}:
        raise KeyError(min(unknown))
    if wanted:
        return tuple(column for column in COLUMNS if column.name in wanted)
    return tuple(column for column in COLUMNS if with_notes or not column.is_own)


def list_columns(about: About) -> tuple[Column, ...]:
    """The columns of a table about that."""
    return choose_columns(about.columns, with_notes=bool(about.notes))
