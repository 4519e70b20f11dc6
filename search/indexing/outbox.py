"""Every change of the archive leaves a note for the indexer, in the same transaction.

Changes reach the outbox by Django's signals for single rows and by
``articles_written`` for bulk writes, which send none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from search.models import OutboxEntry

INSERT_BATCH = 1000
# Numbers in one DELETE; SQLite takes no more than 32,766 of them.
DELETE_BATCH = 500


def enqueue(article_ids: Iterable[int]) -> None:
    """Note that these articles must be indexed, and try to after the commit."""
    if enqueue_rows(article_ids):
        transaction.on_commit(_index_soon)


def enqueue_rows(article_ids: Iterable[int]) -> bool:
    entries = [OutboxEntry(article_id=pk) for pk in dict.fromkeys(article_ids)]
    OutboxEntry.objects.bulk_create(entries, batch_size=INSERT_BATCH)
    return bool(entries)


def acknowledge(entries: Sequence[int]) -> None:
    """Delete the rows with these numbers, and no other.

    By number and never up to one: a transaction that began earlier may commit a row
    with a lower number later.
    """
    for start in range(0, len(entries), DELETE_BATCH):
        OutboxEntry.objects.filter(
            pk__in=entries[start : start + DELETE_BATCH]
        ).delete()


def _index_soon() -> None:
    from search.indexing.indexer import try_index_now

    try_index_now()
