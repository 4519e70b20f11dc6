"""Taking away: the page that offers files of a search, and the files.

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

from archive.references import Place
from search.export.about import About
from search.export.columns import COLUMNS
from search.export.entries import iter_entries
from search.export.filenames import build_disposition
from search.export.formats import FORMATS, ExportFormat, find_format
from search.export.limits import export_limit_notice, limit_for
from search.export.streaming import stream
from search.forms import SearchForm
from search.taking import BASKET, NotTaken, Taken, read_columns
from search.views.errors import BAD_REQUEST, answers_search_errors
from search.views.taking.asked import show_refusal, taken_from

RAW: Final = "1"


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
        "formats": FORMATS,
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
    return send_file(request, taken, kind, columns)


def refuse_length(request: HttpRequest, taken: Taken) -> HttpResponse:
    """The page that says that the file would be too long, with status 400."""
    form = SearchForm(request.GET)
    form.is_valid()
    context = {
        "form": form,
        "taken": taken,
        "total": taken.total,
        "notice": export_limit_notice(taken.total, request.user),
    }
    return render(request, "search/export_refused.html", context, status=BAD_REQUEST)


def send_file(
    request: HttpRequest, taken: Taken, kind: ExportFormat, columns: tuple[str, ...]
) -> StreamingHttpResponse:
    """The file of all these articles, written while they are read."""
    about = describe(request, taken, columns)
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


def describe(request: HttpRequest, taken: Taken, columns: tuple[str, ...]) -> About:
    """What the file is about, in the language of the address."""
    is_arabic = (get_language() or "ar").startswith("ar")
    site_address = request.build_absolute_uri("/").rstrip("/")
    return About(
        place=Place.today(site_address),
        site_name=settings.SITE_NAME_AR if is_arabic else settings.SITE_NAME_EN,
        question=taken.question,
        address=f"{site_address}{taken.path}",
        total=taken.total,
        made_at=timezone.localtime(),
        columns=columns,
        notes=taken.notes,
    )
