"""Middleware that says what a request with another method than an address takes met.

Django's own answer is empty. Readers meet it where they load the address of a form
again that only a button sends, programs where they write to what can only be read.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _


def methods(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: an empty 405 gets a page, or a line of text for programs."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return _explain(request, response["Allow"])
        return response

    return respond


def _explain(request: HttpRequest, allowed: str) -> HttpResponse:
    """The answer to *request*; *allowed* are the methods that the address takes."""
    is_sent = "GET" not in allowed
    if "text/html" in request.headers.get("Accept", ""):
        response = render(request, "405.html", {"is_sent": is_sent})
    else:
        sentence = _("This address takes %(methods)s, not %(method)s.") % {
            "methods": allowed,
            "method": request.method,
        }
        response = HttpResponse(
            f"{sentence}\n", content_type="text/plain; charset=utf-8"
        )
    response.status_code = HTTPStatus.METHOD_NOT_ALLOWED
    response["Allow"] = allowed
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ("Accept",))
    return response
