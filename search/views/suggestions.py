"""Suggestions for the search box, for its script."""

from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_safe

from archive.templatetags.display import number
from search.errors import IndexUnavailable
from search.suggest import Suggestion, suggest

_FOR_BROWSERS: Final = "application/x-suggestions+json"


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """What may follow the text ``q`` that is being typed, as JSON.

    Each has ``label``, ``note`` and ``address``. Nothing is offered where the index is
    unavailable: the page of the search says so. With ``as=opensearch``, the form that
    the search box of a browser reads (OpenSearch Suggestions 1.1): the text, and lists
    of queries, notes and addresses.
    """
    text = request.GET.get("q", "")
    try:
        found = suggest(text, language=get_language() or "ar")
    except IndexUnavailable:
        found = ()
    rows = [_to_json(each) for each in found]
    headers = {"X-Robots-Tag": "noindex"}
    if request.GET.get("as") != "opensearch":
        return JsonResponse({"suggestions": rows}, headers=headers)
    site = request.build_absolute_uri("/").rstrip("/")
    columns = [
        [row["label"] for row in rows],
        [row["note"] for row in rows],
        [f"{site}{row['address']}" for row in rows],
    ]
    return JsonResponse(
        [text, *columns], safe=False, content_type=_FOR_BROWSERS, headers=headers
    )


def _to_json(each: Suggestion) -> dict[str, Any]:
    note = str(each.kind)
    if each.articles is not None:
        counted = ngettext("%(shown)s article", "%(shown)s articles", each.articles)
        note = f"{note} · {counted % {'shown': number(each.articles)}}"
    address = f"{reverse('search:results')}?{each.query_string}"
    return {"label": each.label, "note": note, "address": address}
