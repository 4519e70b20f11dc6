"""Keys: who issues them, what they open, and how they end."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from config.security.rate_limits.rates import Rate
from search import api_keys
from search.models import ApiKey
from tests.search.api.asking import API, read_problem
from tests.search.library import Library

ADD = "/en/admin/search/apikey/add/"
LIST = "/en/admin/search/apikey/"
_KEY_RE = re.compile(r"sijill_[\w-]{43}")


def _ask(client: Client, key: str, path: str = "/coverage") -> HttpResponse:
    return client.get(f"{API}{path}", headers={"Authorization": f"Bearer {key}"})


class TestIssuing:
    def test_key_is_shown_once_and_kept_as_a_hash(
        self, admin_client: Client, client: Client, library: Library
    ) -> None:
        shown = admin_client.post(ADD, {"name": "نسخة ليلية"}).content.decode()
        (key,) = set(_KEY_RE.findall(shown))
        (row,) = ApiKey.objects.all()
        assert row.name == "نسخة ليلية"
        assert row.created_by == User.objects.get(username="admin")
        assert key.startswith(row.beginning)
        assert len(row.beginning) < 12
        assert key not in repr(ApiKey.objects.values().get())
        for page in (LIST, f"{LIST}{row.pk}/change/"):
            text = admin_client.get(page).content.decode()
            assert row.beginning in text
            assert key not in text
        assert _ask(client, key).status_code == 200

    def test_revoked_key_opens_nothing_from_the_next_request_on(
        self, admin_client: Client, client: Client, library: Library
    ) -> None:
        row, key = api_keys.issue("x", None)
        other_row, other = api_keys.issue("y", None)
        data = {"action": "revoke", "_selected_action": [row.pk]}
        done = admin_client.post(LIST, data, follow=True).content.decode()
        assert "1 key was revoked." in done
        assert read_problem(_ask(client, key))["status"] == 401
        assert _ask(client, other).status_code == 200
        assert admin_client.get(f"{LIST}{row.pk}/delete/").status_code == 403
        assert not ApiKey.objects.get(pk=other_row.pk).revoked_at

    def test_key_cannot_be_given_another_value(
        self, admin_client: Client, db: None
    ) -> None:
        row, key = api_keys.issue("x", None)
        data = {"name": "z", "beginning": "sijill_aaaa", "digest": "0" * 64}
        admin_client.post(f"{LIST}{row.pk}/change/", data)
        row.refresh_from_db()
        assert row.name == "z"
        assert api_keys.find_key(f"Bearer {key}") == row

    @pytest.mark.parametrize(
        ("role", "status"), [("administrator", 200), ("editor", 403)]
    )
    def test_administrators_issue_keys(
        self, client: Client, db: None, role: str, status: int
    ) -> None:
        user = User.objects.create_user(role, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        assert client.get(ADD).status_code == status


class TestAccess:
    @pytest.mark.parametrize(
        "key", ["", "x", "sijill_", "sijill_" + "a" * 43, "sijill_\u0661", "a b"]
    )
    def test_unknown_key_is_refused(
        self, client: Client, library: Library, key: str
    ) -> None:
        response = _ask(client, key)
        assert read_problem(response)["type"].endswith("#no-access")
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")

    def test_password_of_a_proxy_is_no_key(
        self, client: Client, library: Library
    ) -> None:
        headers = {"Authorization": "Basic dTpw"}
        assert client.get(f"{API}/coverage", headers=headers).status_code == 200

    @pytest.mark.parametrize("path", ["/articles/12", "/articles/13", "/actors/hidden"])
    def test_key_opens_nothing_that_is_hidden(
        self, client: Client, library: Library, path: str
    ) -> None:
        _row, key = api_keys.issue("x", None)
        assert _ask(client, key, path).status_code == 404

    def test_site_for_members_asks_for_a_key(
        self, client: Client, library: Library, settings: Settings
    ) -> None:
        settings.LOGIN_REQUIRED = True
        members = "config.security.members_only.MembersOnlyMiddleware"
        at = settings.MIDDLEWARE.index(
            "django.contrib.messages.middleware.MessageMiddleware"
        )
        settings.MIDDLEWARE = [
            *settings.MIDDLEWARE[:at], members, *settings.MIDDLEWARE[at:]
        ]  # fmt: skip
        for path in ("/coverage", "/openapi.json", "/nothing"):
            response = client.get(f"{API}{path}")
            assert read_problem(response)["status"] == 401
            assert response.headers["WWW-Authenticate"] == "Bearer"
        _row, key = api_keys.issue("x", None)
        assert _ask(client, key).status_code == 200
        client.force_login(User.objects.create_user("reader"))
        assert client.get(f"{API}/coverage").status_code == 200


class TestLimits:
    @pytest.fixture(autouse=True)
    def few(self, settings: Settings, library: Library) -> None:
        settings.RATES = {"api": Rate(3, 3600), "api_key": Rate(5, 3600)}

    def test_headers_tell_what_is_left(self, client: Client) -> None:
        responses = [client.get(f"{API}/articles/1") for _ in range(4)]
        assert [one.status_code for one in responses] == [200, 200, 200, 429]
        policies = {one.headers["RateLimit-Policy"] for one in responses}
        assert policies == {'"default";q=3;w=3600'}
        left = [re.findall(r";r=(\d+);t=\d+$", one["RateLimit"]) for one in responses]
        assert left == [["2"], ["1"], ["0"], ["0"]]

    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_refusal_is_a_problem_that_says_how_long_to_wait(
        self, client: Client, language: str
    ) -> None:
        for _ in range(4):
            # From a browser too.
            headers = {"Accept-Language": language, "Accept": "text/html"}
            response = client.get(f"{API}/search", {"q": "بيان"}, headers=headers)
        problem = read_problem(response)
        assert problem["type"].endswith("#too-many-requests")
        seconds = int(response.headers["Retry-After"])
        assert 0 < seconds <= 3600
        assert str(seconds) in problem["detail"]
        assert response.headers["Cache-Control"] == "no-store"

    def test_each_key_has_an_allowance_of_its_own(self, client: Client) -> None:
        keys = [api_keys.issue(name, None)[1] for name in ("x", "y")]
        for key in keys:
            statuses = [_ask(client, key).status_code for _ in range(6)]
            assert statuses == [200] * 5 + [429]
        assert client.get(f"{API}/coverage").status_code == 200

    def test_unknown_keys_count_for_the_address(self, client: Client) -> None:
        statuses = [_ask(client, f"sijill_{number}").status_code for number in range(4)]
        assert statuses == [401, 401, 401, 429]
