"""Readers of pages to their keepers: by account, else by the session's cookie."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from search import keeping
from search.keeping import (
    SESSION_KEY,
    make_own,
    make_visitor,
    move_to_account,
    renew,
    take_in_noted,
)
from search.models import BasketItem, Keeper


def find_keeper(request: HttpRequest) -> Keeper | None:
    """The keeper of the reader; None where nothing was kept yet."""
    return keeping.find_keeper(request.user, request.session)


def obtain_keeper(request: HttpRequest) -> Keeper:
    """The keeper of the reader, made where there is none.

    What a visitor keeps lives as long as a session that begins now.
    """
    if isinstance(request.user, User):
        return make_own(request.user)
    keeper = find_keeper(request)
    if keeper is None:
        keeper = make_visitor()
    else:
        renew(keeper)
    request.session[SESSION_KEY] = keeper.pk
    return keeper


def read_basket(request: HttpRequest) -> list[BasketItem]:
    """What is in the reader's basket, in the order of adding."""
    keeper = find_keeper(request)
    return list(keeper.basket.all()) if keeper else []


def take_over(
    sender: object, request: HttpRequest | None, user: User, **kwargs: Any
) -> None:
    """Move what a visitor has kept to the account; a receiver of `user_logged_in`."""
    session = getattr(request, "session", None)
    number = session.pop(SESSION_KEY, None) if session is not None else None
    if number is not None:
        # Searches on their way are the visitor's as well.
        take_in_noted()
        move_to_account(number, user)


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Where the reader came from, if that is a page of this site."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_own = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if is_own else otherwise
