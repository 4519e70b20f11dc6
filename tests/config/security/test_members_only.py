"""A site that requires signing in: every view asks anonymous visitors to sign in."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from archive.models import Article, Source
from tests.pages.reading import find, texts

pytestmark = pytest.mark.django_db

_AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"
_PLACE = settings.MIDDLEWARE.index(_AUTHENTICATION) + 1
MIDDLEWARE = [
    *settings.MIDDLEWARE[:_PLACE],
    "config.security.members_only.MembersOnlyMiddleware",
    *settings.MIDDLEWARE[_PLACE:],
]
# The URLs that are open to anonymous visitors; all others are not.
OPEN = {"", "healthz", "readyz", "en/login/", "en/admin/login/"}
# Its link comes in e-mails and is a secret of its own.
OPEN |= {"en/alerts/stop/x/"}
EXAMPLES = {
    "pk": "1", "year": "1923", "month": "5", "day": "14", "slug": "x", "name": "csv",
    "object_id": "1", "content_type_id": "1", "id": "1", "app_label": "archive",
    "url": "x", "query": "x", "token": "x",
}  # fmt: skip


@pytest.fixture(autouse=True)
def members_only() -> Iterator[None]:
    cache.clear()
    with override_settings(LOGIN_REQUIRED=True, MIDDLEWARE=MIDDLEWARE):
        yield


@pytest.fixture
def article() -> Article:
    source = Source.objects.create(name_ar="جريدة الأعضاء", slug="members-gazette")
    return Article.objects.create(title="خبر الأعضاء", source=source)


def iter_addresses(
    patterns: list[URLPattern | URLResolver], before: str = ""
) -> Iterator[str]:
    """A URL for every view of the site, with examples of its arguments."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            prefix = "en/" if not pattern.pattern.converters else ""
            route = str(pattern.pattern) if hasattr(pattern.pattern, "_route") else ""
            route = route or ("" if before else prefix)
            yield from iter_addresses(pattern.url_patterns, before + route)
            continue
        parts, values = pattern.pattern.converters, EXAMPLES
        route = str(pattern.pattern)
        for name, converter in parts.items():
            kind = type(converter).__name__.removesuffix("Converter").lower()
            for spelled in (f"<{kind}:{name}>", f"<{name}>"):
                route = route.replace(spelled, values.get(name, "x"))
        yield before + route


ADDRESSES = sorted(
    {
        address
        for address in iter_addresses(get_resolver().url_patterns)
        # The admin's catch-all view, which redirects mistyped URLs.
        if not any(sign in address for sign in "(?^$")
    }
)


class TestAddresses:
    def test_views_of_all_applications_are_found(self) -> None:
        assert len(ADDRESSES) > 50
        assert {*OPEN, "en/search/export/csv/", "en/articles/1/"} <= set(ADDRESSES)

    @pytest.mark.parametrize("address", ADDRESSES)
    @pytest.mark.parametrize("method", ["get", "post", "head"])
    def test_every_view_asks_to_sign_in(
        self, client: Client, method: str, address: str
    ) -> None:
        answer = getattr(client, method)(f"/{address}")
        if address in OPEN:
            assert "login" not in answer.headers.get("Location", "")
            return
        if address.startswith(("api/", "oai/")):
            # Programs are told so, and are led to no form.
            assert answer.status_code == 401
            assert answer.headers["Content-Type"].startswith("application/problem+json")
            return
        assert answer.status_code == 302
        language = address[:2] if address.startswith(("ar/", "en/")) else "ar"
        door, _sign, query = answer.headers["Location"].partition("?")
        assert door in {f"/{language}/login/", "/en/admin/login/"}
        assert query == f"next={quote('/' + address)}"

    def test_query_is_kept_through_signing_in(self, client: Client) -> None:
        answer = client.get("/ar/search/export/csv/?q=a&actor=b")
        wanted = "/ar/login/?next=" + quote("/ar/search/export/csv/?q=a&actor=b")
        assert answer.headers["Location"] == wanted

    def test_static_files_are_public(self, client: Client) -> None:
        assert client.get("/static/css/base.css").status_code == 200
        assert client.get("/robots.txt").status_code == 200

    def test_health_checks_are_public(self, client: Client) -> None:
        assert json.loads(client.get("/healthz").content) == {"alive": True}
        assert "checks" in json.loads(client.get("/readyz").content)

    def test_root_redirects_to_the_readers_language(self, client: Client) -> None:
        answer = client.get("/", headers={"Accept-Language": "en"}, follow=True)
        assert answer.redirect_chain[-1][0] == "/en/login/?next=/en/"


class TestGuests:
    @pytest.mark.parametrize("address", ["/en/login/", "/en/nowhere/"])
    def test_pages_do_not_show_holdings(
        self, client: Client, article: Article, address: str
    ) -> None:
        page = client.get(address)
        assert "1 article" not in page.content.decode()
        assert not find(page, "input", type="search")
        assert not find(page, "nav", class_="sections")

    def test_sign_in_page_says_why(self, client: Client) -> None:
        (main,) = texts(client.get("/en/login/"), "main")
        assert "open to those who have an account" in main

    def test_closed_account_is_anonymous(self, client: Client) -> None:
        client.force_login(User.objects.create_user("gone"))
        User.objects.update(is_active=False)
        assert client.get("/en/sources/").status_code == 302


class TestMembers:
    @pytest.fixture(autouse=True)
    def _member(self, client: Client) -> None:
        client.force_login(User.objects.create_user("hani"))

    def test_members_see_pages(self, client: Client, article: Article) -> None:
        page = client.get(article.get_absolute_url())
        assert article.title in page.content.decode()
        assert find(page, "input", type="search")

    def test_responses_are_not_cached(self, client: Client, article: Article) -> None:
        kept = client.get(article.get_absolute_url()).headers["Cache-Control"]
        assert {"private", "no-store"} <= set(kept.replace(",", "").split())

    def test_failing_database_has_a_page(self, client: Client) -> None:
        client.raise_request_exception = False
        with connection.cursor() as cursor:
            # Neither the view nor the error page can read the user.
            cursor.execute("ALTER TABLE django_session RENAME TO mislaid")
        answer = client.get("/en/sources/")
        assert answer.status_code == 503
        assert "The database is not available now" in answer.content.decode()

    def test_admin_is_closed_to_members(self, client: Client) -> None:
        answer = client.get("/en/admin/", follow=True)
        assert answer.redirect_chain[-1][0].startswith("/en/admin/login/")
