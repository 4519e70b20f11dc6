"""Entries of an export: articles with their relations, read in batches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db.models import prefetch_related_objects

from archive.importing.records.interchange import RECORD_PREFETCH
from archive.models import Article, TopicTree

# Articles in memory at a time; some have hundreds of thousands of characters.
BATCH: Final = 250


@dataclass(frozen=True, slots=True)
class Entry:
    """An article and the tree of its topics."""

    article: Article
    topics: TopicTree


def iter_entries(articles: Iterable[Article]) -> Iterator[Entry]:
    """*articles* in the same order, with all relations of a record prefetched."""
    remaining = iter(articles)
    while batch := list(islice(remaining, BATCH)):
        prefetch_related_objects(batch, "source", *RECORD_PREFETCH)
        # Read after the articles, so that it has all their topics.
        tree = TopicTree.load()
        for article in batch:
            yield Entry(article, tree)
