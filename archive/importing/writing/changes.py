"""Updates of stored articles from records.

Fields that the record has are set, empty ones included; other fields are not changed.
Language, status and time of acquisition are never set to an empty value.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from archive.importing.problems import Note
from archive.importing.writing.actor_entries import ActorEntry
from archive.importing.writing.actor_links import ActorLinks
from archive.importing.writing.matching import Candidate
from archive.importing.writing.policy import PRINTED, Change, Policy, keep_known_date
from archive.insertion import insert_rows
from archive.models import Article, ArticleAuthor

TEXT_FIELDS: Final = ("title", "subtitle", "body")
# Fields that are compared and copied unchanged.
COPIED_FIELDS: Final = (
    "byline", "url", "acquired_from", "kind", "volume", "issue", "pages", "place",
    "rights",
)  # fmt: skip
REQUIRED_FIELDS: Final = ("language", "status", "acquired_at")
DATE_FIELDS: Final = ("published_on", "published_precision", "published_in_file")
# Corrected where the article was found by its number in the archive.
IDENTITY_FIELDS: Final = ("source_id", "external_id")


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
        self, candidate: Candidate, links: ArticleLinks, policy: Policy
    ) -> tuple[dict[str, Change], list[Note]]:
        """Update the stored article of a candidate from its record.

        Returns the old and the new value of each changed field, and notes on what was
        kept against the file.
        """
        article_id = candidate.article_id or 0
        stored, new = self._articles[article_id], candidate.article
        notes = (
            [] if policy.overwrite else keep_known_date(stored, candidate.record, new)
        )
        columns = _find_changes(stored, candidate)
        changes: dict[str, Change] = {
            name: (_plain(getattr(stored, name)), _plain(value))
            for name, value in columns.items()
        }
        changes |= self._changed_links(article_id, links, candidate.record.given)
        kept = policy.kept_fields(article_id, candidate.digest, changes)
        for name in sorted(kept.edited):
            notes.append(Note("kept_as_edited", name))
        if kept.is_stale:
            notes.append(Note("stale_record"))
        changes = {
            name: pair for name, pair in changes.items() if name not in kept.names
        }
        written = {name: value for name, value in columns.items() if name in changes}
        if written:
            _rehash(stored, written)
            written["updated_at"] = timezone.now()
            Article.objects.filter(pk=article_id).update(**written)
        self._write_links(article_id, links, candidate.record.given, changes)
        return changes, notes

    def _changed_links(
        self, article_id: int, links: ArticleLinks, given: Collection[str]
    ) -> dict[str, Change]:
        """The topics, actors and authors that differ, as JSON values."""
        changes: dict[str, Change] = {}
        topics = self._topics[article_id]
        if "topics" in given and topics != set(links.topics):
            changes["topics"] = sorted(topics), sorted(set(links.topics))
        actors = self._actors.find_change(article_id, links.actors, given)
        if actors:
            changes["actors"] = actors
        if "authors" in given and not self._has_authors(article_id, links):
            changes["authors"] = (
                [
                    [author.name, author.actor_id]
                    for author in self._authors[article_id]
                ],
                [[name, entry and entry.actor.pk] for name, entry in links.authors],
            )
        return changes

    def _write_links(
        self,
        article_id: int,
        links: ArticleLinks,
        given: Collection[str],
        changes: Mapping[str, Change],
    ) -> None:
        if "topics" in changes:
            self._replace_topics(article_id, set(links.topics))
        if "actors" in changes:
            self._actors.update(article_id, links.actors, given)
        if "authors" in changes:
            ArticleAuthor.objects.filter(article_id=article_id).delete()
            self._add_authors(article_id, links)

    def flush(self) -> None:
        """Insert the queued rows."""
        insert_rows(Article.topics.through, self._new_topics)
        self._actors.flush()
        insert_rows(ArticleAuthor, self._new_authors)

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

    def _has_authors(self, article_id: int, links: ArticleLinks) -> bool:
        """Whether the authors are these; a link that the record does not say stays."""
        stored = self._authors[article_id]
        return len(stored) == len(links.authors) and all(
            author.name == name and (entry is None or author.actor_id == entry.actor.pk)
            for author, (name, entry) in zip(stored, links.authors, strict=True)
        )

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


def _find_changes(stored: Article, candidate: Candidate) -> dict[str, object]:
    """The new values of the columns that differ."""
    record, new = candidate.record, candidate.article
    given = record.given
    names: list[str] = [name for name in COPIED_FIELDS if name in given]
    names += [
        name for name in REQUIRED_FIELDS if name in given and getattr(record, name)
    ]
    if "published" in given or record.published:
        names += DATE_FIELDS
    if PRINTED in given or record.published_as_printed:
        names.append(PRINTED)
    if candidate.moves:
        names += [column for column in IDENTITY_FIELDS if getattr(new, column)]
    changes: dict[str, object] = {
        name: getattr(new, name)
        for name in names
        if getattr(new, name) != getattr(stored, name)
    }
    if stored.content_hash != new.content_hash:
        stored.refresh_from_db(fields=TEXT_FIELDS)
        changes |= {
            name: getattr(new, name)
            for name in TEXT_FIELDS
            if name in given and getattr(new, name) != getattr(stored, name)
        }
    return changes


def _rehash(stored: Article, written: dict[str, object]) -> None:
    """Add the content hash where a text is written."""
    if written.keys() & set(TEXT_FIELDS):
        texts = {name: getattr(stored, name) for name in TEXT_FIELDS}
        texts |= {name: written[name] for name in TEXT_FIELDS if name in written}
        written["content_hash"] = Article(**texts).build_content_hash()


def _plain(value: object) -> object:
    """A value as JSON has it: days and moments in ISO 8601."""
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value


def _read_topics(article_ids: Sequence[int]) -> defaultdict[int, set[int]]:
    """Ids of the topics by article."""
    links: defaultdict[int, set[int]] = defaultdict(set)
    if article_ids:
        rows = Article.topics.through.objects.filter(article_id__in=article_ids)
        for article_id, pk in rows.values_list("article_id", "topic_id"):
            links[article_id].add(pk)
    return links
