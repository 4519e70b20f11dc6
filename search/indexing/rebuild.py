"""Builds a whole index anew beside the live one, from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from search.engines.contract import Document
from search.engines.haystack_documents import prepare_documents
from search.indexing.connections import SITE, find_engine, list_indexes
from search.indexing.lock import indexer_lock
from search.indexing.outbox import acknowledge, list_row_ids

# Objects fetched in one go, articles with their catalogue.
BATCH: Final = 1000


def rebuild(
    *, using: str = SITE, progress: Callable[[int], object] | None = None
) -> int:
    """Index all that the connection *using* declares and put the new index in use.

    Returns how many documents it holds. Changes made meanwhile wait in the outbox
    and are indexed at the end. *progress* is called with the size of each batch.
    """
    with indexer_lock(wait=True):
        # What changes after this line is indexed after the swap; what changed before
        # it is in the database that the new index is made from.
        covered = list_row_ids()
        count = find_engine(using).build(_iter_batches(using, progress))
        if using == SITE:
            acknowledge(covered)
    return count


def count_objects(using: str) -> int:
    """How many objects a rebuild of the connection *using* will read."""
    return sum(
        index.index_queryset(using=using).count() for index in list_indexes(using)
    )


def _iter_batches(
    using: str, progress: Callable[[int], object] | None
) -> Iterator[Iterator[Document]]:
    for index in list_indexes(using):
        ids = (
            index.index_queryset(using=using)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        for batch in _batched(ids.iterator(chunk_size=BATCH)):
            found = index.index_queryset(using=using).filter(pk__in=batch)
            yield prepare_documents(index, found.order_by("pk"))
            if progress:
                progress(len(batch))


def _batched(ids: Iterator[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for pk in ids:
        batch.append(pk)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
