"""Builds the whole index anew beside the live one, from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from search.indexing.engine import article_index, site_engine
from search.indexing.lock import indexer_lock
from search.indexing.outbox import forget
from search.models import OutboxEntry

# Articles fetched with their catalogue in one go.
BATCH: Final = 1000


def rebuild(*, progress: Callable[[int], object] | None = None) -> int:
    """Index every published article anew and put the new index in use.

    Returns how many documents it holds. Changes made meanwhile wait in the outbox
    and are indexed at the end. *progress* is called with the size of each batch.
    """
    with indexer_lock(wait=True):
        # What changes after this line is indexed after the swap; what changed before
        # it is in the database that the new index is made from.
        covered = list(OutboxEntry.objects.values_list("pk", flat=True))
        count = site_engine().build(_iter_batches(progress))
        forget(covered)
    return count


def _iter_batches(
    progress: Callable[[int], object] | None,
) -> Iterator[Iterator[dict[str, Any]]]:
    index = article_index()
    ids = index.index_queryset().order_by("pk").values_list("pk", flat=True)
    for batch in _batched(ids.iterator(chunk_size=BATCH)):
        articles = index.index_queryset().filter(pk__in=batch).order_by("pk")
        yield index.prepare_all(articles)
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
