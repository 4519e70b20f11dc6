"""Running jobs, one after the other, in one process at a time.

Where a process ends in the middle, the next one begins the job again.
"""

import logging
from collections.abc import Callable
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from search.errors import IndexUnavailable, QueryTooExpensive
from search.export.limits import TooManyArticles
from search.export.streaming import stream
from search.indexing.lock import hold_lock
from search.jobs.files import KEPT, file_path, pack_numbers, remove_file
from search.jobs.kinds import Making, begin
from search.jobs.progress import Cancelled, Progress
from search.models import Job, JobState
from search.taking import NotTaken

# A job that has ended as many processes would end the next one too.
MOST_ATTEMPTS: Final = 3
_LOCK_FILE: Final = "jobs.lock"
_log = logging.getLogger(__name__)


def is_waiting() -> bool:
    """Whether a job waits, or was left behind by a process that has ended."""
    at_work = JobState.WAITING, JobState.RUNNING
    return Job.objects.filter(state__in=at_work).exists()


def run_waiting(*, alive: Callable[[], bool] = lambda: True) -> int:
    """Run all jobs that wait, in the order of asking; how many were run.

    Raises IndexerBusy where another process is at it. Where *alive* turns false, or the
    process is interrupted, raises KeyboardInterrupt; the job waits again.
    """
    count = 0
    with hold_lock(_LOCK_FILE):
        _queue_again()
        while job := Job.objects.filter(state=JobState.WAITING).last():
            _run(job, alive)
            count += 1
    return count


def _queue_again() -> None:
    """Let jobs wait that say they run: who holds the lock knows that none does."""
    left = Job.objects.filter(state=JobState.RUNNING)
    for job in left.filter(attempts__gte=MOST_ATTEMPTS):
        sentence = _("It was begun %(times)s times and ended the process each time.")
        _stop(job, JobState.FAILED, sentence % {"times": job.attempts})
    left.update(state=JobState.WAITING, done=0)


def _run(job: Job, alive: Callable[[], bool]) -> None:
    """Run one job; what stops it is kept as its error."""
    job.state = JobState.RUNNING
    job.attempts += 1
    job.save(update_fields=["state", "attempts"])
    with override(job.language):
        try:
            _write(job, Progress(job, alive=alive))
        except Cancelled:
            _stop(job, JobState.CANCELLED, "")
        except KeyboardInterrupt:
            # No fault of the job's: it waits, and this attempt does not count.
            remove_file(job)
            Job.objects.filter(pk=job.pk).update(
                state=JobState.WAITING, done=0, attempts=job.attempts - 1
            )
            raise
        except _KNOWN as error:
            _stop(job, JobState.FAILED, _describe(error))


def _write(job: Job, progress: Progress) -> None:
    made = begin(job, progress)
    job.file_name = f"{job.key}.{made.extension}"
    # Named before it is written, so that no file is without a job.
    job.save(update_fields=["file_name"])
    with file_path(job).open("wb") as file:
        for chunk in stream(made.pieces):
            file.write(chunk)
    progress.tell()
    _finish(job, progress.done, made)


def _finish(job: Job, done: int, made: Making) -> None:
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FINISHED,
        done=done,
        total=done,
        content_type=made.content_type,
        disposition=made.disposition,
        size=file_path(job).stat().st_size,
        articles=pack_numbers(made.numbers),
        finished_at=now,
        expires_at=now + KEPT,
        # It holds what the file was made of; nobody needs it any more.
        request={},
    )


def _stop(job: Job, state: JobState, error: str) -> None:
    remove_file(job)
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(
        state=state, error=error, finished_at=now, expires_at=now + KEPT
    )
    if error:
        _log.warning("The job %s was stopped: %s", job.pk, error)


_KNOWN: Final = (
    IndexUnavailable,
    NotTaken,
    OSError,
    QueryTooExpensive,
    TooManyArticles,
)


def _describe(error: Exception) -> str:
    """What the reader is told of *error*."""
    if isinstance(error, NotTaken):
        errors = error.form.errors.values() if error.form else ()
        return error.sentence or " ".join(
            str(each) for list_ in errors for each in list_
        )
    if isinstance(error, OSError):
        sentence = _("The file cannot be written: %(detail)s.")
        return sentence % {"detail": error.strerror or error}
    return str(error)
