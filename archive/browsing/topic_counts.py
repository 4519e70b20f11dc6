"""Counts in the topic tree: an article on a topic is also on every topic above it.

Public: `count_subtrees`, `TopicNode`, `build_nodes`. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from archive.browsing.name_index import filing_position
from archive.models import Topic, TopicTree


@dataclass(frozen=True, slots=True)
class TopicNode:
    """A topic with its articles counted, those of narrower topics included."""

    topic: Topic
    count: int
    narrower: tuple[TopicNode, ...]


def count_subtrees(
    parents: Mapping[int, int | None], pairs: Iterable[tuple[int, int]]
) -> Counter[int]:
    """Articles on each topic or below it, each article once a topic.

    *pairs* are article and topic ids, those of one article next to each other.

    >>> parents = {1: None, 2: 1, 3: 1}
    >>> count_subtrees(parents, [(10, 2), (10, 3), (11, 1)])[1]
    2
    """
    topic_sets = Counter(
        tuple(topic for _article, topic in group)
        for _article, group in groupby(pairs, key=itemgetter(0))
    )
    above = {topic: _path_to_root(parents, topic) for topic in parents}
    counts: Counter[int] = Counter()
    for topics, number in topic_sets.items():
        reached = set().union(*(above.get(topic, ()) for topic in topics))
        counts.update(dict.fromkeys(reached, number))
    return counts


def _path_to_root(parents: Mapping[int, int | None], topic: int) -> frozenset[int]:
    """The topic and all above it; stops where a damaged tree turns on itself."""
    line: set[int] = set()
    current: int | None = topic
    while current is not None and current not in line:
        line.add(current)
        current = parents.get(current)
    return frozenset(line)


def build_nodes(
    tree: TopicTree,
    topics: Iterable[Topic],
    counts: Mapping[int, int],
    *,
    language: str,
) -> tuple[TopicNode, ...]:
    """The topics that have articles, in dictionary order, over their narrower ones."""
    kept = [topic for topic in topics if counts.get(topic.pk)]
    kept.sort(
        key=lambda topic: filing_position(topic.label(language), language=language)
    )
    return tuple(
        TopicNode(
            topic,
            counts[topic.pk],
            build_nodes(tree, tree.children(topic.pk), counts, language=language),
        )
        for topic in kept
    )
