"""References of one article: a file for a reference manager, and the unAPI service.

unAPI (version 1, 2006) is how Zotero takes one article or a list of results from a
page: its link names the service, an ``abbr`` each article.
"""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.citing import ReferenceFormat, find_reference_format
from archive.models import Article, prefetch_actor_links
from archive.references import Place, build_reference

# Before the number of an article, for an id that tells what it is of.
UNAPI_PREFIX: Final = "article-"
# Of its own status codes, unAPI has these two in common with HTTP.
MULTIPLE_CHOICES: Final = 300
NOT_ACCEPTABLE: Final = 406
_XML: Final = "application/xml; charset=utf-8"
# SQLite's integers end after as many digits.
_MAX_DIGITS: Final = 18


@require_safe
def show_reference(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The reference of an article as a file of the format *name*."""
    kind = find_reference_format(name)
    if kind is None:
        raise Http404(name)
    response = _write(request, pk, kind)
    file_name = f"sijill-{pk}.{kind.extension}"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


@require_safe
def unapi(request: HttpRequest) -> HttpResponse:
    """The formats of references; with an id, of that article; with both, the reference.

    404 for an unknown id, 406 for an unknown format.
    """
    identifier, name = request.GET.get("id", ""), request.GET.get("format", "")
    kind = find_reference_format(name)
    if name and kind is None:
        text = f"unAPI: unknown format {name!r}"
        return HttpResponse(text, status=NOT_ACCEPTABLE, content_type="text/plain")
    if not identifier:
        return render(request, "archive/unapi.xml", content_type=_XML)
    pk = _read_identifier(identifier)
    if kind:
        return _write(request, pk, kind)
    get_object_or_404(Article.objects.visible_to(request.user).only("pk"), pk=pk)
    return render(
        request,
        "archive/unapi.xml",
        {"id": f"{UNAPI_PREFIX}{pk}"},
        content_type=_XML,
        status=MULTIPLE_CHOICES,
    )


def _write(request: HttpRequest, pk: int, kind: ReferenceFormat) -> HttpResponse:
    visible = Article.objects.visible_to(request.user).select_related("source")
    relations = "topics", "authors", prefetch_actor_links()
    whole = visible.defer("body").prefetch_related(*relations)
    article = get_object_or_404(whole, pk=pk)
    place = Place.today(request.build_absolute_uri("/").rstrip("/"))
    text = "".join(kind.write([build_reference(article, place)]))
    return HttpResponse(
        text, content_type=kind.content_type, headers={"X-Robots-Tag": "noindex"}
    )


def _read_identifier(identifier: str) -> int:
    number = identifier.removeprefix(UNAPI_PREFIX)
    if not (number.isascii() and number.isdecimal() and len(number) <= _MAX_DIGITS):
        raise Http404(identifier)
    return int(number)
