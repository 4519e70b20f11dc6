"""Rows of the database as interchange records, from which an import restores them.

Keys and their order are those of `archive.importing.fields`.
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from django.db.models import Prefetch

from archive.importing.fields import (
    ACTOR_FIELDS,
    ARTICLE_FIELDS,
    SOURCE_FIELDS,
    TOPIC_FIELDS,
    RecordField,
)
from archive.importing.paths import write_path
from archive.importing.records.publication import write_date
from archive.models import (
    Actor,
    Article,
    ArticleAuthor,
    Source,
    Topic,
    TopicTree,
    prefetch_actor_links,
)

JsonRecord = dict[str, object]
Row = TypeVar("Row")


def record_prefetch() -> "tuple[str | Prefetch[str], ...]":
    """The relations to prefetch for records without further queries.

    Beside ``select_related("source")``.
    """
    return "topics", prefetch_actor_links("actor__aliases"), "authors__actor__aliases"


def article_to_record(article: Article, *, tree: TopicTree | None = None) -> JsonRecord:
    """The article as a record, for JSON Lines.

    Without *tree*, each topic below another one takes a query for each level.
    """
    topics = [write_path(_names_above(topic, tree)) for topic in article.topics.all()]
    record = _build(article, ARTICLE_FIELDS, _ARTICLE_VALUES)
    return {**record, "topics": topics}


def source_to_record(source: Source) -> JsonRecord:
    """The source as a record of its own, or nested in an article's."""
    return _build(source, SOURCE_FIELDS, {})


def topic_to_record(topic: Topic) -> JsonRecord:
    """The topic as a record."""
    return _build(topic, TOPIC_FIELDS, _TOPIC_VALUES)


def actor_to_record(actor: Actor) -> JsonRecord:
    """The actor as a record of its own, or nested in an article's."""
    return _build(actor, ACTOR_FIELDS, _ACTOR_VALUES)


def _build(
    row: Row,
    fields: tuple[RecordField, ...],
    values: Mapping[str, Callable[[Row], object]],
) -> JsonRecord:
    """A record with all fields at their paths; dotted paths create nested objects."""
    record: JsonRecord = {}
    for field in fields:
        if field.of_tables:
            continue
        read = values.get(field.name)
        value = read(row) if read else getattr(row, field.name)
        outer, _, inner = field.path.partition(".")
        if not inner:
            record[outer] = value
            continue
        nested = record.setdefault(outer, {})
        if isinstance(nested, dict):
            nested[inner] = value
    return record


def _author_to_record(author: ArticleAuthor) -> object:
    if author.actor is None:
        return author.name
    return {"name": author.name, "actor": actor_to_record(author.actor)}


def _names_above(topic: Topic, tree: TopicTree | None) -> list[str]:
    if tree:
        return [step.name_ar for step in tree.path(topic.pk)]
    names = [topic.name_ar]
    ancestor = topic.parent
    while ancestor is not None:
        names.insert(0, ancestor.name_ar)
        ancestor = ancestor.parent
    return names


_ARTICLE_VALUES: Final[Mapping[str, Callable[[Article], object]]] = {
    "source": lambda article: source_to_record(article.source),
    "authors": lambda article: [_author_to_record(a) for a in article.authors.all()],
    "published": lambda article: write_date(article.published),
    "topics": lambda article: [],
    "actors": lambda article: [
        {**actor_to_record(link.actor), "role": link.role}
        for link in article.actor_links.all()
    ],
    "acquired_at": lambda article: article.acquired_at.isoformat(),
}
_TOPIC_VALUES: Final[Mapping[str, Callable[[Topic], object]]] = {
    "parent": lambda topic: topic.parent.slug if topic.parent else None,
}
_ACTOR_VALUES: Final[Mapping[str, Callable[[Actor], object]]] = {
    "aliases": lambda actor: [alias.name for alias in actor.aliases.all()],
}
