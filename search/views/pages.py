"""The pages of search: home, results, all values of a facet, and the syntax.

Each reads a form into a request, runs the searcher and renders a template.
"""

from collections.abc import Container
from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from archive.browsing.days import (
    DayOfYear,
    find_this_day,
    group_with_gaps,
    read_overview,
)
from archive.browsing.holdings import list_prominent_actors
from archive.browsing.name_index import filing_position
from archive.browsing.subject_counts import list_prominent_topics
from archive.models import Article, TopicTree, read_description
from archive.names.collation import sort_key
from archive.names.spelling import spelling_key
from search import searcher
from search.fields import FACETS
from search.forms import SearchForm
from search.request import ANY_KEY, EXCLUDED_PREFIX, SearchRequest
from search.results.facets import order_as_tree
from search.results.facets.model import Bucket
from search.suggest import find_examples
from search.views.errors import answers_search_errors, refuse
from search.views.examples import CHAPTERS
from search.views.keeping.history import note_search

LATEST_SIZE: Final = 6
TOPICS_SIZE: Final = 16
# Decades and gaps between them; the calendar has all.
GLANCE_ROWS: Final = 14
FACET_PAGE_SIZE: Final = 120
# Characters, more than in any name: folding takes time in the square of the diacritics
# on one letter.
MAX_FILTER_LENGTH: Final = 200
NOT_FOUND: Final = 404
# The orders of a long facet, of topics as a tree, too; the first is the usual one.
BY_COUNT: Final = "count"
BY_NAME: Final = "name"
AS_TREE: Final = "tree"
_ORDERS: Final = (BY_COUNT, BY_NAME)
_ORDERS_OF_TOPICS: Final = (AS_TREE, BY_COUNT, BY_NAME)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The home page: whose archive it is, search form, its years, its latest."""
    newest = Article.objects.published().order_by("-pk").values_list("pk", flat=True)
    # Ids first, from a database index: sorting whole articles would read their texts.
    latest = Article.objects.filter(pk__in=list(newest[:LATEST_SIZE]))
    overview = read_overview()
    today = DayOfYear.of(localdate())
    context = {
        "description": read_description(get_language() or "ar"),
        "examples": find_examples(searcher.count_articles),
        "glance": group_with_gaps(overview.years)[-GLANCE_ROWS:],
        "most_in_a_year": max(overview.years.values(), default=0),
        "this_day": find_this_day(overview, today),
        "latest": latest.for_entries().order_by("-pk"),
        "actors": list_prominent_actors(),
        "topics": list_prominent_topics(limit=TOPICS_SIZE),
    }
    return render(request, "search/home.html", context)


@require_safe
@answers_search_errors
def results(request: HttpRequest) -> HttpResponse:
    """The results page of the search in the address."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return refuse(request, form)
    if not form.has_address(request.META["QUERY_STRING"]):
        return redirect_to_results(form)
    language = get_language() or "ar"
    with searcher.page_time():
        found = searcher.find(form.search_request, language=language)
        past_end = form.search_request.page > found.page_count
        note_search(request, found)
        context = {"form": form, "found": found, "past_end": past_end}
        status = NOT_FOUND if past_end else None
        return render(request, "search/results.html", context, status=status)


def redirect_to_results(form: SearchForm) -> HttpResponse:
    """A redirect to the canonical URL of the search in *form*."""
    query_string = form.search_request.query_string()
    address = reverse("search:results")
    return redirect(f"{address}?{query_string}" if query_string else address)


@require_safe
@answers_search_errors
def facet(request: HttpRequest, name: str) -> HttpResponse:
    """All values of the facet *name* for a search, by pages."""
    if name not in {row.name for row in FACETS}:
        raise Http404(name)
    form = SearchForm(request.GET)
    if not form.is_valid():
        return refuse(request, form)
    language = get_language() or "ar"
    listed = searcher.list_facet(form.search_request, name, language=language)
    contains = request.GET.get("contains", "")[:MAX_FILTER_LENGTH].strip()
    orders = _ORDERS_OF_TOPICS if name == "topic" else _ORDERS
    asked = request.GET.get("order", "")
    order = asked if asked in orders else orders[0]
    found = find_buckets(listed.buckets, contains)
    names = len(found)
    if order == BY_NAME:
        found.sort(
            key=lambda bucket: filing_position(str(bucket.label), language=language)
        )
    elif order == AS_TREE:
        found = order_as_tree(listed.buckets, found, TopicTree.load())
    page = Paginator(found, FACET_PAGE_SIZE).get_page(request.GET.get("page"))
    shown = {bucket.value for bucket in page.object_list}
    context = {
        "form": form,
        "facet": listed,
        "contains": contains,
        "order": order,
        "orders": orders,
        "names": names,
        "page": page,
        "kept": keep_parameters(form.search_request, name, shown),
    }
    return render(request, "search/facet.html", context)


def find_buckets(buckets: tuple[Bucket, ...], contains: str) -> list[Bucket]:
    """The buckets whose label contains the text, in any spelling of it."""
    folded, key = sort_key(contains), spelling_key(contains)
    return [
        bucket
        for bucket in buckets
        if folded in sort_key(str(bucket.label))
        or (key and key in spelling_key(str(bucket.label)))
    ]


def keep_parameters(
    search: SearchRequest, name: str, shown: Container[str]
) -> list[tuple[str, str]]:
    """The parameters of *search* without those that boxes on the page stand for.

    These are the values of the facet *name* that are *shown*, and its switch.
    """
    boxes = (name, f"{EXCLUDED_PREFIX}{name}")
    return [
        (key, value)
        for key, value in search.pairs()
        if not (key in boxes and value in shown)
        and (key, value) != (ANY_KEY, name)
        and key != "page"
    ]


@require_safe
def syntax(request: HttpRequest) -> HttpResponse:
    """The help page: how to search, by examples."""
    return render(request, "search/syntax.html", {"chapters": CHAPTERS})
