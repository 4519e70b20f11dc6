"""Signing in and out by real posts: lockout, redirects, sessions, passwords."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.security.lockout import ACCOUNT_LIMIT
from tests.pages.reading import find, texts

pytestmark = pytest.mark.django_db

PASSWORD = "زيتون-وتين-وطور"
DOORS = ["/en/login/", "/en/admin/login/"]
LOCKED = 429


@pytest.fixture(autouse=True)
def amina() -> User:
    cache.clear()
    return User.objects.create_user(
        "amina", password=PASSWORD, is_staff=True, last_name="Alsaadiyyaat"
    )


def knock(
    password: str, *, door: str = DOORS[0], name: str = "amina", address: str = ""
):
    """The response to a sign-in by a new client."""
    form = {"username": name, "password": password, "next": "/en/sources/"}
    return Client(REMOTE_ADDR=address or "203.0.113.5").post(door, form)


def fail(times: int, **visitor: str) -> None:
    for _ in range(times):
        knock("wrong", **visitor)


class TestLockout:
    @pytest.mark.parametrize("door", DOORS)
    @pytest.mark.parametrize("other", DOORS)
    def test_five_failures_lock_both_forms(self, door: str, other: str) -> None:
        fail(settings.AXES_FAILURE_LIMIT, door=door)
        assert knock(PASSWORD, door=other).status_code == LOCKED

    @pytest.mark.parametrize("door", DOORS)
    def test_four_failures_do_not_lock(self, door: str) -> None:
        fail(settings.AXES_FAILURE_LIMIT - 1, door=door)
        assert knock(PASSWORD, door=door).status_code == 302

    def test_success_resets_the_count(self) -> None:
        fail(settings.AXES_FAILURE_LIMIT - 1)
        knock(PASSWORD)
        fail(settings.AXES_FAILURE_LIMIT - 1)
        assert knock(PASSWORD).status_code == 302

    def test_page_names_the_remedy(self) -> None:
        with override_settings(CONTACT="desk@example.org"):
            fail(settings.AXES_FAILURE_LIMIT)
            page = knock(PASSWORD)
        text = " ".join(texts(page, "main"))
        assert "Wait 15 minutes, then try again." in text
        assert "Whoever administers the archive can unlock the account" in text
        assert "desk@example.org" in text
        assert page.headers["Retry-After"] == "900"

    @pytest.mark.parametrize("door", ["/ar/login/", "/ar/admin/login/"])
    def test_page_is_in_the_readers_language(self, door: str) -> None:
        fail(settings.AXES_FAILURE_LIMIT)
        page = knock(PASSWORD, door=door)
        assert find(page, "html", lang="ar", dir="rtl")

    def test_lockout_ends_after_the_time_on_the_page(self) -> None:
        fail(settings.AXES_FAILURE_LIMIT)
        # Attempts during the lockout do not extend it.
        self._let_pass(settings.AXES_COOLOFF_TIME / 2)
        assert knock(PASSWORD).status_code == LOCKED
        self._let_pass(settings.AXES_COOLOFF_TIME / 2)
        assert knock(PASSWORD).status_code == 302

    def _let_pass(self, time: timedelta) -> None:
        for attempt in AccessAttempt.objects.all():
            earlier = attempt.attempt_time - time
            AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=earlier)

    def test_deleting_the_attempt_unlocks(self, admin_client: Client) -> None:
        fail(settings.AXES_FAILURE_LIMIT)
        (attempt,) = AccessAttempt.objects.all()
        address = f"/en/admin/axes/accessattempt/{attempt.pk}/delete/"
        admin_client.post(address, {"post": "yes"})
        assert knock(PASSWORD).status_code == 302

    def test_other_address_is_not_locked(self) -> None:
        fail(settings.AXES_FAILURE_LIMIT)
        assert knock(PASSWORD, address="198.51.100.7").status_code == 302

    def test_addresses_of_one_network_count_together(self) -> None:
        for number in range(settings.AXES_FAILURE_LIMIT):
            fail(1, address=f"2001:db8:1:2::{number}")
        assert knock(PASSWORD, address="2001:db8:1:2:9::9").status_code == LOCKED
        assert knock(PASSWORD, address="2001:db8:1:3::9").status_code == 302

    def test_accounts_at_one_address_count_separately(self) -> None:
        User.objects.create_user("hani", password=PASSWORD)
        fail(settings.AXES_FAILURE_LIMIT)
        assert knock(PASSWORD, name="hani").status_code == 302

    def test_failures_from_many_addresses_lock_the_account(self) -> None:
        per_address = settings.AXES_FAILURE_LIMIT - 1
        for number in range(ACCOUNT_LIMIT // per_address + 1):
            fail(per_address, address=f"198.51.100.{number}")
        assert knock(PASSWORD, address="192.0.2.1").status_code == LOCKED

    def test_unknown_account_is_locked_as_well(self) -> None:
        fail(settings.AXES_FAILURE_LIMIT, name="nobody")
        there, absent = knock("wrong"), knock("wrong", name="nobody-else")
        assert texts(there, "main") == texts(absent, "main")
        assert knock("wrong", name="nobody").status_code == LOCKED

    def test_attempts_are_stored_without_password(self) -> None:
        knock("wrong-but-telling")
        kept = AccessAttempt.objects.values().get()
        assert "wrong-but-telling" not in str(kept)

    @override_settings(
        MIDDLEWARE=[
            "config.security.client_address.client_address",
            *settings.MIDDLEWARE,
        ]
    )
    def test_clients_behind_a_proxy_count_separately(self) -> None:
        form = {"username": "amina", "password": "wrong"}

        def knock_through(address: str, password: str) -> int:
            headers = {"X-Forwarded-For": address}
            answer = Client(headers=headers).post(
                DOORS[0], {**form, "password": password}
            )
            return answer.status_code

        for number in range(settings.AXES_FAILURE_LIMIT):
            # Entries that the client forges before the proxy's have no effect.
            knock_through(f"192.0.2.{number}, 203.0.113.9", "wrong")
        assert knock_through("203.0.113.9", PASSWORD) == LOCKED
        assert knock_through("198.51.100.7", PASSWORD) == 302


class TestPage:
    @pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
    def test_sign_in_page_is_a_page_of_the_site(
        self, client: Client, language: str, direction: str
    ) -> None:
        page = client.get(f"/{language}/login/")
        assert find(page, "html", lang=language, dir=direction)
        (name,) = texts(page, "span", class_="wordmark-name")
        assert name in {settings.SITE_NAME_AR, settings.SITE_NAME_EN}
        assert find(page, "input", name="username", autocomplete="username")
        assert find(page, "input", name="password", autocomplete="current-password")
        assert find(page, "meta", name="robots", content="noindex")

    def test_failure_is_shown_beside_the_form(self) -> None:
        page = knock("wrong")
        assert page.status_code == 200
        (notice,) = texts(page, "div", role="alert")
        assert "correct username and password" in notice

    @pytest.mark.parametrize("door", DOORS)
    @pytest.mark.parametrize(
        "elsewhere",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example/",
            "javascript:alert(1)",
            "http:///evil.example",
        ],
    )
    def test_redirect_to_another_site_is_ignored(
        self, client: Client, door: str, elsewhere: str
    ) -> None:
        form = {"username": "amina", "password": PASSWORD, "next": elsewhere}
        answer = client.post(f"{door}?next={elsewhere}", form)
        assert answer.status_code == 302
        assert answer.headers["Location"] in {"/en/", "/en/admin/"}

    def test_redirect_leads_back(self) -> None:
        assert knock(PASSWORD).headers["Location"] == "/en/sources/"


class TestSession:
    def test_cookie_is_http_only_and_same_site(self) -> None:
        cookie = knock(PASSWORD).cookies[settings.SESSION_COOKIE_NAME]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["max-age"] == timedelta(hours=12).total_seconds()

    def test_signing_in_creates_a_new_session(self, client: Client) -> None:
        form = {"username": "amina", "password": PASSWORD}
        client.post(DOORS[0], form)
        first = client.session.session_key
        client.post("/en/logout/")
        client.post(DOORS[0], form)
        assert client.session.session_key != first

    def test_signing_out_needs_post_and_ends_the_session(
        self, client: Client, amina: User
    ) -> None:
        client.force_login(amina)
        key = client.session.session_key
        assert client.get("/en/logout/").status_code == 405
        assert client.post("/en/logout/").status_code == 302
        assert not client.session.exists(key)

    def test_pages_link_to_signing_in_or_out(self, client: Client, amina: User) -> None:
        assert texts(client.get("/en/sources/"), "a", href="/en/login/") == ["Sign in"]
        client.force_login(amina)
        page = client.get("/en/sources/")
        assert find(page, "form", action="/en/logout/", method="post")
        assert "Sign out amina" in texts(page, "button")

    def test_session_ends_despite_activity(self, client: Client, amina: User) -> None:
        client.force_login(amina)
        ends = client.session.get_expiry_date()
        for _ in range(3):
            client.get("/en/sources/")
        assert ends <= timezone.now() + timedelta(hours=12)
        assert not settings.SESSION_SAVE_EVERY_REQUEST


class TestPassword:
    NEW = "تفّاح-وعنب-ورمّان"

    def _change(self, client: Client, new: str, old: str = PASSWORD):
        form = {"old_password": old, "new_password1": new, "new_password2": new}
        return client.post("/en/password/", form)

    def test_change_ends_other_sessions(self, client: Client, amina: User) -> None:
        elsewhere = Client()
        for browser in (client, elsewhere):
            browser.force_login(amina)
        assert self._change(client, self.NEW).status_code == 302
        assert client.get("/en/password/changed/").status_code == 200
        assert elsewhere.get("/en/password/").status_code == 302

    @pytest.mark.parametrize(
        "weak", ["elevenchars", "19481949195019", "password1234", "alsaadiyyaat"]
    )
    def test_weak_password_is_refused_beside_the_field(
        self, client: Client, amina: User, weak: str
    ) -> None:
        client.force_login(amina)
        page = self._change(client, weak)
        assert page.status_code == 200
        assert texts(page, "div", class_="field-error")
        amina.refresh_from_db()
        assert amina.check_password(PASSWORD)

    def test_old_password_is_required(self, client: Client, amina: User) -> None:
        client.force_login(amina)
        assert self._change(client, self.NEW, old="wrong").status_code == 200

    def test_anonymous_visitor_is_asked_to_sign_in(self, client: Client) -> None:
        answer = client.get("/en/password/")
        assert answer.headers["Location"] == "/en/login/?next=/en/password/"


class TestCost:
    """Pages take no more queries than without the security middleware."""

    BARE = [name for name in settings.MIDDLEWARE if not name.startswith("axes.")]

    @pytest.mark.parametrize("address", ["/en/", "/en/sources/", "/en/actors/"])
    @pytest.mark.parametrize("signed_in", [False, True])
    def test_pages_take_no_additional_queries(
        self, amina: User, address: str, signed_in: bool
    ) -> None:
        guarded = self._count(address, amina if signed_in else None)
        backends = ["django.contrib.auth.backends.ModelBackend"]
        with override_settings(MIDDLEWARE=self.BARE, AUTHENTICATION_BACKENDS=backends):
            assert self._count(address, amina if signed_in else None) == guarded

    def _count(self, address: str, reader: User | None) -> int:
        client = Client()
        if reader:
            client.force_login(reader)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)
