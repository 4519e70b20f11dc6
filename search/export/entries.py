"""Entries of an export: articles with their relations, read in batches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import prefetch_related_objects

from archive.importing.records.interchange import record_prefetch
from archive.models import BATCH_CHARACTERS, Article, TopicTree

# Articles in memory at a time.
BATCH: Final = 250


@dataclass(frozen=True, slots=True)
class Entry:
    """An article and the tree of its topics."""

    article: Article
    topics: TopicTree


def iter_entries(articles: Iterable[Article]) -> Iterator[Entry]:
    """*articles* in the same order, with all relations of a record prefetched."""
    for batch in _iter_batches(articles):
        prefetch_related_objects(batch, "source", *record_prefetch())
        # Read after the articles, so that it has all their topics.
        tree = TopicTree.load()
        for article in batch:
            yield Entry(article, tree)


def _iter_batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.body)
        if len(batch) == BATCH or characters > BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
