"""The outbox table: articles that the index does not show as the database has them.

This module only adds, lists and deletes rows: ``signals`` calls it for changes, and
the ``indexer`` applies the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils import timezone

from archive.insertion import insert_values
from search.models import OutboxEntry

# Values in one SQL statement; SQLite takes no more than 32,766.
QUERY_BATCH: Final = 500


def enqueue(article_ids: Iterable[int]) -> bool:
    """Add a row for each of these articles; returns whether there are any.

    Call it in the transaction that changes the articles.
    """
    ids = list(dict.fromkeys(article_ids))
    now = timezone.now()
    insert_values(OutboxEntry, {"article_id": ids, "queued_at": [now] * len(ids)})
    return bool(ids)


def is_empty() -> bool:
    """Whether the index is up to date."""
    return not OutboxEntry.objects.exists()


def count_rows() -> int:
    """The number of rows; an article may have several."""
    return OutboxEntry.objects.count()


def first_rows(limit: int) -> list[OutboxEntry]:
    """The oldest rows, at most *limit*."""
    return list(OutboxEntry.objects.order_by("pk")[:limit])


def list_row_ids() -> list[int]:
    """The primary keys of all rows, for `acknowledge`."""
    return list(OutboxEntry.objects.values_list("pk", flat=True))


def list_articles(row_ids: Sequence[int]) -> set[int]:
    """The articles of the rows with these primary keys."""
    return {
        article_id
        for start in range(0, len(row_ids), QUERY_BATCH)
        for article_id in OutboxEntry.objects.filter(
            pk__in=row_ids[start : start + QUERY_BATCH]
        ).values_list("article_id", flat=True)
    }


def find_waiting(article_ids: Iterable[int]) -> set[int]:
    """Those of these articles that have a row."""
    ordered = sorted(article_ids)
    return {
        article_id
        for start in range(0, len(ordered), QUERY_BATCH)
        for article_id in OutboxEntry.objects.filter(
            article_id__in=ordered[start : start + QUERY_BATCH]
        ).values_list("article_id", flat=True)
    }


def acknowledge(row_ids: Sequence[int]) -> None:
    """Delete the rows with these primary keys.

    A range of keys would not do: a transaction that began earlier may commit a row
    with a lower key later.
    """
    for start in range(0, len(row_ids), QUERY_BATCH):
        OutboxEntry.objects.filter(pk__in=row_ids[start : start + QUERY_BATCH]).delete()
