"""Tokens by which an e-mail can be stopped without signing in."""

from typing import Final

from django.core import signing

_SALT: Final = "search.following.stop"


def write_token(search_id: int) -> str:
    """A token that stops the e-mails of this saved search, and nothing else."""
    return signing.dumps(search_id, salt=_SALT)


def read_token(token: str) -> int | None:
    """The saved search that *token* stops; None for a token that is not ours.

    It never expires: a link in an old e-mail has to work.
    """
    try:
        value = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return value if isinstance(value, int) else None
