"""The published articles that name an actor, by source and year; their topics."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F

from archive.browsing.subject_counts import articles_naming, published_links
from archive.models import Actor, Article, Source, Topic


@dataclass(frozen=True, slots=True)
class ActorArticle:
    """An article that names the actor; ``year`` is ``None`` where it has no date."""

    pk: int
    source_id: int
    year: int | None


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source, its articles that name the actor, and the years that these are of."""

    source: Source
    count: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A topic and the articles that are on it and name the actor."""

    topic: Topic
    count: int


def list_actor_articles(
    actor: Actor, sources: Iterable[int]
) -> tuple[ActorArticle, ...]:
    """The published articles of *sources* that name the actor, in no order."""
    # With the sources, a covering index answers; without, whole rows are read for them.
    rows = articles_naming(actor).filter(source_id__in=list(sources)).order_by()
    return tuple(
        ActorArticle(pk, source, day.year if day else None)
        for pk, source, day in rows.values_list("pk", "source_id", "published_on")
    )


def count_by_source(
    articles: Iterable[ActorArticle], sources: dict[int, Source]
) -> tuple[SourceCount, ...]:
    """The sources of *articles*, those with most first; *sources* by id."""
    counts: Counter[int] = Counter()
    years: defaultdict[int, set[int]] = defaultdict(set)
    for article in articles:
        counts[article.source_id] += 1
        if article.year is not None:
            years[article.source_id].add(article.year)
    return tuple(
        SourceCount(
            sources[pk],
            count,
            min(years[pk], default=None),
            max(years[pk], default=None),
        )
        for pk, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def count_topics(actor: Actor, *, limit: int) -> tuple[TopicCount, ...]:
    """The topics that most of the actor's published articles are on, descending."""
    naming = Article.actors.through.objects.filter(actor=actor)
    rows = (
        published_links(Article.topics.through)
        .filter(article_id__in=naming.values("article_id"))
        .values_list("topic_id")
        .annotate(articles=Count("article_id"))
        .order_by(F("articles").desc(), "topic_id")[:limit]
    )
    counts = dict(rows)
    topics = Topic.objects.in_bulk(list(counts))
    return tuple(TopicCount(topics[pk], count) for pk, count in counts.items())
