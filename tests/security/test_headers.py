"""Security headers, the same on every kind of answer."""

import os
from urllib.parse import quote

import pytest
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from config.security.rate_limits.rates import Rate
from search import searcher
from tests.forked import run_python
from tests.search.library import Library

POLICY = {
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
QUERY = quote("بيان")

# An address of each family of pages, and the status of its answer.
ANSWERS = {
    "/": 302,
    "/ar/": 200,
    f"/ar/search/?q={QUERY}": 200,
    f"/en/search/facets/source/?q={QUERY}": 200,
    f"/ar/search/export/csv/?q={QUERY}": 200,
    f"/ar/search/export/jsonl/?q={QUERY}": 200,
    "/en/search/help/": 200,
    "/ar/search/?q=%22": 400,
    "/ar/search/?page=9999": 404,
    "/ar/actors/": 200,
    "/ar/topics/": 200,
    "/ar/sources/": 200,
    "/ar/calendar/": 200,
    "/ar/articles/999999/": 404,
    "/nowhere": 404,
    "/ar/login/": 200,
    "/ar/admin/login/": 200,
    "/ar/admin/": 302,
    "/healthz": 200,
    "/static/css/base.css": 200,
}
STAFF_PAGES = (
    "/ar/admin/",
    "/ar/admin/archive/article/",
    "/ar/admin/archive/article/add/",
    "/ar/admin/status/",
    "/ar/admin/auth/user/",
    "/ar/password/",
)

pytestmark = pytest.mark.usefixtures("library")


def _check(response: HttpResponseBase) -> None:
    headers = response.headers
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert {name: headers.get(name) for name in EXPECTED} == EXPECTED
    assert "camera=()" in headers["Permissions-Policy"]
    assert "geolocation=()" in headers["Permissions-Policy"]


class TestEveryAnswer:
    @pytest.mark.parametrize("address", ANSWERS)
    def test_public_pages_have_all_headers(self, client: Client, address: str) -> None:
        response = client.get(address)
        assert response.status_code == ANSWERS[address]
        _check(response)

    def test_articles_have_all_headers(self, client: Client, library: Library) -> None:
        response = client.get(library["tatweel"].get_absolute_url())
        assert response.status_code == 200
        _check(response)

    @pytest.mark.parametrize("address", STAFF_PAGES)
    def test_admin_pages_have_all_headers_and_are_not_stored(
        self, admin_client: Client, address: str
    ) -> None:
        response = admin_client.get(address)
        assert response.status_code == 200
        _check(response)
        assert "no-store" in response.headers["Cache-Control"]

    def test_refused_forms_have_all_headers(self) -> None:
        client = Client(enforce_csrf_checks=True)
        response = client.post("/ar/login/", {"username": "a", "password": "b"})
        assert response.status_code == 403
        _check(response)

    def test_refused_hosts_have_all_headers(self, client: Client) -> None:
        response = client.get("/ar/", HTTP_HOST="evil.example")
        assert response.status_code == 400
        _check(response)

    def test_rate_limited_answers_have_all_headers(
        self, client: Client, settings: Settings
    ) -> None:
        settings.RATES = {"search": Rate(1, 3600)}
        client.get("/ar/search/")
        response = client.get("/ar/search/")
        assert response.status_code == 429
        _check(response)

    def test_server_errors_have_all_headers(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*arguments: object, **named: object) -> None:
            raise ZeroDivisionError("the inside of the site")

        monkeypatch.setattr(searcher, "find", fail)
        client.raise_request_exception = False
        response = client.get("/ar/search/")
        assert response.status_code == 500
        assert b"inside" not in response.content
        _check(response)


_ASK = """
import django
django.setup()
from django.test import Client
for address, extra in (
    ("/ar/login/", {"secure": True}),
    ("/ar/login/", {}),
    ("/ar/login/", {"HTTP_HOST": "evil.example"}),
):
    response = Client(HTTP_HOST="archive.example.org").get(address, **extra)
    print(response.status_code, response.headers.get("Location", "-"))
    names = ("Strict-Transport-Security", "X-Frame-Options")
    for name in (*names, "Content-Security-Policy"):
        print(name, response.headers.get(name, "-"))
    for cookie in response.cookies.values():
        print(cookie.OutputString())
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """The lines about each answer of a site behind a proxy."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    data_dir = tmp_path_factory.mktemp("data")
    environ = {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SIJILL_DATA_DIR": str(data_dir),
        "SIJILL_LEXICON": os.environ["SIJILL_LEXICON"],
        "SECRET_KEY": "k" * 50,
        "BEHIND_PROXY": "true",
        "ALLOWED_HOSTS": "archive.example.org",
    }
    for command in (["manage.py", "migrate"], ["manage.py", "collectstatic"]):
        options = ["--verbosity", "0", "--noinput"]
        done = run_python(*command, *options, env=environ)
        assert done.returncode == 0, done.stderr
    done = run_python("-c", _ASK, env=environ)
    assert done.returncode == 0, done.stderr
    answers: list[list[str]] = []
    for line in done.stdout.splitlines():
        if line[:3].isdecimal():
            answers.append([])
        answers[-1].append(line)
    return answers


@pytest.mark.slow
class TestBehindProxy:
    def test_cookies_are_bound_to_host_and_https(self, told: list[list[str]]) -> None:
        cookie = next(line for line in told[0] if "csrftoken" in line)
        assert cookie.startswith("__Host-")
        for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert attribute in cookie
        assert "Domain" not in cookie

    def test_hsts_lasts_a_year(self, told: list[list[str]]) -> None:
        assert told[0][0].startswith("200")
        assert "Strict-Transport-Security max-age=31536000" in told[0]

    def test_plain_http_redirects_to_https(self, told: list[list[str]]) -> None:
        assert told[1][0] == "301 https://archive.example.org/ar/login/"
        assert "X-Frame-Options DENY" in told[1]

    def test_host_refused_before_the_views_gets_the_policy(
        self, told: list[list[str]]
    ) -> None:
        assert told[2][0].startswith("400")
        policy = next(line for line in told[2] if line.startswith("Content-Security"))
        assert "default-src 'self'" in policy
