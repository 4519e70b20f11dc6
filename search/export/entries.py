"""Articles with all that a record of them says, read a batch at a time.

Public: `Entry`, `iter_entries`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db.models import prefetch_related_objects

from archive.importing.records.interchange import RECORD_PREFETCH
from archive.models import Article, TopicTree

# Articles in memory at a time. A long one has some hundred thousand characters.
BATCH: Final = 250


@dataclass(frozen=True, slots=True)
class Entry:
    """An article and the tree in which its topics stand."""

    article: Article
    topics: TopicTree


def iter_entries(articles: Iterable[Article]) -> Iterator[Entry]:
    """The articles in the same order, with their catalogue fetched along."""
    remaining = iter(articles)
    while batch := list(islice(remaining, BATCH)):
        prefetch_related_objects(batch, "source", *RECORD_PREFETCH)
        # Read after the articles, so that it has every topic that they name.
        tree = TopicTree.load()
        for article in batch:
            yield Entry(article, tree)
