"""A rebuild: a whole new index from the database, beside the live one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final

from archive.models import Article, iter_id_batches
from search.engines.contract import Document
from search.engines.haystack_documents import prepare_documents
from search.indexing.connections import SITE, find_engine, list_indexes
from search.indexing.harvest import note_changes
from search.indexing.lock import indexer_lock
from search.indexing.outbox import acknowledge, list_articles, list_row_ids

# Objects fetched in one go, articles with their catalogue.
BATCH: Final = 1000


def rebuild(
    *, using: str = SITE, progress: Callable[[int], object] | None = None
) -> int:
    """Index all models that the connection *using* declares and publish the new index.

    Waits for the indexer's lock. Returns the number of documents. Rows that are added
    meanwhile stay in the outbox. *progress* is called with the size of each batch.
    """
    with indexer_lock(wait=True):
        # Rows that exist before the first article is read are covered by the rebuild.
        covered = list_row_ids()
        count = find_engine(using).build(_iter_batches(using, progress))
        if using == SITE:
            note_changes(list_articles(covered))
            acknowledge(covered)
    return count


def count_objects(using: str) -> int:
    """The number of objects that a rebuild of the connection *using* will read."""
    return sum(
        index.index_queryset(using=using).count() for index in list_indexes(using)
    )


def _iter_batches(
    using: str, progress: Callable[[int], object] | None
) -> Iterator[Iterator[Document]]:
    for index in list_indexes(using):
        objects = index.index_queryset(using=using).order_by("pk")
        ids = objects.values_list("pk", flat=True).iterator(chunk_size=BATCH)
        for batch in _iter_id_batches(objects.model, ids):
            yield prepare_documents(index, objects.filter(pk__in=batch))
            if progress:
                progress(len(batch))


def _iter_id_batches(model: Any, ids: Iterator[int]) -> Iterator[list[int]]:
    if model is Article:
        yield from iter_id_batches(ids, most=BATCH)
        return
    while batch := list(islice(ids, BATCH)):
        yield batch
