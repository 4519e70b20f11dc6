"""Middleware that limits what one client may ask for, by what it costs.

A search counts as the processor time that it is estimated to take and, once it has run,
as what it took. Of expensive searches only a few run at once. Clients are distinguished
by address, IPv6 ones by network, since a household has more addresses than a limit
could count. Staff are exempt, and so is everybody while nothing can be counted, since a
failing limit is no reason to close the archive.
"""

import logging
import math
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from filelock import FileLock

from config.security.client_address import client_network
from config.security.rate_limits.limiter import RateLimiter
from config.security.rate_limits.rates import Rate
from config.security.rate_limits.refusals import (
    HARVEST,
    PROBLEM,
    refuse_busy,
    refuse_too_many,
)
from config.security.rate_limits.slots import Slots
from search.api_keys import find_key
from search.views.cost import estimate_seconds

FILE: Final = "rate-limits"
# Expensive views, with the key of settings.RATES under which each is counted.
RATE_KEYS: Final[Mapping[str, str]] = {
    "search:results": "search",
    "search:facet": "search",
    "archive:related": "search",
    "search:suggestions": "search",
    "search:export": "export",
    "search:take_away": "search",
    "search:feed": "search",
    "search:add_to_basket": "search",
    "search:batch": "export",
    "search:prepare": "export",
    "search:job_file": "export",
    "search:cite": "search",
    "search:concordance": "search",
    "search:concordance_csv": "export",
    "search:compare": "search",
    "search:compare_csv": "export",
    "search:frequency": "search",
    "search:from_article": "search",
    "search:frequency_csv": "export",
    "search:quotations": "search",
    "search:cited": "search",
    "search:cited_crate": "export",
    "api-v1:search": "api",
    "api-v1:articles": "api",
    "api-v1:facet": "api",
}
# All views of the API, also those whose cost no query tells, and that of harvesters.
PROGRAMS: Final = ("api-v1:", HARVEST)
# Rates under which a request counts as the time that it takes; files count once.
_BY_TIME: Final = ("search", "api", "api_key")
# What views weigh that take a few milliseconds: a word that is typed with suggestions
# counts as one search, not as ten. They are charged for what they take beyond it.
LIGHT_VIEWS: Final[Mapping[str, float]] = {"search:suggestions": 0.1}
# As expensive as a search where its URL has a query whose hits are to be marked.
MARKING_VIEW: Final = "archive:article"
# Processor seconds that count as one request: a usual results page takes less.
SECONDS_A_REQUEST: Final = 0.1
# A search that is estimated to take longer needs a slot.
EXPENSIVE_SECONDS: Final = 0.4
# One slot for two processors leaves the other one to everybody else.
PROCESSORS_A_SLOT: Final = 2
SLOT: Final = "expensive-search"

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Usage:
    """A counted request while it is answered: *weight* was counted before it ran."""

    client: str
    rate: Rate
    weight: float
    is_search: bool
    slot: FileLock | None = None


class RateLimitMiddleware:
    """Counts requests of expensive views; refuses those beyond rate or slots."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._limiter: RateLimiter | None = None
        self._opening = Lock()
        self._is_counting = True

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.thread_time()
        usage: _Usage | None = None
        try:
            response = self.get_response(request)
        finally:
            usage = getattr(request, "rate_usage", None)
            if usage is not None:
                self._settle(usage, time.thread_time() - started)
        if usage is not None and is_for_programs(request):
            self._tell(response, usage)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: object,
        args: object,
        kwargs: Mapping[str, Any],
    ) -> HttpResponse | None:
        key, client = find_rate_key(request), identify_client(request)
        if key == "api" and (
            api_key := find_key(request.headers.get("Authorization", ""))
        ):
            key, client = "api_key", str(api_key.pk)
        rate: Rate | None = settings.RATES.get(key)
        if rate is None or not client:
            return None
        light = LIGHT_VIEWS.get(find_view_name(request))
        has_query = find_view_name(request) in RATE_KEYS and light is None
        seconds = estimate_seconds(request.GET) if has_query else 0.0
        is_search = key in _BY_TIME
        # A file counts once, whatever it costs: there are few of them an hour.
        weight = max(1.0, seconds / SECONDS_A_REQUEST) if is_search else 1.0
        weight = weight if light is None else light
        usage = _Usage(f"{key} {client}", rate, weight, is_search)
        name = find_form(request, kwargs.get("name"))
        wait = self._count(usage)
        # The user comes last, because it may take a database query.
        if wait and not request.user.is_staff:
            refusal = refuse_too_many(request, math.ceil(wait), file_format=name)
            if is_for_programs(request):
                self._tell(refusal, usage)
            return refusal
        if seconds >= EXPENSIVE_SECONDS:
            has_slot = self._take_slot(usage)
            if not has_slot and not request.user.is_staff:
                return refuse_busy(request, file_format=name)
        request.rate_usage = usage  # type: ignore[attr-defined]
        return None

    def _open(self) -> RateLimiter:
        # Once a process: closing one of two files would drop the locks of the other.
        with self._opening:
            if self._limiter is None:
                path = Path(settings.DATA_DIR) / FILE
                self._limiter = RateLimiter(path, key=settings.SECRET_KEY)
            return self._limiter

    def _count(self, usage: _Usage) -> float:
        """Count the request; returns 0, or the seconds to wait if it is refused."""
        try:
            wait = self._open().hit(
                usage.client, usage.rate, now=time.time(), weight=usage.weight
            )
        except OSError as error:
            self._warn(error)
            return 0.0
        self._is_counting = True
        return wait

    def _take_slot(self, usage: _Usage) -> bool:
        """Take a slot for an expensive search; returns whether it may run."""
        count = max(1, (os.cpu_count() or 1) // PROCESSORS_A_SLOT)
        try:
            usage.slot = Slots(Path(settings.DATA_DIR), SLOT, count).take()
        except OSError as error:
            self._warn(error)
            return True
        return usage.slot is not None

    def _settle(self, usage: _Usage, seconds: float) -> None:
        """Give the slot back, and count what a search took beyond its estimate."""
        if usage.slot is not None:
            usage.slot.release()
        beyond = seconds / SECONDS_A_REQUEST - usage.weight
        if not usage.is_search or beyond <= 0:
            return
        try:
            self._open().charge(
                usage.client, usage.rate, now=time.time(), weight=beyond
            )
        except OSError as error:
            self._warn(error)

    def _tell(self, response: HttpResponseBase, usage: _Usage) -> None:
        """Say in headers what is left (draft-ietf-httpapi-ratelimit-headers-10)."""
        rate = usage.rate
        try:
            seconds = self._open().until_full(usage.client, rate, now=time.time())
        except OSError as error:
            self._warn(error)
            return
        left = int((rate.seconds - seconds) / rate.interval)
        response["RateLimit-Policy"] = f'"default";q={rate.count};w={rate.seconds}'
        response["RateLimit"] = f'"default";r={left};t={math.ceil(seconds)}'

    def _warn(self, error: OSError) -> None:
        if self._is_counting:
            _log.warning("Visits cannot be counted, so none is refused: %s", error)
        self._is_counting = False


def find_view_name(request: HttpRequest) -> str:
    """The name of the view that answers the request; ``""`` for none."""
    return request.resolver_match.view_name if request.resolver_match else ""


def find_rate_key(request: HttpRequest) -> str:
    """The key of settings.RATES under which the request is counted; ``""`` for none."""
    name = find_view_name(request)
    if name == MARKING_VIEW and "q" in request.GET:
        return "search"
    return "api" if is_for_programs(request) else RATE_KEYS.get(name, "")


def find_form(request: HttpRequest, file_format: object) -> object:
    """The form in which the request is refused; that of files is *file_format*."""
    if find_view_name(request) == HARVEST:
        return HARVEST
    return PROBLEM if is_for_programs(request) else file_format


def is_for_programs(request: HttpRequest) -> bool:
    """Whether the request is one to the API."""
    return find_view_name(request).startswith(PROGRAMS)


def identify_client(request: HttpRequest) -> str:
    """The address under which the request is counted; ``""`` if it is unknown.

    Behind a proxy that does not forward addresses, all clients would have the proxy's
    address, and one could use up the rate of all.
    """
    if settings.BEHIND_PROXY and "HTTP_X_FORWARDED_FOR" not in request.META:
        return ""
    return client_network(request.META.get("REMOTE_ADDR", ""))
