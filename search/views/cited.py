"""Citing a search, and a cited search opened later: then and now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from archive.models import Article
from search import searcher
from search.cited import (
    Comparison,
    TooManyResults,
    cite_search,
    compare,
    most_results,
    search_now,
    write_crate,
)
from search.cited.crate import CONTENT_TYPE, Origin
from search.export.streaming import stream
from search.forms import SearchForm
from search.models import CitedSearch
from search.views.errors import BAD_REQUEST, answers_search_errors, refuse

# Articles of each list that a page shows; the file has all.
MOST_LISTED: Final = 100


@dataclass(frozen=True, slots=True)
class StateList:
    """Articles with the same fate: how many, and the first of them.

    Of an article that is not public any more only its number is known.
    """

    label: Promise
    total: int
    articles: Sequence[Article]
    numbers: Sequence[int]


@require_http_methods(["GET", "HEAD", "POST"])
@answers_search_errors
def cite(request: HttpRequest) -> HttpResponse:
    """The page that says what citing a search keeps; with POST, keep it."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return refuse(request, form)
    asked = replace(form.search_request, page=1)
    language = get_language() or "ar"
    context = {
        "question": searcher.describe_question(asked, language=language),
        "query_string": asked.query_string(),
        "total": searcher.count_articles(asked),
        "most": most_results(),
    }
    if request.method == "POST":
        try:
            cited = cite_search(asked, language=language)
        except TooManyResults:
            return render(request, "cited/cite.html", context, status=BAD_REQUEST)
        return redirect("search:cited", cited.key)
    return render(request, "cited/cite.html", context)


@require_safe
@answers_search_errors
def show(request: HttpRequest, key: str) -> HttpResponse:
    """A cited search: what was found then, and what has become of it."""
    cited = get_object_or_404(CitedSearch, key=key)
    comparison = compare(cited)
    context = {
        "cited": cited,
        "comparison": comparison,
        "lists": [each for each in _list_states(comparison) if each.total],
        "address": request.build_absolute_uri(reverse("search:cited", args=[key])),
    }
    return render(request, "cited/show.html", context)


@require_safe
@answers_search_errors
def crate(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """A cited search as RO-Crate, with its results then and now."""
    cited = get_object_or_404(CitedSearch, key=key)
    is_arabic = cited.language.startswith("ar")
    origin = Origin(
        archive=settings.SITE_NAME_AR if is_arabic else settings.SITE_NAME_EN,
        site_address=request.build_absolute_uri("/").rstrip("/"),
        address=request.build_absolute_uri(reverse("search:cited", args=[key])),
        made_at=timezone.localtime(),
    )
    disposition = f'attachment; filename="sijill-search-{key}.zip"'
    # Its metadata are sent before its table is made.
    chunks = stream(write_crate(cited, search_now(cited), origin), chunk_size=1)
    return StreamingHttpResponse(
        () if request.method == "HEAD" else chunks,
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": disposition, "X-Robots-Tag": "noindex"},
    )


def _list_states(comparison: Comparison) -> list[StateList]:
    labels = (
        (_("Added since"), comparison.added),
        (_("Not public any more"), comparison.withdrawn),
        (_("Public, but not found any more"), comparison.lost),
        (_("Text changed since"), comparison.changed),
    )
    return [_build_list(label, numbers) for label, numbers in labels]


def _build_list(label: Promise, numbers: Sequence[int]) -> StateList:
    shown = numbers[:MOST_LISTED]
    found = Article.objects.published_among(shown).for_entries().in_bulk()
    return StateList(
        label=label,
        total=len(numbers),
        articles=[found[number] for number in shown if number in found],
        numbers=[number for number in shown if number not in found],
    )
