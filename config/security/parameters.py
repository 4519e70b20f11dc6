"""Middleware that reads the parameters of an address before anything depends on them.

Django refuses more of them than DATA_UPLOAD_MAX_NUMBER_FIELDS when they are first
read. On the page of another error that would be the template, and a fault of the site.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from search.api.problems import API_PREFIX, BAD_PARAMETER, Problem, answer_problem


def parameters(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: an address with too many parameters is answered by 400."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        try:
            _given = request.GET
        except TooManyFieldsSent:
            if not request.path.startswith(API_PREFIX):
                raise
            sentence = _("There are more than %(most)s parameters.")
            most = {"most": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}
            return answer_problem(request, Problem(BAD_PARAMETER, sentence % most))
        return get_response(request)

    return respond
