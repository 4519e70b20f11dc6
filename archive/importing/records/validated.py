"""Validated records, as frozen values.

`given` are the names of the fields that the file has, empty ones included; other
fields of an existing row are not changed.
"""

import datetime as dt
from dataclasses import dataclass

from archive.dates import PartialDate

# Names of topics, broadest first: ("تاريخ", "تاريخ الصحافة").
TopicPath = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source with all its fields, or only the name or slug that an article gives."""

    name_ar: str
    slug: str = ""
    name_latin: str = ""
    kind: str = ""
    place: str = ""
    home_page: str = ""
    given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TopicRecord:
    """A topic; `parent` is the slug or name of the broader one, or ``""``."""

    name_ar: str
    slug: str = ""
    name_latin: str = ""
    parent: str = ""
    given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ActorRecord:
    """An actor with all its fields, or a mention of one in an article.

    The name of a mention is the article's spelling, which may become an alias. `kind`
    is ``""`` where the file has none. `other_ids` are further authority identifiers,
    used for matching only. `role` is that of a mention, ``""`` where none is said.
    """

    name_ar: str
    slug: str = ""
    kind: str = ""
    name_latin: str = ""
    aliases: tuple[str, ...] = ()
    description: str = ""
    began: str = ""
    ended: str = ""
    wikidata_id: str = ""
    viaf_id: str = ""
    authority_id: str = ""
    other_ids: tuple[str, ...] = ()
    is_mention: bool = False
    role: str = ""
    given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AuthorRecord:
    """An author as printed, and the actor where the file identifies one."""

    name: str
    actor: ActorRecord | None = None


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article.

    A `published` date that is guessed replaces none that is known. Without
    `acquired_at`, the time of the import is stored. `article_id` is the number in this
    archive that its own export has given. `stated_hash` is the
    content hash in the file, to be compared.
    """

    title: str
    body: str
    source: SourceRecord
    article_id: int | None = None
    external_id: str = ""
    subtitle: str = ""
    language: str = ""
    byline: str = ""
    authors: tuple[AuthorRecord, ...] = ()
    published: PartialDate | None = None
    published_is_guessed: bool = False
    published_as_printed: str = ""
    published_in_file: str = ""
    kind: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    place: str = ""
    rights: str = ""
    url: str = ""
    topics: tuple[TopicPath, ...] = ()
    actors: tuple[ActorRecord, ...] = ()
    status: str = ""
    acquired_from: str = ""
    acquired_at: dt.datetime | None = None
    stated_hash: str = ""
    given: frozenset[str] = frozenset()
