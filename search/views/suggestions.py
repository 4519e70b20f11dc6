"""Suggestions for the search box, for its script."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.names.collation import sort_key
from archive.templatetags.display import number
from search.errors import IndexUnavailable
from search.suggest import MAX_LENGTH, Suggestion, suggest
from search.views.readers import find_keeper

_FOR_BROWSERS: Final = "application/x-suggestions+json"
# Earlier searches that are offered: before anything is typed, and beside other things.
MAX_RECENT: Final = 6
MAX_EARLIER: Final = 2
# The last searches of a reader that are looked through.
_LOOKED_THROUGH: Final = 100


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """What may follow the text ``q`` that is being typed, as JSON.

    Each has ``label``, ``note`` and ``address``. Earlier searches of the reader come
    first, before anything is typed alone, where they are noted. Nothing else is offered
    where the index is unavailable: the page of the search says so. With
    ``as=opensearch``, the form that the search box of a browser reads (OpenSearch
    Suggestions 1.1): the text, and lists of queries, notes and addresses.
    """
    text = request.GET.get("q", "")
    rows = list(_iter_earlier(request, text))
    try:
        found = suggest(text, language=get_language() or "ar")
    except IndexUnavailable:
        found = ()
    rows += [_to_json(each) for each in found]
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


def _iter_earlier(request: HttpRequest, typed: str) -> Iterator[dict[str, Any]]:
    """The reader's own searches that have a word that begins as *typed* does."""
    keeper = find_keeper(request)
    key = sort_key(typed[:MAX_LENGTH])
    if keeper is None or (typed.strip() and not key):
        return
    limit = MAX_EARLIER if key else MAX_RECENT
    searches = (
        each
        for each in keeper.searches.all()[:_LOOKED_THROUGH]
        if f" {key}" in f" {sort_key(each.question)}"
    )
    for each in islice(searches, limit):
        note = _note(_("earlier search"), each.total)
        address = f"{reverse('search:results')}?{each.query_string}"
        yield {"label": each.question, "note": note, "address": address}


def _to_json(each: Suggestion) -> dict[str, Any]:
    address = f"{reverse('search:results')}?{each.query_string}"
    note = _note(str(each.kind), each.articles)
    return {"label": each.label, "note": note, "address": address}


def _note(kind: str, articles: int | None) -> str:
    if articles is None:
        return kind
    counted = ngettext("%(shown)s article", "%(shown)s articles", articles)
    return f"{kind} · {counted % {'shown': number(articles)}}"
