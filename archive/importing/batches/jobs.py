"""Running a batch to its end: begun, cancelled, resumed after a kill.

The batch has everything in the database, so that any process can run it; only one does.
"""

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.importing.batches.record import BatchRecord
from archive.importing.batches.searchable import make_searchable
from archive.importing.batches.settings import BatchOptions
from archive.importing.kinds import KINDS
from archive.importing.mapping.options import MappingError
from archive.importing.opening import open_rows
from archive.importing.problems import FileUnreadable
from archive.importing.readers import SourceFile
from archive.importing.run import ImportCounts, run_import
from archive.importing.summary import build_summary
from archive.importing.writing import Result
from archive.models import BatchState, ImportBatch

# A running batch writes at every 500 records; one that has not for so long was killed.
STALE_AFTER: Final = dt.timedelta(seconds=90)
# The end of building an index, of which nobody hears, takes minutes at most.
STALE_INDEXING: Final = dt.timedelta(minutes=15)
_STALE: Final = {
    BatchState.RUNNING: STALE_AFTER,
    BatchState.INDEXING: STALE_INDEXING,
}
RESUMABLE: Final = (BatchState.WAITING, BatchState.CANCELLED, BatchState.FAILED)


class BatchBusy(Exception):
    """The batch is run by another process, or is finished."""


class _Cancelled(Exception):
    """A person has asked to stop."""


def is_stale(batch: ImportBatch) -> bool:
    """Whether the batch is said to run, but its process was killed."""
    silent = timezone.now() - batch.seen_at
    return batch.state in _STALE and silent > _STALE[BatchState(batch.state)]


def is_at_work(batch: ImportBatch) -> bool:
    """Whether a process reads the file or makes the index of it."""
    return batch.state in _STALE and not is_stale(batch)


def is_resumable(batch: ImportBatch) -> bool:
    """Whether the batch has stopped before its end, and its file is there."""
    has_file = bool(batch.stored_file) and stored_path(batch).exists()
    ended = batch.state in RESUMABLE and batch.state != BatchState.WAITING
    return has_file and (ended or is_stale(batch))


def stored_path(batch: ImportBatch) -> Path:
    """The uploaded file of the batch."""
    return Path(settings.DATA_DIR) / batch.stored_file


def run_batch(batch_id: int, *, is_claimed: bool = False) -> ImportBatch:
    """Run the batch from where it stopped; what stops it is kept as its error.

    With *is_claimed* the caller has it by `claim_batch` already. Raises `BatchBusy`
    where it is not to be run.
    """
    if not is_claimed:
        claim_batch(batch_id)
    batch = ImportBatch.objects.get(pk=batch_id)
    try:
        with SourceFile(
            stored_path(batch), encoding=_options(batch).encoding
        ) as source:
            batch.bytes_total = source.size
            _run_source(source, batch)
    except _Cancelled:
        batch.is_cancel_wanted = False
        _stop(batch, BatchState.CANCELLED, "")
    except (FileUnreadable, MappingError) as error:
        _stop(batch, BatchState.FAILED, str(error))
    except DatabaseError as error:
        sentence = _("The database cannot be written: %(detail)s.")
        _stop(batch, BatchState.FAILED, sentence % {"detail": error})
        raise
    if not batch.is_dry_run:
        make_searchable(batch)
    return batch


def _run_source(source: SourceFile, batch: ImportBatch) -> None:
    counts, begun = ImportCounts(), time.monotonic()
    record = BatchRecord(batch, source.position, dry=batch.is_dry_run)
    options, kind = _options(batch), KINDS[batch.kind]
    opened = open_rows(
        source,
        options.build_mapping(kind.fields),
        separator=options.separator,
        base_address=options.base_address,
    )
    plan = kind.make_plan(
        opened.mapping, only_new=options.only_new, overwrite=options.overwrite
    )
    record.attach(plan.writer)
    with _rolled_back() if batch.is_dry_run else nullcontext():
        run_import(
            opened.rows,
            plan,
            counts,
            report=lambda problem: None,
            on_batch=lambda: _stop_if_wanted(batch),
            record=record,
            skip=batch.records_read,
        )
    if not counts.read:
        raise FileUnreadable(
            _("%(path)s holds no record: nothing was imported.")
            % {"path": batch.file_name}
        )
    seconds = time.monotonic() - begun
    summary = build_summary(
        counts, seconds=seconds, names_added=plan.writer.added_names()
    )
    record.finish(summary)
    if not batch.is_dry_run:
        batch.summary = {**batch.summary, **count_results(batch)}
        batch.save(update_fields=["summary"])


@contextmanager
def _rolled_back() -> Iterator[None]:
    """A transaction that is rolled back at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def count_results(batch: ImportBatch) -> Mapping[str, int]:
    """The records of the batch by result, those of earlier runs included."""
    rows = batch.entries.values("result").annotate(n=Count("pk"))
    results: Counter[str] = Counter({row["result"]: row["n"] for row in rows})
    return {result.value: results[result.value] for result in Result}


def copy_batch(batch: ImportBatch, user_id: int | None) -> ImportBatch:
    """A new batch for the file of a dry run, with the same options."""
    return ImportBatch.objects.create(
        kind=batch.kind,
        file_name=batch.file_name,
        stored_file=batch.stored_file,
        options=batch.options,
        bytes_total=batch.bytes_total,
        started_by_id=user_id,
    )


def request_cancel(batch_id: int) -> None:
    """Ask the process that runs the batch to stop at the next commit."""
    ImportBatch.objects.filter(pk=batch_id).update(is_cancel_wanted=True)


def claim_batch(batch_id: int) -> None:
    """Mark the batch as running, for one caller alone. Raises `BatchBusy`.

    One that nobody then runs counts as stopped after `STALE_AFTER`, and can be resumed.
    """
    now = timezone.now()
    free = Q(state__in=RESUMABLE)
    for state, patience in _STALE.items():
        free |= Q(state=state, seen_at__lt=now - patience)
    claimed = ImportBatch.objects.filter(free, pk=batch_id).update(
        state=BatchState.RUNNING,
        seen_at=now,
        indexed=0,
        to_index=0,
        error="",
        is_cancel_wanted=False,
        finished_at=None,
    )
    if not claimed:
        raise BatchBusy(batch_id)


def _options(batch: ImportBatch) -> BatchOptions:
    return BatchOptions.from_json(batch.options)


def _stop_if_wanted(batch: ImportBatch) -> None:
    if ImportBatch.objects.filter(pk=batch.pk, is_cancel_wanted=True).exists():
        raise _Cancelled


def _stop(batch: ImportBatch, state: BatchState, error: str) -> None:
    batch.state, batch.error = state, error
    batch.finished_at = timezone.now()
    batch.save()
