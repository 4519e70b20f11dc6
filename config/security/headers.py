"""Security headers beside those of Django and django-csp."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

# Browser features that the site does not use, so that injected scripts cannot either.
_DISABLED_FEATURES: Final = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation",
    "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial",
    "usb", "xr-spatial-tracking",
)  # fmt: skip
HEADERS: Final = {
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _DISABLED_FEATURES),
    # Other sites cannot embed our resources.
    "Cross-Origin-Resource-Policy": "same-origin",
}


def headers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware that adds the headers to every response, files and errors included."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # The next user of the computer must not see an editor's pages.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return respond
