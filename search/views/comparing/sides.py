"""Two searches side by side: a page, and its tables as CSV."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from search import searcher
from search.comparing import (
    Grain,
    compare,
    prefix_pairs,
    write_articles,
    write_periods,
    write_words,
)
from search.forms import SearchForm
from search.request import SearchRequest
from search.views.comparing.files import send_table
from search.views.comparing.frequency import GRAIN_KEY, GRAINS
from search.views.errors import BAD_REQUEST, answers_search_errors

# Before the keys of each search in an address.
SIDES: Final = ("a", "b")
NAMES: Final[tuple[Promise, Promise]] = (_("first search"), _("second search"))
TABLES: Final = {
    "articles": write_articles,
    "periods": write_periods,
    "words": write_words,
}
# Actors to be compared with that are offered.
MOST_OFFERED: Final = 8
_PAGE: Final = "comparing/sides.html"
_ACTOR: Final = "actor"
# Keys of a search that the form has boxes for.
_BOXES: Final = frozenset({"q", "from", "to", "sort", "page"})


@dataclass(frozen=True, slots=True)
class Side:
    """A search of the two: its form, and what it is called; not *is_given* yet."""

    key: str
    name: Promise
    form: SearchForm
    is_given: bool
    label: str

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the search in the address of the comparison."""
        return list(prefix_pairs(self.key, self.form.search_request.pairs()))

    def hidden(self) -> list[tuple[str, str]]:
        """Those that the form has no box for."""
        if not hasattr(self.form, "search_request"):
            return []
        pairs = self.form.search_request.pairs()
        kept = [(key, value) for key, value in pairs if key not in _BOXES]
        return list(prefix_pairs(self.key, kept))


@dataclass(frozen=True, slots=True)
class Offered:
    """An actor to compare with, and the comparison's query string."""

    label: str | Promise
    count: int
    query_string: str


@require_safe
@answers_search_errors
def sides(request: HttpRequest) -> HttpResponse:
    """Two searches compared: articles, time, words."""
    read = read_sides(request.GET)
    context: dict[str, Any] = {"sides": read}
    if not all(side.form.is_valid() for side in read):
        return render(request, _PAGE, context, status=BAD_REQUEST)
    first, second = (side.form.search_request for side in read)
    if not all(side.is_given for side in read):
        if read[0].is_given:
            context["offered"] = offer_actors(read[0])
        return render(request, _PAGE, context)
    grain = request.GET.get(GRAIN_KEY, "")
    with searcher.page_time():
        found = compare(first, second, Grain(grain) if grain in set(Grain) else None)
    context |= {
        "found": found,
        "grains": [(each, GRAINS[each]) for each in found.grains],
        "query_string": urlencode([*read[0].pairs(), *read[1].pairs()]),
    }
    return render(request, _PAGE, context)


@require_safe
@answers_search_errors
def sides_csv(request: HttpRequest, table: str) -> HttpResponseBase:
    """A table of the comparison as CSV."""
    if table not in TABLES:
        raise Http404(table)
    read = read_sides(request.GET)
    if not all(side.is_given and side.form.is_valid() for side in read):
        return sides(request)
    first, second = (side.form.search_request for side in read)
    found = compare(first, second)
    labels = [side.label for side in read]
    return send_table(request, TABLES[table](found, labels), " ".join(labels))


def read_sides(parameters: QueryDict) -> tuple[Side, Side]:
    """The two searches of an address: ``a.q=قطن&b.actor=…``."""
    first, second = (
        _read_side(parameters, key, name)
        for key, name in zip(SIDES, NAMES, strict=True)
    )
    return first, second


def _read_side(parameters: QueryDict, key: str, name: Promise) -> Side:
    own = QueryDict(mutable=True)
    prefix = f"{key}."
    for parameter, values in parameters.lists():
        if parameter.startswith(prefix):
            own.setlist(parameter.removeprefix(prefix), values)
    form = SearchForm(own)
    label = ""
    if form.is_valid():
        form.search_request = replace(form.search_request, page=1)
        label = searcher.describe_question(
            form.search_request, language=get_language() or "ar"
        )
    return Side(key, name, form, bool(own), label)


def offer_actors(side: Side) -> list[Offered]:
    """The actors that most of the side's articles name, to be compared with it."""
    search = side.form.search_request
    facet = searcher.list_facet(search, _ACTOR, language=get_language() or "ar")
    own = {*search.selected(_ACTOR)}
    others = [each for each in facet.buckets if each.value not in own and each.count]
    return [
        Offered(
            each.label,
            each.count,
            urlencode([*side.pairs(), *prefix_pairs("b", _pairs(search, each.value))]),
        )
        for each in others[:MOST_OFFERED]
    ]


def _pairs(search: SearchRequest, actor: str) -> list[tuple[str, str]]:
    """The same search for another actor alone."""
    return search.with_filter(_ACTOR, [actor]).pairs()
