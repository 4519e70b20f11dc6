"""Answers what watches over the site, before anybody asks who it is: `probes`."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import resolve

Responder = Callable[[HttpRequest], HttpResponseBase]


def probes(get_response: Responder) -> Responder:
    """Middleware that hands probes to their views at once.

    A load balancer asks by number and often, and its answers hold no link: neither
    ALLOWED_HOSTS nor sessions, sign-ins and limits are for it.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        if request.path not in settings.PROBES:
            return get_response(request)
        answer: HttpResponseBase = resolve(request.path).func(request)
        return answer

    return respond
