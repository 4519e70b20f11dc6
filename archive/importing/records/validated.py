"""Records that have been validated and can be written as they are.

Public: `ArticleRecord`, `AuthorRecord`, `SourceRecord`, `TopicRecord`, `ActorRecord`.

`given` holds the names of the fields that the file has at all: what it does not
have is left alone when a row is already there.
"""

import datetime as dt
from dataclasses import dataclass

from archive.dates import PartialDate

TopicPath = tuple[str, ...]
"""Names of topics from the broadest down: ``("تاريخ", "تاريخ الصحافة")``."""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source in full, or only the name or slug under which an article names it."""

    name_ar: str
    slug: str = ""
    name_latin: str = ""
    kind: str = ""
    place: str = ""
    home_page: str = ""
    given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TopicRecord:
    """A topic; `parent` is the slug or the name of the broader one, or empty."""

    name_ar: str
    slug: str = ""
    name_latin: str = ""
    parent: str = ""
    given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ActorRecord:
    """An actor in full, or a mention of one in an article.

    A mention's name is the spelling that the article has, so that it may teach the
    catalogue an alias; `kind` is empty where the file does not say it. `other_ids`
    are identifiers beside `authority_id`, for joining only.
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
    given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AuthorRecord:
    """An author as printed, and the actor where the file says who it is."""

    name: str
    actor: ActorRecord | None = None


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article ready to be written.

    `acquired_at` is None where the file does not say it: then it is the moment of
    the import. `stated_hash` is the content hash that the file states, for checking.
    """

    title: str
    body: str
    source: SourceRecord
    external_id: str = ""
    subtitle: str = ""
    language: str = ""
    byline: str = ""
    authors: tuple[AuthorRecord, ...] = ()
    published: PartialDate | None = None
    published_as_printed: str = ""
    url: str = ""
    topics: tuple[TopicPath, ...] = ()
    actors: tuple[ActorRecord, ...] = ()
    status: str = ""
    acquired_from: str = ""
    acquired_at: dt.datetime | None = None
    stated_hash: str = ""
    given: frozenset[str] = frozenset()
