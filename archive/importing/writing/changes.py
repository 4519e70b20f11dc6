"""What a record changes in an article that is already there.

Public: `ArticleLinks`, `StoredArticles`.

A field that the record does not have stays as it is; one that it has is taken from
the record, even where it is empty. Language and status have no empty value.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from archive.importing.records.validated import ArticleRecord
from archive.importing.writing.actors import ActorEntry
from archive.models import Article, ArticleAuthor

TEXT_FIELDS: Final = ("title", "subtitle", "body")
# Fields that are compared and copied as they are.
COPIED_FIELDS: Final = ("byline", "url", "acquired_from")
REQUIRED_FIELDS: Final = ("language", "status", "acquired_at")
DATE_FIELDS: Final = ("published_on", "published_precision")
PRINTED: Final = "published_as_printed"


@dataclass(frozen=True, slots=True)
class ArticleLinks:
    """Topics by id, actors, and authors in order with the actors they are."""

    topics: tuple[int, ...]
    actors: tuple[ActorEntry, ...]
    authors: tuple[tuple[str, ActorEntry | None], ...]


class StoredArticles:
    """Articles of one batch as they stand, and the rows to be written for them."""

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

    def add_catalogue(self, article_id: int, catalogue: ArticleLinks) -> None:
        """Note the rows of an article that is new."""
        self._link(article_id, "topic_id", set(catalogue.topics))
        self._link(article_id, "actor_id", _actor_ids(catalogue))
        self._add_authors(article_id, catalogue)

    def update(
        self,
        article_id: int,
        record: ArticleRecord,
        wanted: Article,
        catalogue: ArticleLinks,
    ) -> bool:
        """Whether the record, whose values *wanted* holds, changed the article."""
        stored = self._articles[article_id]
        changes = _find_changes(stored, record, wanted)
        if changes:
            changes["updated_at"] = timezone.now()
            Article.objects.filter(pk=article_id).update(**changes)
        is_changed = bool(changes)
        if "topics" in record.given:
            is_changed |= self._replace(article_id, "topic_id", set(catalogue.topics))
        if "actors" in record.given:
            is_changed |= self._replace(article_id, "actor_id", _actor_ids(catalogue))
        if "authors" in record.given:
            is_changed |= self._replace_authors(article_id, catalogue)
        return is_changed

    def flush(self) -> None:
        """Write the rows that were noted."""
        Article.topics.through.objects.bulk_create(self._new_links["topic_id"])
        Article.actors.through.objects.bulk_create(self._new_links["actor_id"])
        ArticleAuthor.objects.bulk_create(self._new_authors)

    def _replace(self, article_id: int, column: str, wanted: set[int]) -> bool:
        there = self._links[column][article_id]
        if there == wanted:
            return False
        gone = there - wanted
        if gone:
            rows = _THROUGH[column].objects.filter(article_id=article_id)
            rows.filter(**{f"{column}__in": gone}).delete()
        self._link(article_id, column, wanted - there)
        return True

    def _link(self, article_id: int, column: str, ids: set[int]) -> None:
        row = _THROUGH[column]
        self._new_links[column] += [
            row(article_id=article_id, **{column: pk}) for pk in sorted(ids)
        ]

    def _replace_authors(self, article_id: int, catalogue: ArticleLinks) -> bool:
        there = self._authors[article_id]
        if len(there) == len(catalogue.authors) and all(
            author.name == name and (entry is None or author.actor_id == entry.actor.pk)
            for author, (name, entry) in zip(there, catalogue.authors, strict=True)
        ):
            return False
        ArticleAuthor.objects.filter(article_id=article_id).delete()
        self._add_authors(article_id, catalogue)
        return True

    def _add_authors(self, article_id: int, catalogue: ArticleLinks) -> None:
        self._new_authors += [
            ArticleAuthor(
                article_id=article_id,
                name=name,
                actor=entry.actor if entry else None,
                position=position,
            )
            for position, (name, entry) in enumerate(catalogue.authors)
        ]


_THROUGH: Final[Mapping[str, type[Any]]] = {
    "topic_id": Article.topics.through,
    "actor_id": Article.actors.through,
}


def _find_changes(
    stored: Article, record: ArticleRecord, wanted: Article
) -> dict[str, object]:
    """The columns that differ, and what the record wants there."""
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
        name: getattr(wanted, name)
        for name in names
        if getattr(wanted, name) != getattr(stored, name)
    }
    if stored.content_hash != wanted.content_hash:
        changes |= _find_changed_texts(stored, record, wanted)
    return changes


def _find_changed_texts(
    stored: Article, record: ArticleRecord, wanted: Article
) -> dict[str, object]:
    """Title, subtitle and body as far as the record has them and they differ."""
    stored.refresh_from_db(fields=TEXT_FIELDS)
    changes: dict[str, object] = {
        name: getattr(wanted, name)
        for name in TEXT_FIELDS
        if name in record.given and getattr(wanted, name) != getattr(stored, name)
    }
    if changes:
        words = {name: getattr(stored, name) for name in TEXT_FIELDS} | changes
        changes["content_hash"] = Article(**words).build_content_hash()
    return changes


def _actor_ids(catalogue: ArticleLinks) -> set[int]:
    return {entry.actor.pk for entry in catalogue.actors}


def _linked(
    through: type[Any], column: str, article_ids: Sequence[int]
) -> defaultdict[int, set[int]]:
    links: defaultdict[int, set[int]] = defaultdict(set)
    if article_ids:
        rows = through.objects.filter(article_id__in=article_ids)
        for article_id, pk in rows.values_list("article_id", column):
            links[article_id].add(pk)
    return links
