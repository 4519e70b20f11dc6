"""Hooks of django-axes: which failed sign-ins count together, and the lockout page."""

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

from config.security import password_guesses
from config.security.client_address import client_network

TOO_MANY_REQUESTS: Final = 429
_SECONDS_IN_A_MINUTE: Final = 60
# Failures of one account from all addresses within the cool-off time, after which the
# account is locked for all addresses: 100 an hour, the limit of OWASP ASVS 2.2.1.
ACCOUNT_LIMIT: Final = 25
_PAIR: Final[list[str | list[str]]] = [["username", "ip_address"]]
_ACCOUNT: Final[list[str | list[str]]] = ["username"]


def client_ip(request: HttpRequest) -> str | None:
    """The client's address, as failures are counted; ``None`` if unknown."""
    return client_network(request.META.get("REMOTE_ADDR", "")) or None


def list_parameters(
    request: HttpRequest, credentials: Mapping[str, Any] | None = None
) -> list[str | list[str]]:
    """Account and address; the account alone after `ACCOUNT_LIMIT` failures.

    By pair, a stranger at one address cannot lock out the owner at another one; by
    account, a botnet does not get a multiple of the guesses.
    """
    name = get_client_username(request, credentials)
    if not name:
        return _PAIR
    return _ACCOUNT if count_failures(name) >= ACCOUNT_LIMIT else _PAIR


def count_failures(name: str) -> int:
    """The number of failed sign-ins as *name* within the cool-off time."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(username=name, attempt_time__gte=since)
    total: int | None = attempts.aggregate(sum=Sum("failures_since_start"))["sum"]
    return total or 0


def refuse(request: HttpRequest, *_rest: Any) -> HttpResponse:
    """The lockout page, which says how long to wait and who can unlock the account.

    Where it is the address that has to wait, its own page.
    """
    if wait := getattr(request, "sign_in_wait", 0.0):
        return password_guesses.refuse(request, wait, is_sign_in=True)
    seconds = settings.AXES_COOLOFF_TIME.total_seconds()
    context = {"minutes": ceil(seconds / _SECONDS_IN_A_MINUTE)}
    response = render(request, "account/locked.html", context, status=TOO_MANY_REQUESTS)
    response["Retry-After"] = str(int(seconds))
    return response
