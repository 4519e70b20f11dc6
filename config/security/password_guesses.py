"""A limit on wrong passwords: by address at sign-ins, by session at password changes.

It is checked before a password is hashed, which takes half a second of the processor
(docs/decisions/0028-wrong-passwords-by-address.md). An attempt is counted before it is
made, so that many at once are not more than the rate, and given back if it succeeds.
"""

import logging
import math
import time
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from config.security.rate_limits.limiter import RateLimiter
from config.security.rate_limits.middleware import find_view_name, identify_client
from config.security.rate_limits.rates import Rate

# Not the file of searches, where many addresses could displace those that guess.
FILE: Final = "password-guesses"
RATE_KEY: Final = "sign_in"
# The site's view and the admin's; both ask for the old password.
PASSWORD_CHANGES: Final = frozenset({"password_change", "admin:password_change"})
_SECONDS_IN_A_MINUTE: Final = 60

_log = logging.getLogger(__name__)
_opening = Lock()


def take_sign_in(request: HttpRequest) -> float:
    """Count a sign-in; returns 0, or the seconds to wait if it must not be tried."""
    client = identify_client(request)
    return _count(f"sign-in {client}") if client else 0.0


def give_back_sign_in(request: HttpRequest) -> None:
    """Take back what `take_sign_in` has counted: the password was right."""
    client = identify_client(request)
    rate: Rate | None = settings.RATES.get(RATE_KEY)
    if not client or rate is None:
        return
    try:
        _open().charge(f"sign-in {client}", rate, now=time.time(), weight=-1)
    except OSError as error:
        _log.warning("A sign-in that succeeded stays counted: %s", error)


class PasswordChangeLimit:
    """Middleware that limits the forms in which a session changes its password.

    By session, so that nobody who shares the address of an attacker is kept from it; to
    get more sessions, an attacker would have to know the password.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if request.method != "POST" or find_view_name(request) not in PASSWORD_CHANGES:
            return None
        session = request.session.session_key
        wait = _count(f"password-change {session}") if session else 0.0
        return refuse(request, wait, is_sign_in=False) if wait else None


def refuse(request: HttpRequest, wait: float, *, is_sign_in: bool) -> HttpResponse:
    """The answer 429, in both languages, with the time to wait in *wait* seconds."""
    seconds = math.ceil(wait)
    context = {
        "minutes": math.ceil(seconds / _SECONDS_IN_A_MINUTE),
        "is_sign_in": is_sign_in,
    }
    response = render(
        request,
        "account/too_many_guesses.html",
        context,
        status=HTTPStatus.TOO_MANY_REQUESTS,
    )
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


def _count(client: str) -> float:
    """Count an attempt of *client*; returns 0, or the seconds to wait."""
    rate: Rate | None = settings.RATES.get(RATE_KEY)
    if rate is None:
        return 0.0
    try:
        return _open().hit(client, rate, now=time.time())
    except OSError as error:
        # The limit by account, which is in the database, holds all the same.
        _log.warning("Wrong passwords cannot be counted by address: %s", error)
        return 0.0


def _open() -> RateLimiter:
    # Threads that open it at once would get one each.
    with _opening:
        return _open_file(Path(settings.DATA_DIR) / FILE, settings.SECRET_KEY)


# Once a process: closing one of two files would drop the locks of the other.
@lru_cache(maxsize=1)
def _open_file(path: Path, key: str) -> RateLimiter:
    return RateLimiter(path, key=key)
