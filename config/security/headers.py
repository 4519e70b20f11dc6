"""What browsers are told of every answer, beside what Django and django-csp tell them.

Public: `headers`.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

# What a reading room has no use for; a page that was tampered with would.
_SWITCHED_OFF: Final = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation",
    "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial",
    "usb", "xr-spatial-tracking",
)  # fmt: skip
HEADERS: Final = {
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _SWITCHED_OFF),
    # Pages of other sites cannot load ours as their pictures, scripts or frames.
    "Cross-Origin-Resource-Policy": "same-origin",
}


def headers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware that adds the headers to every answer, files and errors too."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # What an editor sees is not for whoever uses the computer next.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return respond
