"""Middleware that refuses clients beyond their rate, with status 429.

Clients are distinguished by address, IPv6 ones by network, since a household has more
addresses than a limit could count. Staff are exempt, and so is everybody while nothing
can be counted, since a failing limit is no reason to close the archive.
"""

import logging
import math
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.security.client_address import client_network
from config.security.rate_limits.limiter import RateLimiter
from config.security.rate_limits.rates import Rate

FILE: Final = "rate-limits"
# Expensive views, with the key of settings.RATES under which each is counted.
RATE_KEYS: Final[Mapping[str, str]] = {
    "search:results": "search",
    "search:facet": "search",
    "search:export": "export",
}
# As expensive as a search where its URL has a query whose hits are to be marked.
MARKING_VIEW: Final = "archive:article"

_log = logging.getLogger(__name__)


class RateLimitMiddleware:
    """Counts requests of expensive views; refuses those beyond the rate."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._limiter: RateLimiter | None = None
        self._opening = Lock()
        self._is_counting = True

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: object,
        args: object,
        kwargs: Mapping[str, Any],
    ) -> HttpResponse | None:
        key = find_rate_key(request)
        rate: Rate | None = settings.RATES.get(key)
        client = identify_client(request)
        if rate is None or not client:
            return None
        wait = self._count(f"{key} {client}", rate)
        # The user comes last, because it may take a database query.
        if not wait or request.user.is_staff:
            return None
        return refuse(request, math.ceil(wait), file_format=kwargs.get("name"))

    def _open(self) -> RateLimiter:
        # Once a process: closing one of two files would drop the locks of the other.
        with self._opening:
            if self._limiter is None:
                path = Path(settings.DATA_DIR) / FILE
                self._limiter = RateLimiter(path, key=settings.SECRET_KEY)
            return self._limiter

    def _count(self, client: str, rate: Rate) -> float:
        try:
            wait = self._open().hit(client, rate, now=time.time())
        except OSError as error:
            if self._is_counting:
                _log.warning("Visits cannot be counted, so none is refused: %s", error)
            self._is_counting = False
            return 0.0
        self._is_counting = True
        return wait


def find_rate_key(request: HttpRequest) -> str:
    """The key of settings.RATES under which the request is counted; ``""`` for none."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name == MARKING_VIEW and "q" in request.GET:
        return "search"
    return RATE_KEYS.get(name, "")


def identify_client(request: HttpRequest) -> str:
    """The address under which the request is counted; ``""`` if it is unknown.

    Behind a proxy that does not forward addresses, all clients would have the proxy's
    address, and one could use up the rate of all.
    """
    if settings.BEHIND_PROXY and "HTTP_X_FORWARDED_FOR" not in request.META:
        return ""
    return client_network(request.META.get("REMOTE_ADDR", ""))


def refuse(request: HttpRequest, seconds: int, *, file_format: object) -> HttpResponse:
    """The response 429: a page, or a sentence in the format of the requested file."""
    wants_page = "text/html" in request.headers.get("Accept", "")
    if file_format in _ANSWERS and not wants_page:
        response = _ANSWERS[file_format](write_sentence(seconds), seconds)
    else:
        context = {"seconds": seconds}
        response = render(
            request, "429.html", context, status=HTTPStatus.TOO_MANY_REQUESTS
        )
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


def write_sentence(seconds: int) -> str:
    """The sentence for programs, in the language of the URL."""
    wait = ngettext(
        "Wait %(seconds)s second, then ask again.",
        "Wait %(seconds)s seconds, then ask again.",
        seconds,
    ) % {"seconds": seconds}
    reason = _("Too many requests came from your address in a short time.")
    return f"{reason} {wait}"


def _answer_json(sentence: str, seconds: int) -> HttpResponse:
    return JsonResponse(
        {"error": sentence, "retry_after": seconds},
        status=HTTPStatus.TOO_MANY_REQUESTS,
        json_dumps_params={"ensure_ascii": False},
    )


def _answer_text(sentence: str, seconds: int) -> HttpResponse:
    return HttpResponse(
        f"{sentence}\n",
        content_type="text/plain; charset=utf-8",
        status=HTTPStatus.TOO_MANY_REQUESTS,
    )


_ANSWERS: Final[Mapping[object, Callable[[str, int], HttpResponse]]] = {
    "csv": _answer_text,
    "jsonl": _answer_json,
}
