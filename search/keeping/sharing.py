"""Lists under a link: whoever has the address sees them, and nobody else."""

import secrets
from collections.abc import Sequence
from typing import Final

from django.contrib.auth.models import User

from search.models import SharedList

# 31 letters and digits that are not taken for one another when they are read aloud.
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
# 31 to the twentieth power, some 99 bits: a key is a secret.
KEY_LENGTH: Final = 20


def make_key() -> str:
    """A key that nobody guesses.

    >>> len(make_key()), make_key() == make_key()
    (20, False)
    """
    return "".join(secrets.choice(_ALPHABET) for _ in range(KEY_LENGTH))


def share(shared: SharedList, owner: User, article_ids: Sequence[int]) -> SharedList:
    """Save a new list of *owner* with these articles, in this order."""
    shared.owner = owner
    shared.key = make_key()
    shared.article_ids = list(article_ids)
    shared.save()
    return shared
