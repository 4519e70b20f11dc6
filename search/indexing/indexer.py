"""The indexer: brings the index up to what the outbox asks for, one process at a time.

Whoever saves an article tries to run it at once; ``manage.py index_worker`` runs it
all the time. Rows leave the outbox only after the index has committed what they ask
for, so that a crash at any point means work done twice, never work left out.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError

from archive.models import Article
from search.errors import IndexUnavailable
from search.indexing import outbox
from search.indexing.connections import site_engine
from search.indexing.documents import (
    build_identifier,
    find_published,
    iter_articles,
    iter_documents,
)
from search.indexing.lock import IndexerBusy, indexer_lock
from search.models import OutboxEntry

log = logging.getLogger(__name__)

# Articles a commit: in the saving process few, so that an editor does not wait;
# otherwise enough that the cost of a commit is spread.
BATCH_WHILE_SAVING: Final = 200
# Seconds after which the saving process begins no further batch: while others go on
# saving the outbox is never empty, and whose turn it is would wait for all of them.
SECONDS_WHILE_SAVING: Final = 0.5
BATCH: Final = 5_000


@dataclass(frozen=True, slots=True)
class Drained:
    """How many articles were indexed and how many were taken out."""

    indexed: int = 0
    removed: int = 0

    def plus(self, other: Drained) -> Drained:
        """What both did."""
        return Drained(self.indexed + other.indexed, self.removed + other.removed)


def drain(*, progress: Callable[[int], object] | None = None) -> Drained:
    """Index what the outbox asks for until it is empty.

    *progress* is called with the number of rows of each batch. Raises
    IndexerBusy when another process is at it, and IndexUnavailable.
    """
    total = Drained()
    # Asked once more without the lock: who saved while it was held has left the
    # row to us.
    while not outbox.is_empty():
        with indexer_lock():
            for done, rows in _drain_batches():
                total = total.plus(done)
                if progress:
                    progress(rows)
    return total


def _drain_batches() -> Iterator[tuple[Drained, int]]:
    """What was done for each batch, and of how many rows; who calls holds the lock."""
    while rows := outbox.first_rows(BATCH):
        yield _index_rows(rows, merge_all=True), len(rows)


def _index_rows(rows: list[OutboxEntry], *, merge_all: bool) -> Drained:
    if not rows:
        return Drained()
    done = _index_batch({row.article_id for row in rows}, merge_all=merge_all)
    outbox.acknowledge([row.pk for row in rows])
    return done


def _index_batch(article_ids: set[int], *, merge_all: bool) -> Drained:
    """Make the index show these articles as the database has them.

    One that is withdrawn after the look at which are published has a row of its own
    in the outbox, which comes later.
    """
    _check_that_none_is_left_out()
    published = find_published(article_ids)
    deleted = article_ids - published
    site_engine().apply(
        iter_documents(iter_articles(published)),
        map(build_identifier, deleted),
        merge_all=merge_all,
    )
    return Drained(len(published), len(deleted))


def _check_that_none_is_left_out() -> None:
    """Raise IndexUnavailable where there is no index and these are not all articles.

    An index made of a few articles would pass for the whole archive.
    """
    try:
        site_engine().status()
    except IndexUnavailable:
        waiting = OutboxEntry.objects.values("article_id")
        if Article.objects.published().exclude(pk__in=waiting).exists():
            raise


def try_index_now() -> None:
    """Index some of the outbox in the saving process, unless another process is at it.

    A failure is logged and changes nothing for who saved: the article and its row
    in the outbox are safe, and the next run of the indexer tries again.
    """
    until = time.monotonic() + SECONDS_WHILE_SAVING
    with _leaving_the_rest():
        # Until none waits, for others may have saved meanwhile and left it to us.
        while not outbox.is_empty():
            is_backlog = _index_some() == BATCH_WHILE_SAVING
            if is_backlog or time.monotonic() >= until:
                break  # The rest is not for an editor to wait for.


def _index_some() -> int:
    """How many rows of the outbox were indexed: a small batch at most."""
    with indexer_lock():
        rows = outbox.first_rows(BATCH_WHILE_SAVING)
        _index_rows(rows, merge_all=False)
    return len(rows)


def try_index_all() -> None:
    """Like ``try_index_now``, to the end: after an import."""
    with _leaving_the_rest():
        drain()


@contextmanager
def _leaving_the_rest() -> Iterator[None]:
    try:
        yield
    except IndexerBusy:
        log.debug("Another process is indexing; the outbox is left to it.")
    except (IndexUnavailable, OSError, DatabaseError) as error:
        log.error(
            "The index could not be written; the articles wait in the outbox: %s", error
        )
