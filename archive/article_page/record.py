"""The record of an article as a value: what its page shows beside the text.

A value, so that its HTML may be kept (``archive.templatetags.kept``): whatever changes
in the record is another value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from archive.dates import PartialDate
from archive.models import ActorRole, Article, Named


@dataclass(frozen=True, slots=True)
class NameLink:
    """The names of an actor, a topic or a source, and the address of its page.

    ``role`` is that of an actor in the article, ``""`` for being named in it.
    """

    name_ar: str
    name_latin: str
    address: str
    role: str = ""

    @classmethod
    def of(cls, row: Named, role: str = "") -> NameLink:
        """The names of a row."""
        # Named is abstract; each of its models defines the method.
        address: str = row.get_absolute_url()  # type: ignore[attr-defined]
        return cls(row.name_ar, row.name_latin, address, role)

    def label(self, language: str) -> str:
        """As `Named.label`."""
        if language.startswith("ar"):
            return self.name_ar or self.name_latin
        return self.name_latin or self.name_ar

    def get_absolute_url(self) -> str:
        """The address, as rows have it."""
        return self.address


@dataclass(frozen=True, slots=True)
class AuthorLine:
    """An author as printed, and the address of its actor; ``""`` without one."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """What is known of an article; texts are ``""`` where nothing is."""

    language: str
    source: NameLink
    source_place: str
    published: PartialDate | None
    published_as_printed: str
    authors: tuple[AuthorLine, ...]
    kind: str
    volume: str
    issue: str
    pages: str
    place: str
    actors: tuple[NameLink, ...]
    topics: tuple[NameLink, ...]
    url: str
    acquired_from: str
    acquired_at: datetime
    rights: str
    external_id: str
    content_hash: str

    @property
    def has_authors(self) -> bool:
        """Whether authors are stated, beside any byline."""
        return bool(self.authors)


def read_record(article: Article) -> ArticleRecord:
    """The record of *article*, whose source, authors, topics and actors are fetched.

    Actors by `archive.models.prefetch_actor_links`.
    """
    return ArticleRecord(
        language=article.language,
        source=NameLink.of(article.source),
        source_place=article.source.place,
        published=article.published,
        published_as_printed=article.published_as_printed,
        authors=tuple(_iter_authors(article)),
        kind=article.get_kind_display() if article.kind else "",
        volume=article.volume,
        issue=article.issue,
        pages=article.pages,
        place=article.place,
        actors=tuple(_iter_actors(article)),
        topics=tuple(map(NameLink.of, article.topics.all())),
        url=article.url,
        acquired_from=article.acquired_from,
        acquired_at=article.acquired_at,
        rights=article.rights,
        external_id=article.external_id,
        content_hash=article.content_hash,
    )


def _iter_authors(article: Article) -> Iterator[AuthorLine]:
    for author in article.authors.all():
        address = author.actor.get_absolute_url() if author.actor else ""
        yield AuthorLine(author.name, address)


def _iter_actors(article: Article) -> Iterator[NameLink]:
    for link in article.actor_links.all():
        is_named = link.role == ActorRole.MENTIONED
        yield NameLink.of(link.actor, "" if is_named else link.get_role_display())
