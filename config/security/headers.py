"""Security headers beside those of Django and django-csp, and those of CORS.

By CORS, pages of other sites may read what is for programs: browsers hand its answers
to a notebook. They send no cookie with such a request, so that it sees what everybody
sees: docs/decisions/0114-api-for-other-sites.md.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from search.api.problems import API_PREFIX

# Browser features that the site does not use, so that injected scripts cannot either.
_DISABLED_FEATURES: Final = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation",
    "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial",
    "usb", "xr-spatial-tracking",
)  # fmt: skip
HEADERS: Final = {
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _DISABLED_FEATURES),
    # Other sites cannot embed our resources.
    "Cross-Origin-Resource-Policy": "same-origin",
}

# All addresses that programs read.
PREFIXES: Final = (API_PREFIX, "/oai/")
# Seconds for which a browser need not ask again whether it may ask.
_MAX_AGE: Final = 86_400
_EVERYBODY: Final = {"Access-Control-Allow-Origin": "*"}
_ANSWER: Final = _EVERYBODY | {
    "Access-Control-Expose-Headers": (
        "Content-Language, ETag, RateLimit, RateLimit-Policy, Retry-After"
    ),
    # Pages that isolate themselves, as notebooks in the browser do, may read it too.
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_LEAVE: Final = _EVERYBODY | {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept-Language, Authorization, If-None-Match",
    "Access-Control-Max-Age": str(_MAX_AGE),
}
_NO_CONTENT: Final = 204


def headers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware that adds the headers to every response, files and errors included."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # The next user of the computer must not see an editor's pages.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return respond


def cross_origin(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: the leave that browsers ask for, and its headers on answers."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PREFIXES):
            return get_response(request)
        if _asks_for_leave(request):
            answer = HttpResponse(status=_NO_CONTENT, headers=_LEAVE)
            patch_vary_headers(answer, ["Access-Control-Request-Method"])
            return answer
        response = get_response(request)
        for name, value in _ANSWER.items():
            response.headers[name] = value
        return response

    return respond


def _asks_for_leave(request: HttpRequest) -> bool:
    """Whether it is a preflight request, by the Fetch standard."""
    return (
        request.method == "OPTIONS"
        and "Origin" in request.headers
        and "Access-Control-Request-Method" in request.headers
    )
