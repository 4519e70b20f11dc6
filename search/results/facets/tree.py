"""The topics of a facet as a tree: narrower ones below broader ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from archive.models import TopicTree
from search.results.facets.model import Bucket


def order_as_tree(
    buckets: Sequence[Bucket], found: Collection[Bucket], tree: TopicTree
) -> list[Bucket]:
    """Those *found* among the *buckets* of topics, and what is above them, as a tree.

    Topics on one level stay in the order of *buckets*; each knows its ``depth``. What
    is no topic, as “not stated”, comes last.
    """
    ids = {topic.slug: topic.pk for topic in tree.by_id.values()}
    by_id = {ids[each.value]: each for each in buckets if each.value in ids}
    wanted = {
        topic.pk
        for each in found
        if each.value in ids
        for topic in tree.path(ids[each.value])
    }
    # The nearest broader topic that has a bucket: all have, but for gaps in the index.
    below: dict[int | None, list[int]] = {}
    for topic_id in by_id:
        if topic_id in wanted:
            above = [topic.pk for topic in tree.path(topic_id)[:-1]]
            parent = next((pk for pk in reversed(above) if pk in by_id), None)
            below.setdefault(parent, []).append(topic_id)

    def walk(parent: int | None, depth: int) -> Iterator[Bucket]:
        for topic_id in below.get(parent, ()):
            yield replace(by_id[topic_id], depth=depth)
            yield from walk(topic_id, depth + 1)

    return [*walk(None, 0), *(each for each in found if each.value not in ids)]
