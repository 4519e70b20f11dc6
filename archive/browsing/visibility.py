"""Actors, topics and sources that visitors may see: those of published articles.

A name that only unpublished articles have would disclose their subject.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from archive.browsing.subject_counts import published_links
from archive.models import Actor, Article, Named, Source, Topic, TopicTree

NamedT = TypeVar("NamedT", bound=Named)


def find_visible(model: type[NamedT], slugs: Collection[str]) -> list[NamedT]:
    """The rows with these *slugs* that have a published article.

    A topic is visible through its descendants as well. One query, for topics three.
    """
    # PostgreSQL refuses to be asked for text with NUL.
    asked = [slug for slug in slugs if "\0" not in slug]
    rows = model._default_manager.filter(slug__in=asked)
    if model is Topic:
        topics = list(rows)
        visible = _find_visible_topics([topic.pk for topic in topics])
        return [topic for topic in topics if topic.pk in visible]
    return list(rows.filter(Exists(_published_articles(model))))


def list_visible(model: type[NamedT]) -> list[NamedT]:
    """All rows that have a published article, by id, with slug and id only."""
    rows = model._default_manager.order_by("pk").only("slug")
    if model is Topic:
        topics = list(rows)
        visible = _find_visible_topics([topic.pk for topic in topics])
        return [topic for topic in topics if topic.pk in visible]
    return list(rows.filter(Exists(_published_articles(model))))


def _published_articles(model: type[Named]) -> QuerySet[Model]:
    """A subquery: the published articles of a row of the outer query on *model*."""
    if model is Source:
        return Article.objects.published().filter(source=OuterRef("pk")).order_by()
    field, through = {
        Actor: ("actor", Article.actors.through),
        Topic: ("topic", Article.topics.through),
    }[model]
    return published_links(through).filter(**{field: OuterRef("pk")})


def _find_visible_topics(topic_ids: Collection[int]) -> set[int]:
    """Ids of the topics that have a published article, or whose descendants have."""
    if not topic_ids:
        return set()
    tree = TopicTree.load()
    subtrees = {pk: set(tree.with_descendants(pk)) for pk in topic_ids}
    topics = Topic.objects.filter(pk__in=set().union(*subtrees.values()))
    topics = topics.filter(Exists(_published_articles(Topic)))
    with_articles = set(topics.values_list("pk", flat=True))
    return {pk for pk, subtree in subtrees.items() if subtree & with_articles}
