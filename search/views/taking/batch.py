"""The page that runs a list of searches, and the table of their answers."""

from typing import Final

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from archive.references import Place
from archive.templatetags.display import number
from search.batch import MOST_QUERIES, read_lines, read_table, run_batch, write_batch
from search.export.streaming import stream
from search.jobs import TooManyJobs, ask_for_batch
from search.views.errors import BAD_REQUEST, answers_search_errors
from search.views.readers import obtain_keeper
from search.views.taking.jobs import refuse_job

# Searches of which the table is sent at once; more are run in the background.
MOST_AT_ONCE: Final = 100
# Bytes: a thousand names take a twentieth of it.
MAX_BYTES: Final = 1_000_000


class NotReadable(Exception):
    """A list cannot be read; the message says why, and what helps."""


@require_http_methods(["GET", "HEAD", "POST"])
@answers_search_errors
def batch(request: HttpRequest) -> HttpResponseBase:
    """The form; with POST, the table, sent row by row or made in the background."""
    text = request.POST.get("queries", "")
    context: dict[str, object] = {
        "text": text[:MAX_BYTES],
        "most": MOST_QUERIES,
        "most_at_once": MOST_AT_ONCE,
    }
    if request.method != "POST":
        return render(request, "search/batch.html", context)
    try:
        queries = _read(request, text)
    except NotReadable as problem:
        context["problem"] = str(problem)
        return render(request, "search/batch.html", context, status=BAD_REQUEST)
    if len(queries) > MOST_AT_ONCE:
        return _prepare(request, queries)
    place = Place.today(request.build_absolute_uri("/").rstrip("/"))
    rows = write_batch(run_batch(queries), place, reverse("search:results"))
    name = f"sijill-batch-{place.day.isoformat()}.csv"
    return StreamingHttpResponse(
        # Rows go at once: a browser shows how far it is.
        stream(rows, chunk_size=1),
        content_type="text/csv; charset=utf-8; header=present",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Robots-Tag": "noindex",
        },
    )


def _prepare(request: HttpRequest, queries: list[str]) -> HttpResponse:
    """Ask for the table in the background."""
    title = ngettext(
        "%(shown)s search at once", "%(shown)s searches at once", len(queries)
    ) % {"shown": number(len(queries))}
    site_address = request.build_absolute_uri("/").rstrip("/")
    try:
        job = ask_for_batch(
            obtain_keeper(request), queries, title=title, site_address=site_address
        )
    except TooManyJobs:
        return refuse_job(request)
    return redirect("search:job", job.key)


def _read(request: HttpRequest, text: str) -> list[str]:
    """The queries of the file, else of the box; raises NotReadable."""
    file = request.FILES.get("file")
    if file is not None:
        if (file.size or 0) > MAX_BYTES:
            raise NotReadable(_too_large())
        try:
            text = file.read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotReadable(
                _("The file is not in UTF-8. Save it as “CSV UTF-8” and try again.")
            ) from error
    if len(text.encode()) > MAX_BYTES:
        raise NotReadable(_too_large())
    is_table = file is not None and str(file.name).lower().endswith(".csv")
    queries = read_table(text) if is_table else read_lines(text)
    if not queries:
        raise NotReadable(_("Write a query on each line, or choose a file of them."))
    if len(queries) > MOST_QUERIES:
        sentence = ngettext(
            "There is more than %(shown)s query. Run them in parts.",
            "There are more than %(shown)s queries. Run them in parts.",
            MOST_QUERIES,
        )
        raise NotReadable(sentence % {"shown": number(MOST_QUERIES)})
    return queries


def _too_large() -> str:
    return _("The list is larger than a megabyte. Run it in parts.")
