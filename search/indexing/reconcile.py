"""Compares the index with the database: `reconcile`, `repair`, `last_record`.

What a save changes meanwhile is no difference: whatever seems to be one is looked at
again with the indexer stopped, when an article that the index does not show as it is
either waits in the outbox or is known to nobody.
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

from archive.models import Article
from search.fields import ARTICLE_ID, DOCUMENT_HASH
from search.indexing import outbox
from search.indexing.connections import site_engine
from search.indexing.documents import indexed_articles, iter_articles, iter_documents
from search.indexing.indexer import drain, try_index_now
from search.indexing.lock import IndexerBusy, indexer_lock

# Articles fetched with their texts in one go.
BATCH: Final = 500
# Suspects looked at while the indexer is stopped, and rows queued at a time.
CONFIRM_BATCH: Final = 5_000
RECORD_FILE: Final = "last-reconcile.json"

# An article's number and the hash of its document.
Hashed = tuple[int, int]
Progress = Callable[[int], object]


class Difference(Enum):
    """How the index is not as the database."""

    MISSING = "missing"  # published, and not in the index
    STALE = "stale"  # in the index as it was, not as it is
    SURPLUS = "surplus"  # in the index, and deleted or not published


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What was found: ``articles`` are published, ``documents`` in the index.

    ``waiting`` rows of the outbox are no differences. ``current`` is whether the
    index is of this version of the code.
    """

    articles: int
    documents: int
    waiting: int
    current: bool
    missing: tuple[int, ...] = ()
    stale: tuple[int, ...] = ()
    surplus: tuple[int, ...] = ()

    def list_differing(self) -> list[int]:
        """The numbers of all articles that differ, ascending."""
        return sorted({*self.missing, *self.stale, *self.surplus})


@dataclass(frozen=True, slots=True)
class Record:
    """The last reconciliation: when it ended, and counts."""

    finished_at: datetime
    articles: int
    missing: int
    stale: int
    surplus: int
    repaired: bool


def reconcile(*, progress: Progress | None = None) -> Reconciliation:
    """Compare every article with its document; *progress* is called with batch sizes.

    Keeps one number in memory for each difference, and the texts of one batch.
    Raises IndexUnavailable and IndexerBusy.
    """
    status = site_engine().status()
    seen = _Counter(progress)
    index = site_engine().iter_hashes()
    suspects = [
        article_id
        for _, article_id in iter_differences(_iter_published(seen.add), index)
    ]
    found = confirm(suspects)
    return Reconciliation(
        articles=seen.count,
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
    """The articles in which two ascending lists of them differ.

    >>> [(kind.value, at) for kind, at in iter_differences(
    ...     [(1, 10), (2, 20), (4, 40)], [(1, 10), (2, 21), (3, 30)])]
    [('stale', 2), ('surplus', 3), ('missing', 4)]
    """
    documents = iter(index)
    held = next(documents, None)
    for article_id, wanted in database:
        while held and held[0] < article_id:
            yield Difference.SURPLUS, held[0]
            held = next(documents, None)
        if held is None or held[0] > article_id:
            yield Difference.MISSING, article_id
            continue
        if held[1] != wanted:
            yield Difference.STALE, article_id
        held = next(documents, None)
    while held:
        yield Difference.SURPLUS, held[0]
        held = next(documents, None)


def _iter_published(on_batch: Progress) -> Iterator[Hashed]:
    queryset = indexed_articles().order_by("pk")
    following = queryset
    while batch := list(following[:BATCH]):
        yield from _hash_all(batch)
        on_batch(len(batch))
        following = queryset.filter(pk__gt=batch[-1].pk)


def _hash_all(articles: Iterable[Article]) -> Iterator[Hashed]:
    for document in iter_documents(articles):
        yield document[ARTICLE_ID], document[DOCUMENT_HASH]


def confirm(suspects: Iterable[int]) -> dict[Difference, list[int]]:
    """Which of these articles differ from the index, and do not wait to be indexed.

    Takes the indexer's lock for a batch at a time. Raises IndexerBusy where another
    process does not give it back, and IndexUnavailable.
    """
    found: dict[Difference, list[int]] = {kind: [] for kind in Difference}
    ordered = sorted(set(suspects))
    for start in range(0, len(ordered), CONFIRM_BATCH):
        batch = set(ordered[start : start + CONFIRM_BATCH])
        with indexer_lock(wait=True):
            differing = list(_compare_some(batch))
            # Read last: who saved before the comparison has left a row, and no row
            # goes while the lock is held.
            waiting = outbox.find_waiting(batch)
        for kind, article_id in differing:
            if article_id not in waiting:
                found[kind].append(article_id)
        # Who saved meanwhile has found the indexer busy.
        try_index_now()
    return found


def _compare_some(wanted: Collection[int]) -> Iterator[tuple[Difference, int]]:
    index = (pair for pair in site_engine().iter_hashes() if pair[0] in wanted)
    database = sorted(_hash_all(iter_articles(wanted)))
    yield from iter_differences(database, index)


def repair(article_ids: Iterable[int], *, progress: Progress | None = None) -> None:
    """Index these articles anew, through the outbox, and wait until it is empty.

    What the indexer cannot do now it does later, for the rows stay. *progress* is
    called with numbers of rows. Raises IndexUnavailable and IndexerBusy.
    """
    ordered = sorted(article_ids)
    for start in range(0, len(ordered), CONFIRM_BATCH):
        outbox.enqueue(ordered[start : start + CONFIRM_BATCH])
    while not outbox.is_empty():
        try:
            drain(progress=progress)
        except IndexerBusy:
            with indexer_lock(wait=True):
                pass  # Wait for the other one, which may have done it all.


def keep_record(found: Reconciliation, *, repaired: bool) -> None:
    """Note the outcome for the status page, in the place of the one before."""
    record = Record(
        finished_at=timezone.now(),
        articles=found.articles,
        missing=len(found.missing),
        stale=len(found.stale),
        surplus=len(found.surplus),
        repaired=repaired,
    )
    written = json.dumps(
        {**asdict(record), "finished_at": record.finished_at.isoformat()}, indent=2
    )
    new = _record_path().with_suffix(".new")
    new.write_text(written + "\n", "utf-8")
    new.replace(_record_path())


def last_record() -> Record | None:
    """The outcome of the last reconciliation; ``None`` where there is none to read."""
    try:
        kept: dict[str, Any] = json.loads(_record_path().read_text("utf-8"))
        kept["finished_at"] = datetime.fromisoformat(kept["finished_at"])
        return Record(**kept)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _record_path() -> Path:
    return Path(settings.DATA_DIR) / RECORD_FILE
