"""Updates of stored articles from records.

Fields that the record has are set, empty ones included; other fields are not changed.
Language, status and time of acquisition are never set to an empty value.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from archive.importing.records.validated import ArticleRecord
from archive.importing.writing.actor_entries import ActorEntry
from archive.models import Article, ArticleAuthor

TEXT_FIELDS: Final = ("title", "subtitle", "body")
# Fields that are compared and copied unchanged.
COPIED_FIELDS: Final = ("byline", "url", "acquired_from")
REQUIRED_FIELDS: Final = ("language", "status", "acquired_at")
DATE_FIELDS: Final = ("published_on", "published_precision")
PRINTED: Final = "published_as_printed"


@dataclass(frozen=True, slots=True)
class ArticleLinks:
    """Ids of topics, actors, and the authors in order: name as printed and actor."""

    topics: tuple[int, ...]
    actors: tuple[ActorEntry, ...]
    authors: tuple[tuple[str, ActorEntry | None], ...]


class StoredArticles:
    """The stored articles of one batch, and the rows to be inserted by `flush`."""

    def __init__(self, article_ids: Sequence[int]) -> None:
        self._articles = Article.objects.defer(*TEXT_FIELDS).in_bulk(article_ids)
        self._links = {
            "topic_id": _linked(Article.topics.through, "topic_id", article_ids),
            "actor_id": _linked(Article.actors.through, "actor_id", article_ids),
        }
        self._authors: defaultdict[int, list[ArticleAuthor]] = defaultdict(list)
        if article_ids:
            rows = ArticleAuthor.objects.filter(article_id__in=article_ids)
            for author in rows.order_by("position", "pk"):
                self._authors[author.article_id].append(author)
        self._new_links: dict[str, list[Any]] = {"topic_id": [], "actor_id": []}
        self._new_authors: list[ArticleAuthor] = []

    def add_links(self, article_id: int, links: ArticleLinks) -> None:
        """Queue the rows of topics, actors and authors of a new article."""
        self._link(article_id, "topic_id", set(links.topics))
        self._link(article_id, "actor_id", _actor_ids(links))
        self._add_authors(article_id, links)

    def update(
        self,
        article_id: int,
        record: ArticleRecord,
        new: Article,
        links: ArticleLinks,
    ) -> bool:
        """Update a stored article from *new*, the article built from *record*.

        Returns whether anything changed.
        """
        stored = self._articles[article_id]
        changes = _find_changes(stored, record, new)
        if changes:
            changes["updated_at"] = timezone.now()
            Article.objects.filter(pk=article_id).update(**changes)
        is_changed = bool(changes)
        if "topics" in record.given:
            is_changed |= self._replace(article_id, "topic_id", set(links.topics))
        if "actors" in record.given:
            is_changed |= self._replace(article_id, "actor_id", _actor_ids(links))
        if "authors" in record.given:
            is_changed |= self._replace_authors(article_id, links)
        return is_changed

    def flush(self) -> None:
        """Insert the queued rows."""
        Article.topics.through.objects.bulk_create(self._new_links["topic_id"])
        Article.actors.through.objects.bulk_create(self._new_links["actor_id"])
        ArticleAuthor.objects.bulk_create(self._new_authors)

    def _replace(self, article_id: int, column: str, ids: set[int]) -> bool:
        stored = self._links[column][article_id]
        if stored == ids:
            return False
        removed = stored - ids
        if removed:
            rows = _THROUGH[column].objects.filter(article_id=article_id)
            rows.filter(**{f"{column}__in": removed}).delete()
        self._link(article_id, column, ids - stored)
        return True

    def _link(self, article_id: int, column: str, ids: set[int]) -> None:
        through = _THROUGH[column]
        self._new_links[column] += [
            through(article_id=article_id, **{column: pk}) for pk in sorted(ids)
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


_THROUGH: Final[Mapping[str, type[Any]]] = {
    "topic_id": Article.topics.through,
    "actor_id": Article.actors.through,
}


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


def _actor_ids(links: ArticleLinks) -> set[int]:
    return {entry.actor.pk for entry in links.actors}


def _linked(
    through: type[Any], column: str, article_ids: Sequence[int]
) -> defaultdict[int, set[int]]:
    links: defaultdict[int, set[int]] = defaultdict(set)
    if article_ids:
        rows = through.objects.filter(article_id__in=article_ids)
        for article_id, pk in rows.values_list("article_id", column):
            links[article_id].add(pk)
    return links
