"""Counts in the topic tree: an article on a topic counts for all its ancestors.

Pure functions of rows that the caller loads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from archive.browsing.name_index import filing_position, fold_name
from archive.models import Topic, TopicTree


@dataclass(frozen=True, slots=True)
class TopicNode:
    """A topic with the number of its articles, those of its descendants included."""

    topic: Topic
    count: int
    narrower: tuple[TopicNode, ...]


def narrow_nodes(nodes: Iterable[TopicNode], text: str) -> tuple[TopicNode, ...]:
    """The nodes whose name has every word of *text*, each with all that is below it.

    Broader topics stay above those that are kept. An empty text keeps all.

    >>> press = Topic(name_ar="الصحافة", name_latin="Press")
    >>> node = TopicNode(Topic(name_ar="الثقافة"), 3, (TopicNode(press, 1, ()),))
    >>> narrow_nodes([node], "صحافه") == (node,), narrow_nodes([node], "طب")
    (True, ())
    """
    words = fold_name(text).split()
    kept = []
    for node in nodes:
        narrower = node.narrower
        if not _has_words(node.topic, words):
            narrower = narrow_nodes(narrower, text)
            if not narrower:
                continue
        kept.append(replace(node, narrower=narrower))
    return tuple(kept)


def _has_words(topic: Topic, words: list[str]) -> bool:
    names = fold_name(topic.name_ar), fold_name(topic.name_latin)
    return any(all(word in name for word in words) for name in names)


def count_subtrees(
    parents: Mapping[int, int | None], pairs: Iterable[tuple[int, int]]
) -> Counter[int]:
    """The number of distinct articles on each topic or its descendants, by topic id.

    *parents* maps topic ids to those of their parents. *pairs* are article and topic
    ids, grouped by article.

    >>> parents = {1: None, 2: 1, 3: 1}
    >>> count_subtrees(parents, [(10, 2), (10, 3), (11, 1)])[1]
    2
    """
    topic_sets = Counter(
        tuple(topic for _article, topic in group)
        for _article, group in groupby(pairs, key=itemgetter(0))
    )
    paths = {topic: _path_to_root(parents, topic) for topic in parents}
    counts: Counter[int] = Counter()
    for topics, number in topic_sets.items():
        counted = set().union(*(paths.get(topic, ()) for topic in topics))
        counts.update(dict.fromkeys(counted, number))
    return counts


def _path_to_root(parents: Mapping[int, int | None], topic: int) -> frozenset[int]:
    """The topic and its ancestors; ends where a damaged tree has a cycle."""
    path: set[int] = set()
    current: int | None = topic
    while current is not None and current not in path:
        path.add(current)
        current = parents.get(current)
    return frozenset(path)


def build_nodes(
    tree: TopicTree,
    topics: Iterable[Topic],
    counts: Mapping[int, int],
    *,
    language: str,
    by_articles: bool = False,
) -> tuple[TopicNode, ...]:
    """Nodes of those *topics* that have articles, each with its subtree.

    They are sorted by name; *by_articles*, those with most articles come first.
    """
    with_articles = [topic for topic in topics if counts.get(topic.pk)]
    with_articles.sort(
        key=lambda topic: filing_position(topic.label(language), language=language)
    )
    if by_articles:
        with_articles.sort(key=lambda topic: -counts[topic.pk])
    return tuple(
        TopicNode(
            topic,
            counts[topic.pk],
            build_nodes(
                tree,
                tree.children(topic.pk),
                counts,
                language=language,
                by_articles=by_articles,
            ),
        )
        for topic in with_articles
    )
