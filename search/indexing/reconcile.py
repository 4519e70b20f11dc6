"""Comparison of the index with the database, and its repair.

Articles that are saved meanwhile are no differences: each candidate is compared again
under the indexer's lock, when an article that the index has not as the database has it
either waits in the outbox or was missed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from archive.models import Article, iter_id_batches
from search.fields import ARTICLE_ID, DOCUMENT_HASH
from search.indexing import outbox
from search.indexing.connections import site_engine
from search.indexing.documents import indexed_articles, iter_documents, iter_published
from search.indexing.indexer import drain, try_index_now
from search.indexing.lock import IndexerBusy, indexer_lock

# Articles read with their texts in one query.
BATCH: Final = 500
# Candidates compared while the indexer is stopped, and rows enqueued, at a time.
CONFIRM_BATCH: Final = 5_000
RECORD_FILE: Final = "last-reconcile.json"

# An article's id and the hash of its document.
Hashed = tuple[int, int]
Progress = Callable[[int], object]


class Difference(Enum):
    """How an article's document differs from the database."""

    MISSING = "missing"  # published, without a document
    STALE = "stale"  # the document is of an earlier state
    SURPLUS = "surplus"  # has a document, but is deleted or not published


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The numbers of published articles and of documents, and how they differ.

    ``waiting`` counts rows of the outbox, which are no differences. ``current`` tells
    whether the index is of this version of the code. The rest are article ids,
    ascending.
    """

    articles: int
    documents: int
    waiting: int
    current: bool
    missing: tuple[int, ...] = ()
    stale: tuple[int, ...] = ()
    surplus: tuple[int, ...] = ()

    def list_differing(self) -> list[int]:
        """The ids of all articles that differ, ascending."""
        return sorted({*self.missing, *self.stale, *self.surplus})


@dataclass(frozen=True, slots=True)
class Record:
    """The counts of the last reconciliation, and when it ended."""

    finished_at: datetime
    articles: int
    missing: int
    stale: int
    surplus: int
    repaired: bool


def reconcile(*, progress: Progress | None = None) -> Reconciliation:
    """Compare every article with its document; *progress* is called with batch sizes.

    Memory holds the texts of one batch, and an id for each difference. Raises
    IndexUnavailable.
    """
    status = site_engine().status()
    counter = _Counter(progress)
    index = site_engine().iter_hashes()
    differences = iter_differences(_hash_published(counter.add), index)
    found = confirm(article_id for _, article_id in differences)
    return Reconciliation(
        articles=counter.count,
        documents=status.documents,
        waiting=outbox.count_rows(),
        current=status.current,
        **{kind.value: tuple(found[kind]) for kind in Difference},
    )


class _Counter:
    def __init__(self, progress: Progress | None) -> None:
        self.count = 0
        self._progress = progress

    def add(self, number: int) -> None:
        self.count += number
        if self._progress:
            self._progress(number)


def iter_differences(
    database: Iterable[Hashed], index: Iterable[Hashed]
) -> Iterator[tuple[Difference, int]]:
    """The articles in which *database* and *index* differ, both ascending by id.

    >>> differences = iter_differences(
    ...     [(1, 10), (2, 20), (4, 40)], [(1, 10), (2, 21), (3, 30)])
    >>> [(kind.value, article_id) for kind, article_id in differences]
    [('stale', 2), ('surplus', 3), ('missing', 4)]
    """
    documents = iter(index)
    document = next(documents, None)
    for article_id, article_hash in database:
        while document and document[0] < article_id:
            yield Difference.SURPLUS, document[0]
            document = next(documents, None)
        if document is None or document[0] > article_id:
            yield Difference.MISSING, article_id
            continue
        if document[1] != article_hash:
            yield Difference.STALE, article_id
        document = next(documents, None)
    while document:
        yield Difference.SURPLUS, document[0]
        document = next(documents, None)


def _hash_published(on_batch: Progress) -> Iterator[Hashed]:
    for batch in iter_id_batches(_iter_published_ids(), most=BATCH):
        articles = list(indexed_articles(batch).order_by("pk"))
        yield from _hash_all(articles)
        on_batch(len(articles))


def _iter_published_ids() -> Iterator[int]:
    """The ids of published articles, ascending, without a cursor that stays open."""
    ids = Article.objects.published().order_by("pk").values_list("pk", flat=True)
    following = ids
    while batch := list(following[:BATCH]):
        yield from batch
        following = ids.filter(pk__gt=batch[-1])


def _hash_all(articles: Iterable[Article]) -> Iterator[Hashed]:
    for document in iter_documents(articles):
        yield document[ARTICLE_ID], document[DOCUMENT_HASH]


def confirm(candidates: Iterable[int]) -> dict[Difference, list[int]]:
    """Those of these articles that differ and do not wait to be indexed, ascending.

    Holds the indexer's lock for a batch at a time. Raises IndexUnavailable.
    """
    found: dict[Difference, list[int]] = {kind: [] for kind in Difference}
    ordered = sorted(set(candidates))
    for start in range(0, len(ordered), CONFIRM_BATCH):
        batch = set(ordered[start : start + CONFIRM_BATCH])
        with indexer_lock(wait=True):
            differing = list(_compare(batch))
            # Read last: an article saved before the comparison has a row by now, and
            # no row is deleted while the lock is held.
            waiting = outbox.find_waiting(batch)
        for kind, article_id in differing:
            if article_id not in waiting:
                found[kind].append(article_id)
        # A process that saved meanwhile has found the indexer busy.
        try_index_now()
    return found


def _compare(article_ids: Collection[int]) -> Iterator[tuple[Difference, int]]:
    index = (pair for pair in site_engine().iter_hashes() if pair[0] in article_ids)
    return iter_differences(_hash_all(iter_published(article_ids)), index)


def repair(article_ids: Iterable[int], *, progress: Progress | None = None) -> None:
    """Enqueue these articles and drain the outbox, or wait until others have.

    After an error the rows stay, so that the indexer tries again. *progress* is called
    with numbers of rows. Raises IndexUnavailable.
    """
    ordered = sorted(article_ids)
    for start in range(0, len(ordered), CONFIRM_BATCH):
        outbox.enqueue(ordered[start : start + CONFIRM_BATCH])
    while not outbox.is_empty():
        try:
            drain(progress=progress)
        except IndexerBusy:
            with indexer_lock(wait=True):
                pass  # The other process may have indexed them all.


def write_record(found: Reconciliation, *, repaired: bool) -> None:
    """Record the outcome for the status page, in place of the last one."""
    record = Record(
        finished_at=timezone.now(),
        articles=found.articles,
        missing=len(found.missing),
        stale=len(found.stale),
        surplus=len(found.surplus),
        repaired=repaired,
    )
    values = {**asdict(record), "finished_at": record.finished_at.isoformat()}
    new = _record_path().with_suffix(".new")
    new.write_text(json.dumps(values, indent=2) + "\n", "utf-8")
    new.replace(_record_path())


def read_record() -> Record | None:
    """The outcome of the last reconciliation; ``None`` where no file can be read."""
    try:
        values: dict[str, Any] = json.loads(_record_path().read_text("utf-8"))
        values["finished_at"] = datetime.fromisoformat(values["finished_at"])
        return Record(**values)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _record_path() -> Path:
    return Path(settings.DATA_DIR) / RECORD_FILE
