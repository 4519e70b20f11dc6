"""Actors, topics and sources that readers may know of: those of published articles.

A name that only hidden articles have would tell what they are about.
Public: `find_visible`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from archive.browsing.subject_counts import published_links
from archive.models import Actor, Article, Named, Source, Topic, TopicTree

NamedT = TypeVar("NamedT", bound=Named)


def find_visible(model: type[NamedT], slugs: Collection[str]) -> list[NamedT]:
    """The rows with these *slugs* that have a published article; a topic, also below.

    Takes one query, for topics three.
    """
    named = model._default_manager.filter(slug__in=slugs)
    if model is Topic:
        found = list(named)
        held = _find_visible_topics([topic.pk for topic in found])
        return [topic for topic in found if topic.pk in held]
    return list(named.filter(Exists(_published_articles(model))))


def _published_articles(model: type[Named]) -> QuerySet[Model]:
    """What there is of published articles for a row of the query around."""
    if model is Source:
        return Article.objects.published().filter(source=OuterRef("pk")).order_by()
    field, through = {
        Actor: ("actor", Article.actors.through),
        Topic: ("topic", Article.topics.through),
    }[model]
    return published_links(through).filter(**{field: OuterRef("pk")})


def _find_visible_topics(topic_ids: Collection[int]) -> set[int]:
    """Those of the topics that have an article, or one below them has."""
    if not topic_ids:
        return set()
    tree = TopicTree.load()
    below = {pk: set(tree.with_descendants(pk)) for pk in topic_ids}
    named = Topic.objects.filter(pk__in=set().union(*below.values()))
    held = named.filter(Exists(_published_articles(Topic))).values_list("pk", flat=True)
    found = set(held)
    return {pk for pk, topics in below.items() if topics & found}
