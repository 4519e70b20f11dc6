"""What django-axes asks: which failed sign-ins count together, and what to say then.

Public: `client_ip`, `list_parameters`, `refuse`.
"""

from collections.abc import Mapping
from math import ceil
from typing import Any, Final

from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from config.security.client_address import client_network

TOO_MANY_REQUESTS: Final = 429
_SECONDS_IN_A_MINUTE: Final = 60
# Failures of one account within the waiting time, from whatever addresses, after which
# it waits wherever somebody tries: 100 an hour, the most that ASVS 2.2.1 allows.
ACCOUNT_LIMIT: Final = 25
_PAIR: Final[list[str | list[str]]] = [["username", "ip_address"]]
_ACCOUNT: Final[list[str | list[str]]] = ["username"]


def client_ip(request: HttpRequest) -> str | None:
    """Where the request comes from, as failures are counted; ``None`` if unknown."""
    return client_network(request.META.get("REMOTE_ADDR", "")) or None


def list_parameters(
    request: HttpRequest, credentials: Mapping[str, Any] | None = None
) -> list[str | list[str]]:
    """The account from one address; the account alone where many addresses fail at it.

    So a stranger at one address cannot lock somebody out from afar, and a thousand
    machines do not get a thousand times as many guesses; all they get is the wait.
    """
    name = get_client_username(request, credentials)
    if not name:
        return _PAIR
    return _ACCOUNT if count_failures(name) >= ACCOUNT_LIMIT else _PAIR


def count_failures(name: str) -> int:
    """Failed sign-ins as *name* within the waiting time, from all addresses."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(username=name, attempt_time__gte=since)
    found: int | None = attempts.aggregate(sum=Sum("failures_since_start"))["sum"]
    return found or 0


def refuse(request: HttpRequest, *_rest: Any) -> HttpResponse:
    """The page that says how long to wait and who can unlock the account."""
    seconds = settings.AXES_COOLOFF_TIME.total_seconds()
    context = {"minutes": ceil(seconds / _SECONDS_IN_A_MINUTE)}
    response = render(request, "account/locked.html", context, status=TOO_MANY_REQUESTS)
    response["Retry-After"] = str(int(seconds))
    return response
