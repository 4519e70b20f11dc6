"""Suggestions for the search box, for its script."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_safe

from archive.templatetags.display import number
from search.errors import IndexUnavailable
from search.suggest import Suggestion, suggest


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """What may follow the text ``q`` that is being typed, as JSON.

    Each has ``label``, ``note`` and ``address``. Nothing is offered where the index is
    unavailable: the page of the search says so.
    """
    try:
        found = suggest(request.GET.get("q", ""), language=get_language() or "ar")
    except IndexUnavailable:
        found = ()
    rows = [_to_json(each) for each in found]
    return JsonResponse({"suggestions": rows}, headers={"X-Robots-Tag": "noindex"})


def _to_json(each: Suggestion) -> dict[str, Any]:
    note = str(each.kind)
    if each.articles is not None:
        counted = ngettext("%(shown)s article", "%(shown)s articles", each.articles)
        note = f"{note} · {counted % {'shown': number(each.articles)}}"
    address = f"{reverse('search:results')}?{each.query_string}"
    return {"label": each.label, "note": note, "address": address}
