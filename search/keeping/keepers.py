"""Keepers: of accounts, which stay, and of visitors, which end with the session."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from search.models import BasketItem, Keeper, PastSearch, SharedList

# Of the session of a visitor: the number of the keeper.
SESSION_KEY: Final = "keeper"


def find_keeper(user: object, session: Mapping[str, Any]) -> Keeper | None:
    """The keeper of an account or of a session; None before anything was kept.

    Asks no database where a visitor has no session.
    """
    if isinstance(user, User):
        return Keeper.objects.filter(user=user).first()
    number = session.get(SESSION_KEY)
    if number is None:
        return None
    return Keeper.objects.filter(pk=number, user=None).first()


def make_own(user: User) -> Keeper:
    """The keeper of an account, made where there is none; it remembers searches."""
    return Keeper.objects.get_or_create(user=user, defaults={"remembers": True})[0]


def make_visitor() -> Keeper:
    """A new keeper for a visitor; it remembers no searches until it is asked to."""
    return Keeper.objects.create(expires_at=_end_of_session())


def renew(keeper: Keeper) -> None:
    """Let a visitor's keeper live as long as a session that begins now."""
    keeper.expires_at = _end_of_session()
    keeper.save(update_fields=["expires_at"])


def _end_of_session() -> dt.datetime:
    return timezone.now() + dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)


@transaction.atomic
def move_to_account(visitor_id: int, user: User) -> None:
    """Add what a visitor has kept to the account of *user*; nothing where it ended.

    Of an article in both baskets both notes stay; of a search the later time.
    """
    visitor = Keeper.objects.filter(pk=visitor_id, user=None).first()
    if visitor is None:
        return
    own = make_own(user)
    _move_basket(visitor, own)
    _move_searches(visitor, own)
    visitor.jobs.update(keeper=own)
    visitor.shared_lists.update(owner=user, keeper=None, expires_at=None)
    visitor.delete()


def _move_basket(visitor: Keeper, own: Keeper) -> None:
    known = {item.article_id: item for item in own.basket.all()}
    for item in visitor.basket.all():
        other = known.get(item.article_id)
        if other is None:
            BasketItem.objects.filter(pk=item.pk).update(keeper=own)
        elif item.note and item.note not in other.note:
            other.note = "\n".join(note for note in (other.note, item.note) if note)
            other.save(update_fields=["note"])


def _move_searches(visitor: Keeper, own: Keeper) -> None:
    known = {search.digest: search for search in own.searches.all()}
    for search in visitor.searches.all():
        other = known.get(search.digest)
        if other is None:
            PastSearch.objects.filter(pk=search.pk).update(keeper=own)
        elif search.searched_at > other.searched_at:
            other.searched_at, other.total = search.searched_at, search.total
            other.save(update_fields=["searched_at", "total"])


def remove_expired() -> int:
    """Delete the keepers of visitors whose sessions have ended; how many.

    Lists that visitors shared are deleted when their own time has ended.
    """
    SharedList.objects.filter(expires_at__lt=timezone.now()).delete()
    ended = Keeper.objects.filter(user=None, expires_at__lt=timezone.now())
    return ended.delete()[1].get("search.Keeper", 0)
