"""Asking for a file, and asking for it no longer."""

from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from search.jobs.files import KEPT, MOST_KEPT, kept_bytes, remove_file
from search.keeping import make_key
from search.models import Job, JobKind, JobState, Keeper
from search.taking import Taken

# Files of one reader that wait or are in progress.
MOST_WAITING: Final = 5
# Files of all readers that wait.
MOST_QUEUED: Final = 100
_AT_WORK: Final = (JobState.WAITING, JobState.RUNNING)


class TooManyJobs(Exception):
    """The reader has enough files in the making, or the site has no room for more."""


def ask_for_export(
    keeper: Keeper,
    taken: Taken,
    *,
    name: str,
    is_raw: bool,
    columns: Sequence[str],
    most: int,
    site_address: str,
) -> Job:
    """A job for the file *name* of what is taken; raises TooManyJobs.

    What is no search is kept by its articles, because a basket is its reader's alone.
    It fails where there are more than *most* articles when it is run.
    """
    query_string = taken.query_string
    if not taken.is_search:
        query_string = "&".join(f"article={number}" for number in taken.iter_ids())
    request = {
        "query_string": query_string,
        "format": name,
        "is_raw": is_raw,
        "columns": list(columns),
        "most": most,
        "path": taken.path,
        "text": taken.text,
        "notes": [[number, note] for number, note in taken.notes.items()],
    }
    return _make(
        keeper, JobKind.EXPORT, taken.question, request, taken.total, site_address
    )


def ask_for_batch(
    keeper: Keeper, queries: Sequence[str], *, title: str, site_address: str
) -> Job:
    """A job for the table of these searches; raises TooManyJobs."""
    request = {"queries": list(queries)}
    return _make(keeper, JobKind.BATCH, title, request, len(queries), site_address)


def _make(
    keeper: Keeper,
    kind: JobKind,
    title: str,
    request: dict[str, Any],
    total: int,
    site_address: str,
) -> Job:
    at_work = Job.objects.filter(state__in=_AT_WORK)
    if (
        at_work.filter(keeper=keeper).count() >= MOST_WAITING
        or at_work.count() >= MOST_QUEUED
        or kept_bytes() >= MOST_KEPT
    ):
        raise TooManyJobs
    return Job.objects.create(
        key=make_key(),
        keeper=keeper,
        kind=kind,
        title=title,
        request=request,
        total=total,
        language=get_language() or "ar",
        site_address=site_address,
    )


@transaction.atomic
def cancel(job: Job) -> None:
    """Stop a job that waits or is in progress; delete the file of a finished one.

    The process at work sees it within a second.
    """
    running = Job.objects.filter(pk=job.pk, state=JobState.RUNNING)
    if running.update(is_cancel_wanted=True):
        return
    Job.objects.filter(pk=job.pk).update(
        state=JobState.CANCELLED,
        finished_at=timezone.now(),
        expires_at=timezone.now() + KEPT,
        size=0,
    )
    remove_file(job)
