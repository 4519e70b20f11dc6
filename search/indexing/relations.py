"""What articles are linked to, read for many at once as plain values.

Their documents need the names and numbers of it alone: objects of the models would
take half of the time that documents take.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from archive.models import (
    ActorAlias,
    Article,
    ArticleActor,
    ArticleAuthor,
    Source,
)


@dataclass(frozen=True, slots=True)
class ActorLink:
    """An actor of an article: its id, its role, all its names, empty ones too."""

    actor_id: int
    role: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """What some articles are linked to, by the id of the article.

    ``actors`` and ``topics`` are in dictionary order, ``authors`` in that of print;
    ``sources`` has the names of each source by its own id.
    """

    actors: Mapping[int, list[ActorLink]]
    topics: Mapping[int, list[int]]
    authors: Mapping[int, list[str]]
    sources: Mapping[int, tuple[str, str]]

    @classmethod
    def of(cls, articles: Collection[Article]) -> Relations:
        """The relations of *articles*, in five queries."""
        ids = [article.pk for article in articles]
        topics, authors = defaultdict(list), defaultdict(list)
        through = Article.topics.through.objects.filter(article_id__in=ids)
        ordered = through.order_by("topic__sort_key", "topic_id")
        for article_id, topic_id in ordered.values_list("article_id", "topic_id"):
            topics[article_id].append(topic_id)
        printed = ArticleAuthor.objects.filter(article_id__in=ids)
        for article_id, name in printed.values_list("article_id", "name"):
            authors[article_id].append(name)
        sources = Source.objects.filter(pk__in={each.source_id for each in articles})
        names = sources.values_list("pk", "name_ar", "name_latin")
        return cls(
            _read_links(ids),
            topics,
            authors,
            {source_id: (arabic, latin) for source_id, arabic, latin in names},
        )

    def source_names(self, article: Article) -> tuple[str, str]:
        """The names of its source in both scripts, empty where it is deleted since."""
        return self.sources.get(article.source_id, ("", ""))


def _read_links(article_ids: Collection[int]) -> dict[int, list[ActorLink]]:
    links = ArticleActor.objects.filter(article_id__in=article_ids)
    ordered = links.order_by("actor__sort_key", "actor_id")
    names = "actor__name_ar", "actor__name_latin"
    aliases = defaultdict(list)
    known = ActorAlias.objects.filter(actor__article_links__article_id__in=article_ids)
    for actor_id, name in known.distinct().values_list("actor_id", "name"):
        aliases[actor_id].append(name)
    found = defaultdict(list)
    for row in ordered.values_list("article_id", "actor_id", "role", *names):
        article_id, actor_id, role, *both = row
        link = ActorLink(actor_id, role, (*both, *aliases[actor_id]))
        found[article_id].append(link)
    return found
