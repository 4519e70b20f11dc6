"""Articles like a text: the topics that they carry, and those that are the same text.

The archive does not depend on search: the setting ``SIMILAR_ARTICLES`` is the dotted
path of a function ``(text, limit) -> ids``, the most similar first. Where it is empty
or finds none, the articles that name the same actors are taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import Count
from django.utils.module_loading import import_string

from archive.models import Article, ArticleQuerySet
from archive.recognition.words import fold_text_word, split_text

# Similar articles whose topics are counted.
_NEIGHBORS: Final = 25
_FEWEST_WITH_TOPIC: Final = 2
_SHARE_WITH_TOPIC: Final = 0.2
_MOST_TOPICS: Final = 6
# Articles whose texts are compared with the new one.
_COMPARED: Final = 8
_SHINGLE: Final = 4
_SAME: Final = 0.5
_LONGEST_COMPARED: Final = 60_000


@dataclass(frozen=True, slots=True)
class ProposedTopic:
    """A topic that similar articles carry: how many of how many."""

    topic_id: int
    articles: int
    of: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article with the same or nearly the same text.

    ``likeness`` is the share of runs of four words that both have of those of either, 1
    for one text.
    """

    article_id: int
    likeness: float


def find_similar(
    text: str, actor_ids: Collection[int], visible: ArticleQuerySet
) -> list[int]:
    """Ids of similar articles among *visible* ones, most similar first."""
    finder = getattr(settings, "SIMILAR_ARTICLES", "")
    found = import_string(finder)(text, _NEIGHBORS) if finder and text.strip() else []
    if not found and actor_ids:
        links = Article.actors.through.objects.filter(actor_id__in=actor_ids)
        counted = links.values("article_id").annotate(shared=Count("actor_id"))
        rows = counted.order_by("-shared", "-article_id")[:_NEIGHBORS]
        found = [row["article_id"] for row in rows]
    allowed = set(visible.filter(pk__in=found).values_list("pk", flat=True))
    return [pk for pk in found if pk in allowed]


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


def find_duplicates(
    text: str, article_ids: Sequence[int], visible: ArticleQuerySet
) -> list[Duplicate]:
    """Those of these articles that have nearly this text, the most alike first."""
    own = shingle(text)
    if not own:
        return []
    rows = visible.filter(pk__in=article_ids[:_COMPARED]).order_by()
    found = []
    for pk, title, body in rows.values_list("pk", "title", "body"):
        likeness = max(compare(own, shingle(body)), compare(own, shingle(title + body)))
        if likeness >= _SAME:
            found.append(Duplicate(pk, round(likeness, 3)))
    return sorted(found, key=lambda each: (-each.likeness, each.article_id))


def shingle(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of four folded words of the beginning of *text*."""
    words = [
        fold_text_word(word) for word in split_text(text[:_LONGEST_COMPARED]).words
    ]
    runs = zip(*(words[start:] for start in range(_SHINGLE)), strict=False)
    return frozenset(runs) or (frozenset({tuple(words)}) if words else frozenset())


def compare(
    one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]
) -> float:
    """Jaccard's index of two sets of runs.

    >>> same = compare(shingle("وصل الوفد إلى بغداد"), shingle("وصل الوفدُ الى بغداد"))
    >>> same, compare(shingle("وصل"), shingle("سافر"))
    (1.0, 0.0)
    """
    either = len(one | other)
    return len(one & other) / either if either else 0.0
