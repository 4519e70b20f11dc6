"""Sitemaps: the pages that search engines may list, in both languages.

An index names the parts. A part of articles holds a range of their numbers, so that it
stays the same while others are added. Written by hand: Django's would read all
articles, once for each language, for every part.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from django.conf import settings
from django.db.models import Max
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override
from django.views.decorators.http import require_safe

from archive.browsing.visibility import list_visible
from archive.models import Actor, Article, Source, Topic

# The protocol allows 50,000 addresses a file; an article has one in each language.
NUMBERS_A_PART: Final = 20_000
# Beyond it no database has a number.
MAX_PART: Final = 10**12
_XML: Final = "application/xml; charset=utf-8"
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
_FOOT: Final = "</urlset>\n"


# A route and its arguments, and when the page changed, if that is known.
Page = tuple[str, tuple[object, ...], dt.datetime | None]

_FIXED: Final = (
    "search:home",
    "search:syntax",
    "archive:about",
    "archive:coverage",
    "archive:actors",
    "archive:topics",
    "archive:sources",
    "archive:calendar",
    "archive:days",
    "archive:hijri",
)


def _iter_fixed() -> Iterator[Page]:
    for route in _FIXED:
        yield route, (), None


def _iter_named(model: type[Actor | Source | Topic], route: str) -> Iterator[Page]:
    for row in list_visible(model):
        yield route, (row.slug,), None


_KINDS: Final[Mapping[str, Callable[[], Iterator[Page]]]] = {
    "pages": _iter_fixed,
    "actors": lambda: _iter_named(Actor, "archive:actor"),
    "topics": lambda: _iter_named(Topic, "archive:topic"),
    "sources": lambda: _iter_named(Source, "archive:source"),
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The index of sitemaps: the parts that have pages."""
    largest = Article.objects.published().aggregate(largest=Max("pk"))["largest"] or 0
    site = request.build_absolute_uri("/").rstrip("/")
    names = [*_KINDS, *map(str, range(1, -(-(largest + 1) // NUMBERS_A_PART) + 1))]
    context = {
        "addresses": [f"{site}{reverse('sitemap_part', args=[name])}" for name in names]
    }
    return render(request, "feeds/sitemap_index.xml", context, content_type=_XML)


@require_safe
def part(request: HttpRequest, name: str) -> HttpResponseBase:
    """A part: a kind of pages, or a range of articles; 404 for others."""
    if name in _KINDS:
        pages = _KINDS[name]()
    elif name.isascii() and name.isdecimal() and 0 < int(name) < MAX_PART:
        pages = _iter_articles(int(name))
    else:
        raise Http404(name)
    site = request.build_absolute_uri("/").rstrip("/")
    texts = () if request.method == "HEAD" else _write(pages, site)
    return StreamingHttpResponse(texts, content_type=_XML)


def _iter_articles(number: int) -> Iterator[Page]:
    first = (number - 1) * NUMBERS_A_PART
    articles = Article.objects.published().filter(
        pk__gte=first, pk__lt=first + NUMBERS_A_PART
    )
    rows = articles.order_by("pk").values_list("pk", "updated_at")
    for pk, changed in rows.iterator():
        yield "archive:article", (pk,), changed


def _write(pages: Iterator[Page], site: str) -> Iterator[str]:
    """An element for each page in each language, which names the other ones."""
    yield _HEAD
    for route, arguments, changed in pages:
        addresses = {
            language: escape(f"{site}{_reverse(language, route, arguments)}")
            for language, _ in settings.LANGUAGES
        }
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
            for language, address in addresses.items()
        )
        when = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
        for address in addresses.values():
            yield f"<url><loc>{address}</loc>{when}{others}</url>\n"
    yield _FOOT


def _reverse(language: str, route: str, arguments: tuple[object, ...]) -> str:
    with override(language):
        return reverse(route, args=arguments)
