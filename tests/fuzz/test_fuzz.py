"""The site answers every request, and none with a server error.

The short form: the real WSGI application in this process. The full form asks a server
with an archive of its own: ``python -m tests.fuzz.full``, see CONTRIBUTING.md.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final
from urllib.parse import unquote_to_bytes
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import got_request_exception
from hypothesis import HealthCheck, given, settings

from tests.fuzz.addresses import list_routes
from tests.fuzz.hostile import HOST, HostileRequest, follow, requests
from tests.search.library import Library

FIRST_FAULT: Final = 500


def _environ(request: HostileRequest) -> dict[str, Any]:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": unquote_to_bytes(request.path.encode("latin-1")).decode("latin-1"),
        "QUERY_STRING": request.query,
        "REMOTE_ADDR": "192.0.2.7",
        "wsgi.input": BytesIO(request.body),
    }
    for name, value in request.all_headers():
        key = name.upper().replace("-", "_")
        environ[key if key.startswith("CONTENT_") else f"HTTP_{key}"] = value
    setup_testing_defaults(environ)
    return environ


def _ask(application: WSGIHandler, request: HostileRequest) -> tuple[int, str]:
    """Status and location of the answer, which is read to its end."""
    heads: list[tuple[int, str]] = []

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        for name, value in headers:
            assert not {"\r", "\n"} & set(name + value), (name, value)
        heads.append((int(status.split()[0]), dict(headers).get("Location", "")))

    answer = application(_environ(request), start)
    try:
        for chunk in answer:
            assert isinstance(chunk, bytes)
    finally:
        answer.close()
    return heads[0]


@pytest.fixture
def faults() -> Iterator[list[BaseException]]:
    """The uncaught exceptions of views."""
    found: list[BaseException] = []

    def keep(sender: object, **kwargs: object) -> None:
        error = sys.exc_info()[1]
        assert error is not None
        found.append(error)

    got_request_exception.connect(keep)
    yield found
    got_request_exception.disconnect(keep)


class TestRoutes:
    def test_every_kind_of_page_is_fuzzed(self) -> None:
        routes = list_routes()
        for route in ("", "healthz", "ar/search/", "en/search/export/<slug:name>/"):
            assert route in routes
        assert "ar/calendar/<int:year>/<int:month>/" in routes
        assert "ar/admin/login/" in routes


@pytest.mark.slow
class TestSite:
    def test_no_request_causes_a_server_error(
        self, library: Library, faults: list[BaseException]
    ) -> None:
        application = WSGIHandler()
        known = [*list_known(library), HOST]

        # A request takes a hundredth of a second, and there are many kinds of them.
        @settings(
            max_examples=2 * settings().max_examples,
            suppress_health_check=list(HealthCheck),
        )
        @given(requests(known))
        def ask(request: HostileRequest) -> None:
            faults.clear()
            status, location = _ask(application, request)
            assert status < FIRST_FAULT, faults
            if next_one := follow(location):
                status, _ = _ask(application, next_one)
                assert status < FIRST_FAULT, faults
            assert not faults

        ask()


def list_known(library: Library) -> list[str]:
    """Numbers and slugs that pages exist for, and words that are found."""
    numbers = [str(article.pk) for article in library.articles.values()]
    slugs = ["taha", "baghdad", "papers", "iraq", "gazette", "review", "csv", "jsonl"]
    return [*numbers[:8], *slugs, "actor", "topic", "source", "الطريق", "كتاب"]
