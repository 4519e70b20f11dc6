"""Articles like a text: the topics that they carry, and those that are the same text.

The archive does not depend on search: the setting ``SIMILAR_ARTICLES`` is the dotted
path of a function ``(text, limit) -> ids``, the most similar first. Where it is empty
or finds none that is visible, the articles that name the same actors are taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import Count
from django.utils.module_loading import import_string

from archive.duplicates import Found, find_alike
from archive.models import Article, ArticleQuerySet

# Similar articles whose topics are counted.
_NEIGHBORS: Final = 25
_FEWEST_WITH_TOPIC: Final = 2
_SHARE_WITH_TOPIC: Final = 0.2
_MOST_TOPICS: Final = 6


@dataclass(frozen=True, slots=True)
class ProposedTopic:
    """A topic that similar articles carry: how many of how many."""

    topic_id: int
    articles: int
    of: int


def find_similar(
    text: str, actor_ids: Collection[int], visible: ArticleQuerySet
) -> list[int]:
    """Ids of similar articles among *visible* ones, most similar first."""
    finder = getattr(settings, "SIMILAR_ARTICLES", "")
    found = import_string(finder)(text, _NEIGHBORS) if finder and text.strip() else []
    allowed = set(visible.filter(pk__in=found).values_list("pk", flat=True))
    if allowed or not actor_ids:
        return [pk for pk in found if pk in allowed]
    links = Article.actors.through.objects.filter(
        actor_id__in=actor_ids, article__in=visible
    )
    counted = links.values("article_id").annotate(shared=Count("actor_id"))
    rows = counted.order_by("-shared", "-article_id")[:_NEIGHBORS]
    return [row["article_id"] for row in rows]


def propose_topics(article_ids: Sequence[int]) -> list[ProposedTopic]:
    """The topics that a good part of these articles carry, the most frequent first."""
    links = Article.topics.through.objects.filter(article_id__in=article_ids)
    counts = Counter(links.values_list("topic_id", flat=True))
    carrying = len(set(links.values_list("article_id", flat=True)))
    fewest = max(_FEWEST_WITH_TOPIC, carrying * _SHARE_WITH_TOPIC)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        ProposedTopic(topic, number, carrying)
        for topic, number in ordered[:_MOST_TOPICS]
        if number >= fewest
    ]


def find_duplicates(text: str, visible: ArticleQuerySet) -> list[Found]:
    """The *visible* articles that have nearly this text, or it within theirs.

    Its first line may be a title, which the text of an article does not have.
    """
    _title, _break, body = text.partition("\n")
    best: dict[int, Found] = {}
    for part in filter(None, (text, body.strip())):
        for each in find_alike(part, visible):
            known = best.setdefault(each.article_id, each)
            if known.likeness < each.likeness:
                best[each.article_id] = each
    return sorted(best.values(), key=lambda each: (-each.contained, each.article_id))
