"""Keys of the API: issued, found again by their hash, revoked.

A key is sent as ``Authorization: Bearer sijill_…``. It allows more requests, and on a
site for members it takes the place of signing in; it opens nothing that is hidden.
"""

import hashlib
import secrets
from typing import Final

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from search.models import ApiKey

# Tells people, and programs that look for leaked secrets, what it is.
PREFIX: Final = "sijill_"
_SCHEME: Final = "bearer "
_RANDOM_BYTES: Final = 32
_SHOWN: Final = len(PREFIX) + 4


def issue(name: str, by: User | None) -> tuple[ApiKey, str]:
    """A new key called *name*: its row, and the key itself, which is kept nowhere."""
    key = PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)
    row = ApiKey.objects.create(
        name=name, beginning=key[:_SHOWN], digest=_hash(key), created_by=by
    )
    return row, key


def revoke(keys: "QuerySet[ApiKey]") -> int:
    """Revoke these keys at once; how many were valid before."""
    return keys.filter(revoked_at=None).update(revoked_at=timezone.now())


def is_sent(authorization: str) -> bool:
    """Whether the header *authorization* is meant as a key.

    >>> is_sent("Bearer sijill_x"), is_sent("Basic dTpw"), is_sent("")
    (True, False, False)
    """
    return authorization.lower().startswith(_SCHEME)


def find_key(authorization: str) -> ApiKey | None:
    """The valid key of the header *authorization*; ``None`` for any other."""
    if not is_sent(authorization):
        return None
    key = authorization[len(_SCHEME) :].strip()
    if not key.startswith(PREFIX):
        return None
    return ApiKey.objects.filter(digest=_hash(key), revoked_at=None).first()


def _hash(key: str) -> str:
    # Headers are read as Latin-1, so that any text can be encoded.
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()
