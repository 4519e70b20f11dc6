"""Lists under a link: whoever has the address sees them, and nobody else."""

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from search.models import Keeper, SharedList

# 31 letters and digits that are not taken for one another when they are read aloud.
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
# 31 to the twentieth power, some 99 bits: a key is a secret.
KEY_LENGTH: Final = 20
# How long the list of a visitor stands, whose session ends much sooner.
LIFE_OF_VISITORS: Final = dt.timedelta(days=30)
MOST_OF_VISITOR: Final = 20


class TooManyLists(Exception):
    """The visitor shares as many lists as one may without an account."""


def make_key() -> str:
    """A key that nobody guesses.

    >>> len(make_key()), make_key() == make_key()
    (20, False)
    """
    return "".join(secrets.choice(_ALPHABET) for _ in range(KEY_LENGTH))


def list_own(keeper: Keeper) -> QuerySet[SharedList]:
    """The lists that *keeper* shares and may change, the last one first."""
    if keeper.user_id is None:
        return SharedList.objects.standing().filter(keeper=keeper)
    return SharedList.objects.filter(owner=keeper.user_id)


def share(shared: SharedList, keeper: Keeper, article_ids: Sequence[int]) -> SharedList:
    """Save a new list of *keeper* with these articles, in this order.

    Raises TooManyLists where a visitor shares MOST_OF_VISITOR already.
    """
    if keeper.user_id is None:
        if list_own(keeper).count() >= MOST_OF_VISITOR:
            raise TooManyLists
        shared.keeper = keeper
        shared.expires_at = timezone.now() + LIFE_OF_VISITORS
    shared.owner_id = keeper.user_id
    shared.key = make_key()
    shared.article_ids = list(article_ids)
    shared.save()
    return shared
