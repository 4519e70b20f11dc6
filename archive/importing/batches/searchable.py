"""What a batch has written made searchable, with its progress in the row of the batch.

The index is built by whoever listens to `writing_finished`; the batch tells how far it
is, and stops it when a person asks for that.
"""

import time
from dataclasses import dataclass, field
from typing import Final

from django.utils import timezone

from archive.models import BatchState, ImportBatch
from archive.signals import writing_finished

# Seconds between two writings of the progress.
TOLD_EVERY: Final = 1.0


class IndexingCancelled(Exception):
    """A person has asked to stop; what is not indexed waits, and is not lost."""


@dataclass(slots=True)
class _Progress:
    """Called by the indexer; writes the progress, and raises `IndexingCancelled`."""

    batch: ImportBatch
    told_at: float = field(default_factory=time.monotonic)

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done < total and now - self.told_at < TOLD_EVERY:
            return
        self.told_at = now
        row = ImportBatch.objects.filter(pk=self.batch.pk)
        row.update(indexed=done, to_index=total, seen_at=timezone.now())
        if row.filter(is_cancel_wanted=True).exists():
            raise IndexingCancelled


def make_searchable(batch: ImportBatch) -> None:
    """Have the index made of what the batch wrote; its state is as before afterwards.

    A batch that is stopped meanwhile is cancelled: resumed, it goes on here.
    """
    ended = batch.state
    batch.state = BatchState.INDEXING
    batch.save(update_fields=["state", "seen_at"])
    try:
        writing_finished.send(sender=ImportBatch, progress=_Progress(batch))
    except IndexingCancelled:
        ended = BatchState.CANCELLED
    batch.refresh_from_db(fields=["indexed", "to_index"])
    batch.state, batch.is_cancel_wanted = ended, False
    batch.finished_at = timezone.now()
    batch.save(update_fields=["state", "is_cancel_wanted", "finished_at", "seen_at"])
