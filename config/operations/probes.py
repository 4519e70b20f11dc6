"""Middleware that answers health checks before any other."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import resolve

Responder = Callable[[HttpRequest], HttpResponseBase]


def probes(get_response: Responder) -> Responder:
    """Middleware that passes health checks to their views at once.

    Load balancers send them often and to an IP address, and the responses contain no
    links, so that ALLOWED_HOSTS, sessions, sign-ins and rate limits do not apply.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        if request.path not in settings.PROBES:
            return get_response(request)
        response: HttpResponseBase = resolve(request.path).func(request)
        return response

    return respond
