"""What is answered to an address that asks for too much."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.api.problems import BUSY, TOO_MANY, Problem, answer_problem

# Seconds after which a costly search may be tried again.
BUSY_SECONDS: Final = 2
# The form in which programs that ask the API are refused.
PROBLEM: Final = "problem"
# The view of OAI-PMH, whose harvesters are refused as that protocol says.
HARVEST: Final = "oai"


def refuse_too_many(
    request: HttpRequest, seconds: int, *, file_format: object
) -> HttpResponse:
    """The answer 429 to an address over its limit, which has to wait *seconds*."""
    return _refuse(
        request,
        HTTPStatus.TOO_MANY_REQUESTS,
        _("Too many requests came from your address in a short time."),
        seconds,
        file_format,
    )


def refuse_busy(request: HttpRequest, *, file_format: object) -> HttpResponse:
    """The answer 503 to a costly search while as many as may run are running."""
    return _refuse(
        request,
        HTTPStatus.SERVICE_UNAVAILABLE,
        _("Other searches that take long are running."),
        BUSY_SECONDS,
        file_format,
    )


def _refuse(
    request: HttpRequest,
    status: HTTPStatus,
    reason: str,
    seconds: int,
    file_format: object,
) -> HttpResponse:
    """A page, or a sentence in the manner of a file's format."""
    if file_format == PROBLEM:
        kind = TOO_MANY if status == HTTPStatus.TOO_MANY_REQUESTS else BUSY
        problem = Problem(
            kind,
            f"{reason} {_write_wait(seconds)}",
            headers={"Retry-After": str(seconds)},
        )
        return answer_problem(request, problem)
    wants_page = "text/html" in request.headers.get("Accept", "")
    if file_format in _ANSWERS and not wants_page:
        sentence = f"{reason} {_write_wait(seconds)}"
        response = _ANSWERS[file_format](sentence, seconds, status)
    else:
        context = {"seconds": seconds}
        response = render(request, f"{status.value}_wait.html", context, status=status)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


def _write_wait(seconds: int) -> str:
    """What a program is told, in the language of the address."""
    return ngettext(
        "Wait %(seconds)s second, then ask again.",
        "Wait %(seconds)s seconds, then ask again.",
        seconds,
    ) % {"seconds": seconds}


def _answer_json(sentence: str, seconds: int, status: HTTPStatus) -> HttpResponse:
    return JsonResponse(
        {"error": sentence, "retry_after": seconds},
        status=status,
        json_dumps_params={"ensure_ascii": False},
    )


def _answer_text(sentence: str, seconds: int, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(
        f"{sentence}\n", content_type="text/plain; charset=utf-8", status=status
    )


def _answer_harvester(sentence: str, seconds: int, status: HTTPStatus) -> HttpResponse:
    # Version 2.0, section 3.1.2.2: 503 with Retry-After.
    return _answer_text(sentence, seconds, HTTPStatus.SERVICE_UNAVAILABLE)


_ANSWERS: Final[Mapping[object, Callable[[str, int, HTTPStatus], HttpResponse]]] = {
    "csv": _answer_text,
    "jsonl": _answer_json,
    HARVEST: _answer_harvester,
}
