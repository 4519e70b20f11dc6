"""The API as Django serves it: its address, its OpenAPI document and its errors."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache, wraps
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
)
from django.http.response import HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver, path, re_path, reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from search.api import problems
from search.api.access import check_access
from search.api.endpoints import router
from search.api.parameters import Filters, Paging, Steps, Walking, describe_error
from search.api.problems import Problem, answer_problem
from search.api.schemas import ProblemDetails
from search.errors import IndexUnavailable, QueryTooExpensive
from search.forms import MAX_DEPTH
from search.request import WITHIN_KEYS

VERSION: Final = "1.0.0"
NAMESPACE: Final = "api-v1"
View = Callable[..., HttpResponseBase]


class _Parser(Parser):
    """Parameters without those that are empty, which forms send for empty boxes."""

    def parse_querydict(
        self,
        data: MultiValueDict[str, Any],
        list_fields: list[str],
        request: HttpRequest,
    ) -> dict[str, Any]:
        filled = MultiValueDict(
            {
                name: some
                for name, values in data.lists()
                if (some := [*filter(None, values)])
            }
        )
        return super().parse_querydict(filled, list_fields, request)


class _Renderer(JSONRenderer):
    """JSON with Arabic letters as letters."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


def build_api() -> NinjaAPI:
    """The API with its operations and the answers to its errors."""
    api = NinjaAPI(
        title=settings.SITE_NAME_EN,
        version=VERSION,
        description="Read-only. Errors are problem details (RFC 9457).",
        urls_namespace=NAMESPACE,
        docs_url=None,
        openapi_url=None,
        parser=_Parser(),
        renderer=_Renderer(),
    )
    api.add_router("", router)
    api.exception_handler(Problem)(answer_problem)
    api.exception_handler(ValidationError)(_answer_validation)
    api.exception_handler(QueryTooExpensive)(_answer_expensive)
    api.exception_handler(IndexUnavailable)(_answer_no_index)
    return api


def _answer_validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which parameters do not fit the schema."""
    wrong = [
        {
            # Where it is one of several, its number comes last.
            "parameter": [part for part in one["loc"] if isinstance(part, str)][-1],
            "detail": describe_error(one["type"], one.get("ctx", {})),
        }
        for one in error.errors
    ]
    sentence = _("The value of a parameter is not valid.")
    return answer_problem(
        request, Problem(problems.BAD_PARAMETER, sentence, {"errors": wrong})
    )


def _answer_expensive(request: HttpRequest, error: QueryTooExpensive) -> HttpResponse:
    return answer_problem(request, Problem(problems.TOO_EXPENSIVE, str(error)))


def _answer_no_index(request: HttpRequest, error: IndexUnavailable) -> HttpResponse:
    return answer_problem(request, Problem(problems.NO_INDEX, str(error)))


def door(view: View) -> View:
    """*view* with what all of the API have in common.

    HEAD is answered as GET, unchanged answers by 304, problems in their form. Access is
    the API's own affair, not that of the page for signing in.
    """
    conditional = conditional_page(view)

    @login_not_required
    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        try:
            check_access(request)
            _refuse_unknown(request)
            response = conditional(request, *args, **kwargs)
        except Problem as problem:
            return answer_problem(request, problem)
        except Http404:
            return _refuse_address(request)
        finally:
            if is_head:
                request.method = "HEAD"
        if isinstance(response, HttpResponseNotAllowed):
            return _refuse_method(request)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return answer


def _refuse_method(request: HttpRequest) -> HttpResponse:
    sentence = _("Ask by GET or HEAD: nothing can be changed here.")
    headers = {"Allow": "GET, HEAD"}
    return answer_problem(
        request, Problem(problems.BAD_METHOD, sentence, headers=headers)
    )


def _refuse_unknown(request: HttpRequest) -> None:
    """Raise Problem for a parameter that the operation has not, or not twice."""
    match = request.resolver_match
    known = _parameters_of(match.url_name if match else None)
    wrong = [
        {"parameter": name, "detail": detail}
        for name, detail in _iter_wrong(request.GET, known)
    ]
    if wrong:
        sentence = _("A parameter is unknown or given twice.")
        raise Problem(problems.BAD_PARAMETER, sentence, {"errors": wrong})


def _iter_wrong(
    parameters: QueryDict, known: Mapping[str, bool], depth: int = 0
) -> Iterator[tuple[str, str]]:
    """Each parameter that is unknown or given too often, and what is wrong with it.

    Also in other searches that a search stands within, as deep as those may be.
    """
    for name, values in parameters.lists():
        if name not in known:
            sentence = _("There is no such parameter. There are: %(names)s.")
            yield name, sentence % {"names": ", ".join(known) or "–"}
        elif len(values) > 1 and not known[name]:
            yield name, _("It may be given once.")
        elif name in WITHIN_KEYS and depth < MAX_DEPTH:
            for text in values:
                inside = _iter_wrong(QueryDict(text), known, depth + 1)
                yield from ((name, f"{inner}: {why}") for inner, why in inside)


def _parameters_of(operation_id: str | None) -> Mapping[str, bool]:
    """The names of the parameters of an operation, and whether each is repeatable."""
    return _list_parameters().get(operation_id or "", {})


@cache
def _list_parameters() -> Mapping[str, Mapping[str, bool]]:
    return {
        operation["operationId"]: {
            each["name"]: each["schema"].get("type") == "array"
            for each in operation["parameters"]
            if each["in"] == "query"
        }
        for by_method in read_document()["paths"].values()
        for operation in by_method.values()
    }


@cache
def read_document() -> dict[str, Any]:
    """The OpenAPI document, as JSON has it; errors of all operations included."""
    document: dict[str, Any] = json.loads(json.dumps(_api.get_openapi_schema()))
    reference = {"$ref": f"#/components/schemas/{ProblemDetails.__name__}"}
    schema = ProblemDetails.model_json_schema(
        ref_template="#/components/schemas/{model}"
    )
    document["components"]["schemas"] |= schema.pop("$defs", {})
    document["components"]["schemas"][ProblemDetails.__name__] = schema
    answers = {
        str(kind.status.value): {
            "description": kind.status.phrase,
            "content": {"application/problem+json": {"schema": reference}},
        }
        for kind in problems.KINDS
    }
    document["components"]["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer"}
    }
    for by_method in document["paths"].values():
        for operation in by_method.values():
            operation["responses"] |= answers
            # A key is never needed but on a site for members.
            operation["security"] = [{}, {"key": []}]
    # Of parameters, which the operations have one by one.
    for name in (Filters.__name__, *(one.__name__ for one in (Paging, Steps, Walking))):
        del document["components"]["schemas"][name]
    return document


def show_document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    text = json.dumps(read_document(), ensure_ascii=False)
    return HttpResponse(text, content_type="application/json")


def show_nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """The answer to an address of the API that does not exist."""
    raise Http404(rest)


@login_not_required
@csrf_exempt
def show_nothing_below(request: HttpRequest) -> HttpResponse:
    """The same below ``/api/``, where no version is."""
    return _refuse_address(request)


def _refuse_address(request: HttpRequest) -> HttpResponse:
    sentence = _("The API has no such address. What it has: %(address)s")
    address = request.build_absolute_uri(reverse(f"{NAMESPACE}:openapi"))
    problem = Problem(problems.NOT_FOUND, sentence % {"address": address})
    return answer_problem(request, problem)


def _guard(entries: list[URLPattern | URLResolver]) -> None:
    for entry in entries:
        if isinstance(entry, URLPattern):
            entry.callback = door(entry.callback)


_api = build_api()
_entries, _app_name, _namespace = _api.urls
_entries.insert(0, path("openapi.json", show_document, name="openapi"))
_entries.append(re_path(r"^(?P<rest>.*)$", show_nothing, name="nothing"))
_guard(_entries)
urls = (_entries, _app_name, _namespace)
