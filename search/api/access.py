"""Who may ask: everybody, or on a site for members accounts and holders of a key."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from search import api_keys
from search.api.problems import NO_ACCESS, Problem

_UNKNOWN: Final = 'Bearer error="invalid_token"'
_WANTED: Final = "Bearer"


def check_access(request: HttpRequest) -> None:
    """Raise Problem for a key that is not valid, and for nobody on a members' site."""
    authorization = request.headers.get("Authorization", "")
    if api_keys.is_sent(authorization):
        if api_keys.find_key(authorization) is None:
            sentence = _(
                "The key is unknown or has been revoked. An administrator of the site"
                " issues keys."
            )
            raise _refuse(sentence, _UNKNOWN)
    elif settings.LOGIN_REQUIRED and not request.user.is_authenticated:
        sentence = _(
            "This site is for members. Send a key with each request:"
            " Authorization: Bearer … An administrator of the site issues keys."
        )
        raise _refuse(sentence, _WANTED)


def _refuse(sentence: str, challenge: str) -> Problem:
    return Problem(NO_ACCESS, sentence, headers={"WWW-Authenticate": challenge})
