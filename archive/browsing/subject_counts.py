"""Actors and topics counted by the published articles that they are linked with.

Public: `articles_naming`, `articles_on`, `count_by_actor`, `count_by_topic`,
`list_prominent_topics`, `find_companions`, `published_links`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeVar

from django.core.cache import cache
from django.db.models import Count, F, Max, Model, QuerySet, Sum

from archive.browsing.topic_counts import count_subtrees
from archive.models import Actor, Article, ArticleQuerySet, Status, Topic, TopicTree

_HIDDEN: Final = (Status.DRAFT, Status.WITHDRAWN)
_TOPICS_KEY: Final = "archive.browsing.topics"
LinkT = TypeVar("LinkT", bound=Model)


@dataclass(frozen=True, slots=True)
class Companion:
    """An actor named in the same articles, and in how many of them."""

    actor: Actor
    count: int


def articles_naming(actor: Actor) -> ArticleQuerySet:
    """The published articles that name the actor."""
    links = Article.actors.through.objects.filter(actor=actor)
    return Article.objects.published().filter(pk__in=links.values("article_id"))


def articles_on(topic_ids: Iterable[int]) -> ArticleQuerySet:
    """The published articles on any of the topics, each once."""
    links = Article.topics.through.objects.filter(topic_id__in=list(topic_ids))
    return Article.objects.published().filter(pk__in=links.values("article_id"))


def count_by_actor(actor_ids: Iterable[int]) -> dict[int, int]:
    """Published articles that name each of the actors; only actors with any."""
    links = published_links(Article.actors.through).filter(actor_id__in=list(actor_ids))
    return dict(links.values_list("actor_id").annotate(Count("article_id")))


def count_by_topic(tree: TopicTree) -> dict[int, int]:
    """Published articles on each topic or below it, each counted once a topic.

    Remembered until the tree or the links of published articles change.
    """
    links = published_links(Article.topics.through)
    parents = {topic.pk: topic.parent_id for topic in tree.by_id.values()}
    state = links.aggregate(count=Count("pk"), last=Max("pk"), sum=Sum("pk"))
    shape = sorted((topic, parent or 0) for topic, parent in parents.items())
    key = sha256(repr((state, shape)).encode()).hexdigest()
    remembered = cache.get(_TOPICS_KEY)
    if remembered and remembered[0] == key:
        return dict(remembered[1])
    pairs = links.order_by("article_id").values_list("article_id", "topic_id")
    counts = dict(count_subtrees(parents, pairs.iterator()))
    cache.set(_TOPICS_KEY, (key, counts), None)
    return counts


def list_prominent_topics(*, limit: int) -> list[Topic]:
    """The broadest topics with published articles, those with the most first."""
    tree = TopicTree.load()
    counts = count_by_topic(tree)
    held = [topic for topic in tree.roots() if counts.get(topic.pk)]
    return sorted(held, key=lambda topic: -counts[topic.pk])[:limit]


def find_companions(actor: Actor, *, limit: int) -> list[Companion]:
    """The actors named most often in the published articles that name *actor*."""
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
    return [Companion(actors[pk], count) for pk, count in counts.items()]


def published_links(through: type[LinkT]) -> QuerySet[LinkT]:
    """The rows of a table between articles and names whose article is published.

    Those of other articles are taken away, which an index answers alone: to ask
    each row for the status of its article would read the wide rows of them all.
    """
    hidden = Article.objects.filter(status__in=_HIDDEN)
    return through._default_manager.exclude(article_id__in=hidden.values("pk"))
