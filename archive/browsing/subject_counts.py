"""Published articles by actor and by topic: querysets, counts and co-mentions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeVar

from django.core.cache import cache
from django.db.models import Count, F, Max, Model, QuerySet, Sum

from archive.browsing.topic_counts import count_subtrees
from archive.models import (
    UNPUBLISHED,
    Actor,
    Article,
    ArticleQuerySet,
    Topic,
    TopicTree,
)

_TOPICS_KEY: Final = "archive.browsing.topics"
LinkT = TypeVar("LinkT", bound=Model)


@dataclass(frozen=True, slots=True)
class Companion:
    """An actor named together with another one, and the number of such articles.

    ``total`` is the number of all articles that name it.
    """

    actor: Actor
    count: int
    total: int


def articles_naming(actor: Actor) -> ArticleQuerySet:
    """The published articles that name the actor."""
    links = Article.actors.through.objects.filter(actor=actor)
    return Article.objects.published().filter(pk__in=links.values("article_id"))


def articles_on(topic_ids: Iterable[int]) -> ArticleQuerySet:
    """The distinct published articles on any of the topics."""
    links = Article.topics.through.objects.filter(topic_id__in=list(topic_ids))
    return Article.objects.published().filter(pk__in=links.values("article_id"))


def count_by_actor(actor_ids: Iterable[int]) -> dict[int, int]:
    """The number of published articles by actor id; actors without any are absent."""
    links = published_links(Article.actors.through).filter(actor_id__in=list(actor_ids))
    return dict(links.values_list("actor_id").annotate(Count("article_id")))


def count_by_topic(tree: TopicTree) -> dict[int, int]:
    """The number of published articles on each topic or its descendants, by topic id.

    Topics without any are absent. Cached until the tree or the links of published
    articles change.
    """
    links = published_links(Article.topics.through)
    parents = {topic.pk: topic.parent_id for topic in tree.by_id.values()}
    state = links.aggregate(count=Count("pk"), last=Max("pk"), sum=Sum("pk"))
    shape = sorted((topic, parent or 0) for topic, parent in parents.items())
    key = sha256(repr((state, shape)).encode()).hexdigest()
    cached = cache.get(_TOPICS_KEY)
    if cached and cached[0] == key:
        return dict(cached[1])
    pairs = links.order_by("article_id").values_list("article_id", "topic_id")
    counts = dict(count_subtrees(parents, pairs.iterator()))
    cache.set(_TOPICS_KEY, (key, counts), None)
    return counts


def list_prominent_topics(*, limit: int) -> list[Topic]:
    """The topics at the top of the tree with most published articles, descending."""
    tree = TopicTree.load()
    counts = count_by_topic(tree)
    visible = [topic for topic in tree.roots() if counts.get(topic.pk)]
    return sorted(visible, key=lambda topic: -counts[topic.pk])[:limit]


def find_companions(actor: Actor, *, limit: int) -> list[Companion]:
    """The actors named in most of the published articles that name *actor*."""
    links = published_links(Article.actors.through)
    shared = (
        links.filter(article_id__in=links.filter(actor=actor).values("article_id"))
        .exclude(actor=actor)
        .values_list("actor_id")
        .annotate(shared=Count("article_id"))
        .order_by(F("shared").desc(), "actor_id")[:limit]
    )
    counts = dict(shared)
    actors = Actor.objects.in_bulk(list(counts))
    totals = count_by_actor(counts)
    return [Companion(actors[pk], n, totals[pk]) for pk, n in counts.items()]


def published_links(through: type[LinkT]) -> QuerySet[LinkT]:
    """The rows of a many-to-many table of Article whose article is published.

    Excludes the unpublished ones, which a covering index lists; a join on the status
    would read the wide row of every article.
    """
    unpublished = Article.objects.filter(status__in=UNPUBLISHED)
    return through._default_manager.exclude(article_id__in=unpublished.values("pk"))
