"""Errors of the API as problem details (RFC 9457), in the caller's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

# Where all addresses of the API are, in any version.
API_PREFIX: Final = "/api/"
CONTENT_TYPE: Final = "application/problem+json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its name, which ends its type, its status and its title."""

    name: str
    status: HTTPStatus
    title: Promise


BAD_PARAMETER: Final = Kind(
    "bad-parameter", HTTPStatus.BAD_REQUEST, _("A parameter cannot be read")
)
BAD_QUERY: Final = Kind(
    "bad-query", HTTPStatus.BAD_REQUEST, _("The query cannot be read")
)
TOO_EXPENSIVE: Final = Kind(
    "too-expensive", HTTPStatus.BAD_REQUEST, _("The search would take too long")
)
BAD_CURSOR: Final = Kind(
    "bad-cursor", HTTPStatus.BAD_REQUEST, _("The cursor cannot be used")
)
NO_ACCESS: Final = Kind("no-access", HTTPStatus.UNAUTHORIZED, _("A key is needed"))
NOT_FOUND: Final = Kind("not-found", HTTPStatus.NOT_FOUND, _("Not found"))
PAST_END: Final = Kind(
    "past-end", HTTPStatus.NOT_FOUND, _("The search has fewer pages")
)
BAD_METHOD: Final = Kind(
    "bad-method", HTTPStatus.METHOD_NOT_ALLOWED, _("The API can only be read")
)
TOO_MANY: Final = Kind(
    "too-many-requests", HTTPStatus.TOO_MANY_REQUESTS, _("Too many requests")
)
BUSY: Final = Kind("busy", HTTPStatus.SERVICE_UNAVAILABLE, _("The site is busy"))
NO_INDEX: Final = Kind(
    "no-index", HTTPStatus.SERVICE_UNAVAILABLE, _("The index cannot be used")
)
NO_DATABASE: Final = Kind(
    "no-database", HTTPStatus.SERVICE_UNAVAILABLE, _("The database cannot be used")
)
FAULT: Final = Kind(
    "fault", HTTPStatus.INTERNAL_SERVER_ERROR, _("The site has a fault")
)

# In the order of the guide.
KINDS: Final = (
    BAD_PARAMETER,
    BAD_QUERY,
    TOO_EXPENSIVE,
    BAD_CURSOR,
    NO_ACCESS,
    NOT_FOUND,
    PAST_END,
    BAD_METHOD,
    TOO_MANY,
    BUSY,
    NO_INDEX,
    NO_DATABASE,
    FAULT,
)


@dataclass(eq=False)
class Problem(Exception):
    """A request that cannot be answered.

    ``detail`` is the sentence for the caller, which names the remedy; ``more`` are
    further members of the object, ``headers`` those of the response.
    """

    kind: Kind
    detail: str | Promise
    more: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.detail)


def answer_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The response to *request*: an object with type, title, status and detail."""
    kind = problem.kind
    # One address in all languages: it identifies the kind.
    with override("en"):
        guide = reverse("search:api")
    members = {
        "type": f"{request.build_absolute_uri(guide)}#{kind.name}",
        "title": str(kind.title),
        "status": kind.status.value,
        "detail": str(problem.detail),
        **problem.more,
    }
    return HttpResponse(
        json.dumps(members, ensure_ascii=False),
        status=kind.status,
        content_type=CONTENT_TYPE,
        headers={"Cache-Control": "no-store", **problem.headers},
    )
