"""Updates of stored articles from records.

Fields that the record has are set, empty ones included; other fields are not changed.
Language, status and time of acquisition are never set to an empty value.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from archive.importing.problems import Note, excerpt
from archive.importing.records.validated import ArticleRecord
from archive.importing.writing.actor_entries import ActorEntry
from archive.importing.writing.actor_links import ActorLinks
from archive.models import Article, ArticleAuthor

TEXT_FIELDS: Final = ("title", "subtitle", "body")
# Fields that are compared and copied unchanged.
COPIED_FIELDS: Final = (
    "byline", "url", "acquired_from", "kind", "volume", "issue", "pages", "place",
    "rights",
)  # fmt: skip
REQUIRED_FIELDS: Final = ("language", "status", "acquired_at")
DATE_FIELDS: Final = ("published_on", "published_precision", "published_in_file")
PRINTED: Final = "published_as_printed"


@dataclass(frozen=True, slots=True)
class ArticleLinks:
    """Ids of topics, actors with their roles, and authors: name as printed and actor.

    A role is ``""`` where the record says none. Authors are in order.
    """

    topics: tuple[int, ...]
    actors: tuple[tuple[ActorEntry, str], ...]
    authors: tuple[tuple[str, ActorEntry | None], ...]


class StoredArticles:
    """The stored articles of one batch, and the rows to be inserted by `flush`."""

    def __init__(self, article_ids: Sequence[int]) -> None:
        self._articles = Article.objects.defer(*TEXT_FIELDS).in_bulk(article_ids)
        self._topics = _read_topics(article_ids)
        self._actors = ActorLinks(article_ids)
        self._authors: defaultdict[int, list[ArticleAuthor]] = defaultdict(list)
        if article_ids:
            rows = ArticleAuthor.objects.filter(article_id__in=article_ids)
            for author in rows.order_by("position", "pk"):
                self._authors[author.article_id].append(author)
        self._new_topics: list[Any] = []
        self._new_authors: list[ArticleAuthor] = []

    def add_links(self, article_id: int, links: ArticleLinks) -> None:
        """Queue the rows of topics, actors and authors of a new article."""
        self._add_topics(article_id, set(links.topics))
        self._actors.add(article_id, links.actors)
        self._add_authors(article_id, links)

    def update(
        self,
        article_id: int,
        record: ArticleRecord,
        new: Article,
        links: ArticleLinks,
    ) -> tuple[bool, list[Note]]:
        """Update a stored article from *new*, the article built from *record*.

        Returns whether anything changed, and notes on what was kept against the file.
        """
        stored = self._articles[article_id]
        notes = keep_known_date(stored, record, new)
        changes = _find_changes(stored, record, new)
        if changes:
            changes["updated_at"] = timezone.now()
            Article.objects.filter(pk=article_id).update(**changes)
        is_changed = bool(changes)
        if "topics" in record.given:
            is_changed |= self._replace_topics(article_id, set(links.topics))
        is_changed |= self._actors.update(article_id, links.actors, record.given)
        if "authors" in record.given:
            is_changed |= self._replace_authors(article_id, links)
        return is_changed, notes

    def flush(self) -> None:
        """Insert the queued rows."""
        Article.topics.through.objects.bulk_create(self._new_topics)
        self._actors.flush()
        ArticleAuthor.objects.bulk_create(self._new_authors)

    def _replace_topics(self, article_id: int, ids: set[int]) -> bool:
        stored = self._topics[article_id]
        if stored == ids:
            return False
        removed = stored - ids
        if removed:
            rows = Article.topics.through.objects.filter(article_id=article_id)
            rows.filter(topic_id__in=removed).delete()
        self._add_topics(article_id, ids - stored)
        return True

    def _add_topics(self, article_id: int, ids: set[int]) -> None:
        self._new_topics += [
            Article.topics.through(article_id=article_id, topic_id=pk)
            for pk in sorted(ids)
        ]

    def _replace_authors(self, article_id: int, links: ArticleLinks) -> bool:
        stored = self._authors[article_id]
        if len(stored) == len(links.authors) and all(
            author.name == name and (entry is None or author.actor_id == entry.actor.pk)
            for author, (name, entry) in zip(stored, links.authors, strict=True)
        ):
            return False
        ArticleAuthor.objects.filter(article_id=article_id).delete()
        self._add_authors(article_id, links)
        return True

    def _add_authors(self, article_id: int, links: ArticleLinks) -> None:
        self._new_authors += [
            ArticleAuthor(
                article_id=article_id,
                name=name,
                actor=entry.actor if entry else None,
                position=position,
            )
            for position, (name, entry) in enumerate(links.authors)
        ]


def keep_known_date(stored: Article, record: ArticleRecord, new: Article) -> list[Note]:
    """Set the date of *new* to the stored one where that is better; notes of it.

    No date replaces none, a guess none, and a year or month none that lies in it.
    """
    kept, given = stored.published, new.published
    if kept is None or kept == given:
        return []
    if given is not None:
        is_wider = given.first_day() <= kept.first_day() and (
            kept.last_day() <= given.last_day()
        )
        if not is_wider and not record.published_is_guessed:
            return []
    new.published = kept
    new.published_in_file = stored.published_in_file
    is_printed_given = PRINTED in record.given
    told = given.iso() if given else new.published_as_printed
    if not is_printed_given:
        new.published_as_printed = stored.published_as_printed
    if not told:
        return []
    values = {"kept": kept.iso(), "given": excerpt(told)}
    return [Note("date_kept", "published", values)]


def _find_changes(
    stored: Article, record: ArticleRecord, new: Article
) -> dict[str, object]:
    """The new values of the columns that differ."""
    given = record.given
    names: list[str] = [name for name in COPIED_FIELDS if name in given]
    names += [
        name for name in REQUIRED_FIELDS if name in given and getattr(record, name)
    ]
    if "published" in given or record.published:
        names += DATE_FIELDS
    if PRINTED in given or record.published_as_printed:
        names.append(PRINTED)
    changes: dict[str, object] = {
        name: getattr(new, name)
        for name in names
        if getattr(new, name) != getattr(stored, name)
    }
    if stored.content_hash != new.content_hash:
        changes |= _find_changed_texts(stored, record, new)
    return changes


def _find_changed_texts(
    stored: Article, record: ArticleRecord, new: Article
) -> dict[str, object]:
    """The new title, subtitle, body and content hash, as far as they differ."""
    stored.refresh_from_db(fields=TEXT_FIELDS)
    changes: dict[str, object] = {
        name: getattr(new, name)
        for name in TEXT_FIELDS
        if name in record.given and getattr(new, name) != getattr(stored, name)
    }
    if changes:
        texts = {name: getattr(stored, name) for name in TEXT_FIELDS} | changes
        changes["content_hash"] = Article(**texts).build_content_hash()
    return changes


def _read_topics(article_ids: Sequence[int]) -> defaultdict[int, set[int]]:
    """Ids of the topics by article."""
    links: defaultdict[int, set[int]] = defaultdict(set)
    if article_ids:
        rows = Article.topics.through.objects.filter(article_id__in=article_ids)
        for article_id, pk in rows.values_list("article_id", "topic_id"):
            links[article_id].add(pk)
    return links
