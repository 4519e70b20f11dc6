"""Rows for harvesters: kept as the articles are, by whoever keeps the index so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import Final

from django.utils import timezone

from archive.models import Article, TopicTree
from search.models import HarvestRecord

# Values in one SQL statement; SQLite takes no more than 32,766.
BATCH: Final = 500


def source_set(slug: str) -> str:
    """The name of the set of a source.

    >>> source_set("al-muqtabas")
    'source:al-muqtabas'
    """
    return f"source:{slug}"


def topic_set(slug: str) -> str:
    """The name of the set of a topic."""
    return f"topic:{slug}"


def note_changes(article_ids: Iterable[int]) -> None:
    """Note that these articles have changed: published, altered, or not public now.

    Articles that have never been public leave no row. Needs the indexer's lock.
    """
    waiting = iter(sorted(set(article_ids)))
    tree = TopicTree.load()
    while batch := list(islice(waiting, BATCH)):
        _note(batch, tree)


def _note(article_ids: Collection[int], tree: TopicTree) -> None:
    now = timezone.now()
    sets = _find_sets(article_ids, tree)
    HarvestRecord.objects.bulk_create(
        [
            HarvestRecord(article_id=pk, changed_at=now, sets=names)
            for pk, names in sets.items()
        ],
        update_conflicts=True,
        unique_fields=["article_id"],
        update_fields=["changed_at", "is_deleted", "sets"],
    )
    gone = [pk for pk in article_ids if pk not in sets]
    known = HarvestRecord.objects.filter(article_id__in=gone, is_deleted=False)
    known.update(is_deleted=True, changed_at=now)


def _find_sets(article_ids: Collection[int], tree: TopicTree) -> Mapping[int, str]:
    """The sets of those of these articles that are published, by ascending id."""
    published = Article.objects.published_among(article_ids).order_by("pk")
    sources = dict(published.values_list("pk", "source__slug"))
    links = Article.topics.through.objects.filter(article_id__in=sources)
    topics: defaultdict[int, set[str]] = defaultdict(set)
    for article_id, topic_id in links.values_list("article_id", "topic_id"):
        path = tree.path(topic_id)
        topics[article_id].update(topic_set(topic.slug) for topic in path)
    return {
        pk: _join([source_set(slug), *sorted(topics[pk])])
        for pk, slug in sources.items()
    }


def _join(names: Iterable[str]) -> str:
    return "".join(f" {name} " for name in names)
