"""Every address of the site that a visitor can ask for, read from its URLconf."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import strategies as st

from tests.fuzz.values import segments

# Such as "<int:pk>", "(?P<url>.*)$".
_VARIABLE_RE: Final = re.compile(r"<[^<>]+>|\(\?P<\w+>[^()]*\)\$?|\.\*")
_LANGUAGES_RE: Final = re.compile(r"\^?(?:ar|en)/")
# What no URLconf names: files, and slips that crawlers and attackers make.
_OTHERS: Final = (
    *(
        "/static/fonts/",
        "/static/../manage.py",
        "/static/%2e%2e/manage.py",
        "/robots.txt",
    ),
    *(
        "//evil.example/ar/",
        "/ar//search/",
        "/ar/search",
        "/AR/",
        "/ar",
        "/fr/",
        "/favicon.ico",
    ),
    *(
        "/ar/search/%00",
        "/.env",
        "/%",
        "/ar/articles/1",
        "/ar/\\evil",
        "/" + "a/" * 900,
        "/" * 400,
    ),
)


def list_routes() -> list[str]:
    """Routes as they are written, in both languages, with their variable parts."""
    routes = [re.sub(r"[\^$]|\\Z", "", route) for route in _walk(get_resolver(), "")]
    in_languages = [
        _LANGUAGES_RE.sub(f"{code}/", route, count=1)
        for route in routes
        for code, _ in settings.LANGUAGES
    ]
    return sorted(set(in_languages))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from _walk(entry, route)


@st.composite
def paths(draw: st.DrawFn, known: Sequence[str]) -> str:
    """The path of a request, escaped: a route that is filled in, or another one."""
    route = draw(st.sampled_from(_weighed()))
    if route is None:
        return draw(st.sampled_from(_OTHERS)) + draw(st.just("") | segments(known))
    filled = _VARIABLE_RE.sub(lambda _: draw(segments(known)), route)
    return f"/{filled}"


def _weighed() -> list[str | None]:
    """The routes: searches most often, the desk, which asks visitors in, seldom."""
    routes = list_routes()
    desk = [route for route in routes if "/admin/" in route]
    pages = [route for route in routes if route not in desk]
    searches = [route for route in pages if "/search/" in route]
    return [*pages * 3, *searches * 9, *desk[::4], *[None] * 6]
