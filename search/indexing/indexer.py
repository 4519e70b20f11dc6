"""The indexer: applies the rows of the outbox to the index, in one process at a time.

A saving process tries to run it after its commit; ``manage.py index_worker`` runs it
all the time. Rows are acknowledged after the commit of the index, so that a crash at
any point repeats work and never leaves any out.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Self

from django.db import DatabaseError, transaction

from archive.models import Article
from search.errors import IndexUnavailable
from search.indexing import outbox
from search.indexing.agreement import refuse_foreign_index
from search.indexing.connections import site_engine
from search.indexing.documents import (
    build_identifier,
    find_published,
    iter_documents,
    iter_published,
)
from search.indexing.harvest import note_changes
from search.indexing.lock import IndexerBusy, indexer_lock
from search.indexing.wakeup import wake_indexer
from search.models import OutboxEntry

log = logging.getLogger(__name__)

# Rows a commit. Large, so that the cost of a commit is spread.
BATCH: Final = 5_000
# Small, because an editor waits for it.
BATCH_WHILE_SAVING: Final = 200
# A saving process begins no further batch after these seconds: while others go on
# saving, the outbox is never empty.
SECONDS_WHILE_SAVING: Final = 0.5


@dataclass(frozen=True, slots=True)
class DrainResult:
    """How many articles were indexed, and how many were removed from the index."""

    indexed: int = 0
    removed: int = 0

    def __add__(self, other: Self) -> DrainResult:
        return DrainResult(self.indexed + other.indexed, self.removed + other.removed)


def drain(*, progress: Callable[[int], object] | None = None) -> DrainResult:
    """Index in batches until the outbox is empty.

    *progress* is called with the number of rows of each batch. Raises IndexerBusy
    where another process is indexing, and IndexUnavailable.
    """
    total = DrainResult()
    # Looked at again without the lock: a process that saved while it was held has left
    # its rows to this one.
    while not outbox.is_empty():
        with indexer_lock():
            for result, row_count in _drain_batches():
                total += result
                if progress:
                    progress(row_count)
    return total


def _drain_batches() -> Iterator[tuple[DrainResult, int]]:
    """The result and the number of rows of each batch. Needs the indexer's lock."""
    while rows := outbox.first_rows(BATCH):
        # Of a few somebody may be waiting for: they wait for no large merge.
        is_backlog = len(rows) > BATCH_WHILE_SAVING
        yield _index_rows(rows, merge_all=is_backlog), len(rows)


def _index_rows(rows: list[OutboxEntry], *, merge_all: bool) -> DrainResult:
    if not rows:
        return DrainResult()
    article_ids = {row.article_id for row in rows}
    result = _index_articles(article_ids, merge_all=merge_all)
    # One transaction, because each waits in the queue of those who save.
    with transaction.atomic():
        note_changes(article_ids)
        outbox.acknowledge([row.pk for row in rows])
    return result


def _index_articles(article_ids: set[int], *, merge_all: bool) -> DrainResult:
    """Make the index agree with the database on these articles, in one commit.

    An article withdrawn after `find_published` has another, later row in the outbox.
    """
    _refuse_partial_index()
    published = find_published(article_ids)
    deleted = article_ids - published
    site_engine().apply(
        iter_documents(iter_published(published)),
        map(build_identifier, deleted),
        merge_all=merge_all,
    )
    return DrainResult(len(published), len(deleted))


def _refuse_partial_index() -> None:
    """Raise IndexUnavailable where there is no index and not all articles wait.

    An index of a few articles would pass for one of the whole archive. So would one of
    another archive with these articles added.
    """
    try:
        status = site_engine().status()
    except IndexUnavailable:
        waiting = OutboxEntry.objects.values("article_id")
        if Article.objects.published().exclude(pk__in=waiting).exists():
            raise
        return
    refuse_foreign_index(status)


def try_index_now() -> None:
    """Leave what was saved to the indexer; without one, index it in this process.

    A failure is only logged: the article and its row are committed, and the next run
    of the indexer tries again.
    """
    if wake_indexer():
        return
    deadline = time.monotonic() + SECONDS_WHILE_SAVING
    with leaving_rows_on_failure():
        # Others may have saved meanwhile and left their rows to this process.
        while not outbox.is_empty():
            is_backlog = _index_small_batch() == BATCH_WHILE_SAVING
            if is_backlog or time.monotonic() >= deadline:
                break


def _index_small_batch() -> int:
    """Index at most BATCH_WHILE_SAVING rows; returns how many."""
    with indexer_lock():
        rows = outbox.first_rows(BATCH_WHILE_SAVING)
        _index_rows(rows, merge_all=False)
    return len(rows)


def try_index_all(progress: Callable[[int], object] | None = None) -> None:
    """Like `try_index_now`, but until the outbox is empty: after an import."""
    with leaving_rows_on_failure():
        drain(progress=progress)


@contextmanager
def leaving_rows_on_failure() -> Iterator[None]:
    """Log what keeps the index from being written; the rows stay in the outbox."""
    try:
        yield
    except IndexerBusy:
        log.debug("Another process is indexing; the outbox is left to it.")
    except (IndexUnavailable, OSError, DatabaseError) as error:
        log.error(
            "The index could not be written; the articles wait in the outbox: %s", error
        )
