"""Exports: all hits of a search as a file.

Errors are raised before the first byte is sent.
"""

from typing import Final

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search import searcher
from search.export.entries import iter_entries
from search.export.filenames import build_disposition
from search.export.formats import ExportFormat, find_format
from search.export.limits import export_limit_notice, limit_for
from search.export.streaming import stream
from search.forms import SearchForm
from search.request import SearchRequest
from search.views.errors import BAD_REQUEST, answers_search_errors, refuse

RAW: Final = "1"


@require_safe
@answers_search_errors
def export(request: HttpRequest, name: str) -> HttpResponseBase:
    """All articles of a search as a file of the format *name*, streamed."""
    kind = find_format(name, raw=request.GET.get("raw") == RAW)
    if kind is None:
        raise Http404(name)
    form = SearchForm(request.GET)
    if not form.is_valid():
        return refuse(request, form)
    total = searcher.count_articles(form.search_request)
    if total > limit_for(request.user):
        return refuse_length(request, form, total)
    return send_file(request, form.search_request, kind)


def refuse_length(request: HttpRequest, form: SearchForm, total: int) -> HttpResponse:
    """The page that says that the file would be too long, with status 400."""
    context = {
        "form": form,
        "total": total,
        "notice": export_limit_notice(total, request.user),
    }
    return render(request, "search/export_refused.html", context, status=BAD_REQUEST)


def send_file(
    request: HttpRequest, search_request: SearchRequest, kind: ExportFormat
) -> StreamingHttpResponse:
    """The file of all hits, written while they are read."""
    is_arabic = (get_language() or "ar").startswith("ar")
    disposition = build_disposition(
        search_request,
        site=settings.SITE_NAME_AR if is_arabic else settings.SITE_NAME_EN,
        day=timezone.localdate(),
        extension=kind.name,
    )
    chunks = stream(kind.write(iter_entries(searcher.iter_articles(search_request))))
    return StreamingHttpResponse(
        () if request.method == "HEAD" else chunks,
        content_type=kind.content_type,
        headers={"Content-Disposition": disposition, "X-Robots-Tag": "noindex"},
    )
