"""Taking away: the page that offers files of a search, and the files.

Errors are raised before the first byte is sent.
"""

from typing import Final

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from archive.templatetags.display import number
from search.export.columns import COLUMNS
from search.export.entries import iter_entries
from search.export.filenames import build_disposition
from search.export.formats import FORMATS, ExportFormat, find_format
from search.export.limits import export_limit_notice, limit_for
from search.export.streaming import stream
from search.taking import BASKET, COLUMN, NotTaken, Taken, describe, read_columns
from search.views.errors import answers_search_errors
from search.views.taking.asked import RAW, refuse_length, show_refusal, taken_from

# Beyond as many articles a file is offered in the background as well.
LONG: Final = 1_000


@require_safe
@answers_search_errors
def take_away(request: HttpRequest) -> HttpResponse:
    """The page that says how many articles there are, and offers each format."""
    try:
        taken = taken_from(request, request.GET)
    except NotTaken as refusal:
        return show_refusal(request, refusal)
    context = {
        "taken": taken,
        "is_basket": BASKET in request.GET,
        "fits": taken.total <= limit_for(request.user),
        "notice": export_limit_notice(taken.total, request.user),
        "formats": [(kind, taken.total <= kind.most_at_once) for kind in FORMATS],
        "chosen": request.GET.getlist(COLUMN),
        "is_long": taken.total > LONG,
        "columns": [each for each in COLUMNS if taken.notes or not each.is_own],
    }
    return render(request, "search/take_away.html", context)


@require_safe
@answers_search_errors
def export(request: HttpRequest, name: str) -> HttpResponseBase:
    """All articles of a search or choice as a file of the format *name*, streamed."""
    kind = find_format(name, raw=request.GET.get("raw") == RAW)
    if kind is None:
        raise Http404(name)
    try:
        taken = taken_from(request, request.GET)
        columns = read_columns(request.GET)
    except NotTaken as refusal:
        return show_refusal(request, refusal)
    if taken.total > limit_for(request.user):
        return refuse_length(request, taken)
    if taken.total > kind.most_at_once:
        messages.info(request, tell_too_long(kind))
        return redirect(f"{reverse('search:take_away')}?{request.META['QUERY_STRING']}")
    return send_file(request, taken, kind, columns)


def tell_too_long(kind: ExportFormat) -> str:
    """Why a file is not sent at once, and what to do."""
    sentence = ngettext(
        "A file of more than %(most)s article in this format (%(file)s) is prepared in"
        " the background: press the button beside it.",
        "A file of more than %(most)s articles in this format (%(file)s) is prepared in"
        " the background: press the button beside it.",
        kind.most_at_once,
    )
    return sentence % {"file": kind.label, "most": number(kind.most_at_once)}


def send_file(
    request: HttpRequest, taken: Taken, kind: ExportFormat, columns: tuple[str, ...]
) -> StreamingHttpResponse:
    """The file of all these articles, written while they are read."""
    about = describe(taken, columns, request.build_absolute_uri("/").rstrip("/"))
    disposition = "inline"
    if not kind.is_page:
        disposition = build_disposition(
            taken.text,
            site=about.site_name,
            day=about.place.day,
            extension=kind.extension,
        )
    chunks = stream(kind.write(iter_entries(taken.articles()), about))
    return StreamingHttpResponse(
        () if request.method == "HEAD" else chunks,
        content_type=kind.content_type,
        headers={"Content-Disposition": disposition, "X-Robots-Tag": "noindex"},
    )
