"""The template context of the installation: its names and its contact."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def site(request: HttpRequest) -> dict[str, Any]:
    """``site_name`` in the page's language, ``site_contact`` or ``""``, and two more.

    ``site_contact_address`` is the URL of the contact; ``site_open`` is False where the
    reader has to sign in first.
    """
    names = {"ar": settings.SITE_NAME_AR, "en": settings.SITE_NAME_EN}
    contact = settings.CONTACT
    return {
        "site_name": names.get(get_language() or "ar", settings.SITE_NAME_AR),
        "site_contact": contact,
        "site_open": not settings.LOGIN_REQUIRED or request.user.is_authenticated,
        "site_contact_address": contact if "/" in contact else f"mailto:{contact}",
    }
