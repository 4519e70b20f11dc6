"""Files in preparation: asking for one, how far it is, fetching it, cancelling it."""

import time
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from search.export.formats import find_format
from search.export.limits import limit_for
from search.indexing.heartbeat import read_beat
from search.jobs import (
    TooManyJobs,
    ask_for_export,
    cancel,
    file_path,
    has_withdrawn,
    remove_file,
)
from search.models import Job, JobState
from search.taking import NotTaken, read_columns
from search.views.errors import answers_search_errors
from search.views.readers import find_keeper, obtain_keeper
from search.views.taking.asked import RAW, refuse_length, show_refusal, taken_from

NOT_FOUND: Final = 404
GONE: Final = 410
# Seconds after which an indexer that gave no sign is taken for none.
LONGEST_SILENCE: Final = 60.0
FULL: Final = 100


@dataclass(frozen=True, slots=True)
class JobPage:
    """A job as its page shows it: how far, in per cent, and what can be done."""

    job: Job
    percent: int
    is_at_work: bool
    is_own: bool
    is_idle: bool = False

    @property
    def has_file(self) -> bool:
        """Whether there is something to fetch."""
        return self.job.state == JobState.FINISHED


@require_POST
@answers_search_errors
def prepare(request: HttpRequest, name: str) -> HttpResponse:
    """Ask for a file of the format *name* in the background."""
    is_raw = RAW in (request.GET.get("raw"), request.POST.get("raw"))
    if find_format(name, raw=is_raw) is None:
        raise Http404(name)
    try:
        taken = taken_from(request, request.POST)
        columns = read_columns(request.POST)
        if taken.total > limit_for(request.user):
            return refuse_length(request, taken)
        job = ask_for_export(
            obtain_keeper(request),
            taken,
            name=name,
            is_raw=is_raw,
            columns=columns,
            most=limit_for(request.user),
            site_address=request.build_absolute_uri("/").rstrip("/"),
        )
    except NotTaken as refusal:
        return show_refusal(request, refusal)
    except TooManyJobs:
        return refuse_job(request)
    return redirect("search:job", job.key)


def refuse_job(request: HttpRequest) -> HttpResponse:
    """The page that says that enough files are in preparation."""
    sentence = _(
        "Enough files are in preparation. Wait until one is finished or cancel one,"
        " then ask again."
    )
    return show_refusal(request, NotTaken(sentence))


@require_safe
def list_own(request: HttpRequest) -> HttpResponse:
    """The files that the reader has asked for, the last one first."""
    keeper = find_keeper(request)
    jobs = keeper.jobs.defer("request", "articles") if keeper else Job.objects.none()
    rows = [_describe(request, job) for job in jobs]
    return render(request, "jobs/list.html", {"rows": rows})


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """How far a file is; once it is finished, the link to it."""
    job = Job.objects.filter(key=key).defer("request", "articles").first()
    if job is None:
        return render(request, "jobs/none.html", status=NOT_FOUND)
    return render(request, "jobs/show.html", {"row": _describe(request, job)})


@require_safe
def fetch(request: HttpRequest, key: str) -> HttpResponseBase:
    """The file; 410 where an article in it is not public any more."""
    job = Job.objects.filter(key=key, state=JobState.FINISHED).first()
    if job is None:
        return render(request, "jobs/none.html", status=NOT_FOUND)
    if has_withdrawn(job):
        remove_file(job)
    try:
        file = file_path(job).open("rb")
    except FileNotFoundError:
        return render(request, "jobs/gone.html", {"job": job}, status=GONE)
    answer = FileResponse(file, content_type=job.content_type)
    # Django would name the file as it is named on the disk.
    answer["Content-Disposition"] = job.disposition
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_POST
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """Cancel a file that the reader has asked for, or delete it."""
    keeper = find_keeper(request)
    job = get_object_or_404(Job, key=key, keeper=keeper) if keeper else None
    if job is None:
        raise Http404(key)
    cancel(job)
    messages.success(request, _("The file is cancelled."))
    return redirect("search:jobs")


def _describe(request: HttpRequest, job: Job) -> JobPage:
    at_work = job.state in (JobState.WAITING, JobState.RUNNING)
    percent = min(FULL, FULL * job.done // job.total) if job.total else 0
    keeper = find_keeper(request)
    return JobPage(
        job=job,
        percent=FULL if job.state == JobState.FINISHED else percent,
        is_at_work=at_work,
        is_own=keeper is not None and job.keeper_id == keeper.pk,
        is_idle=job.state == JobState.WAITING and not _is_indexer_alive(),
    )


def _is_indexer_alive() -> bool:
    beat = read_beat()
    return beat is not None and time.time() - beat < LONGEST_SILENCE
