"""The root URL, ``/``, which has no language: a redirect to a home page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

_ARABIC, _ENGLISH = "ar", "en"


@require_safe
def redirect_to_language(request: HttpRequest) -> HttpResponse:
    """Redirect to the home page in the reader's language."""
    language = preferred_language(
        cookie=request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""),
        accepted=request.headers.get("Accept-Language", ""),
    )
    response = HttpResponseRedirect(f"/{language}/")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def preferred_language(*, cookie: str, accepted: str) -> str:
    """The language of the cookie, else one of the Accept-Language header.

    English where the header accepts English and no Arabic, otherwise Arabic. The order
    does not count, because browsers are delivered with English first.

    >>> preferred_language(cookie="", accepted="en-US,en;q=0.9,ar;q=0.5")
    'ar'
    >>> preferred_language(cookie="", accepted="en-GB,en;q=0.9")
    'en'
    """
    if cookie in dict(settings.LANGUAGES):
        return cookie
    accepted_languages = {
        tag.partition("-")[0]
        for tag, quality in parse_accept_lang_header(accepted)
        if quality > 0
    }
    is_english = _ENGLISH in accepted_languages and _ARABIC not in accepted_languages
    return _ENGLISH if is_english else _ARABIC
