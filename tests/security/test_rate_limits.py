"""Rate limits: who is refused, how, and who is not."""

import json
import logging
import os
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client, RequestFactory
from pytest_django import Settings

from config.security.rate_limits import middleware
from config.security.rate_limits.middleware import FILE, identify_client
from config.security.rate_limits.rates import Rate
from config.security.rate_limits.slots import Slots
from search.indexing.rebuild import rebuild
from search.views.cost import estimate_seconds
from tests.search.library import Library

SEARCH = f"/ar/search/?q={quote('بيان')}"
FACET = "/ar/search/facets/source/"
CSV = "/ar/search/export/csv/"
LINES = "/ar/search/export/jsonl/"
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"

# An hour, so that nothing comes back while a test runs.
TWICE = Rate(2, 3600)

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture(autouse=True)
def twice(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RATES = {"search": TWICE, "export": TWICE}
    # However slow the machine, a usual search counts once.
    monkeypatch.setattr(middleware, "SECONDS_A_REQUEST", 60)


def _statuses(client: Client, *addresses: str, **extra: str) -> list[int]:
    return [client.get(address, **extra).status_code for address in addresses]


class TestLimits:
    def test_searches_and_facet_pages_share_a_limit(self, client: Client) -> None:
        assert _statuses(client, SEARCH, FACET, SEARCH, FACET) == [200, 200, 429, 429]

    def test_exports_have_their_own_limit(self, client: Client) -> None:
        assert _statuses(client, CSV, LINES, CSV, SEARCH) == [200, 200, 429, 200]

    def test_article_counts_only_with_a_query(
        self, client: Client, library: Library
    ) -> None:
        page = library["tatweel"].get_absolute_url()
        marked = f"{page}?q={quote('بيان')}"
        found = _statuses(client, marked, marked, marked, page, page)
        assert found == [200, 200, 429, 200, 200]

    def test_suggestions_of_a_word_count_as_one_search(self, client: Client) -> None:
        typed = [f"/ar/search/suggestions/?q={quote('بيان'[:n])}" for n in (1, 2, 3, 4)]
        assert set(_statuses(client, *typed, *typed)) == {200}
        assert _statuses(client, SEARCH, SEARCH) == [200, 429]

    def test_browsing_is_not_limited(self, client: Client) -> None:
        _statuses(client, SEARCH, SEARCH, SEARCH)
        others = ("/ar/", "/ar/actors/", "/ar/calendar/", "/ar/search/help/")
        assert _statuses(client, *others) == [200] * 4

    def test_addresses_are_counted_apart(self, client: Client) -> None:
        _statuses(client, SEARCH, SEARCH, SEARCH)
        assert _statuses(client, SEARCH, REMOTE_ADDR="203.0.113.9") == [200]

    def test_staff_is_not_limited_and_other_accounts_are(self, client: Client) -> None:
        client.force_login(User.objects.create_user("reader"))
        assert _statuses(client, SEARCH, SEARCH, SEARCH)[-1] == 429
        client.force_login(User.objects.create_user("editor", is_staff=True))
        assert _statuses(client, SEARCH) == [200]

    def test_limits_can_be_turned_off(self, client: Client, settings: Settings) -> None:
        settings.RATES = {"search": None, "export": None}
        assert _statuses(client, *[SEARCH] * 5) == [200] * 5

    def test_refusal_makes_no_query(
        self, client: Client, django_assert_num_queries
    ) -> None:
        _statuses(client, SEARCH, SEARCH)
        with django_assert_num_queries(0):
            assert _statuses(client, SEARCH) == [429]

    def test_visits_come_back_with_time(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wait = int([client.get(SEARCH) for _ in range(3)][-1].headers["Retry-After"])
        later = time.time() + wait
        monkeypatch.setattr(time, "time", lambda: later)
        assert _statuses(client, SEARCH, SEARCH) == [200, 429]


class TestCost:
    """A search counts by what it costs: by an estimate, then by what it took."""

    def test_costly_search_counts_as_several(
        self, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.RATES = {"search": Rate(10, 3600)}
        monkeypatch.setattr(middleware, "SECONDS_A_REQUEST", 1)
        monkeypatch.setattr(middleware, "estimate_seconds", lambda parameters: 6.0)
        assert _statuses(client, SEARCH, SEARCH) == [200, 429]

    def test_time_beyond_the_estimate_is_charged(
        self, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.RATES = {"search": Rate(10, 3600)}
        monkeypatch.setattr(middleware, "SECONDS_A_REQUEST", 1e-6)
        assert _statuses(client, SEARCH, SEARCH) == [200, 429]

    def test_one_search_never_counts_as_more_than_all(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(middleware, "estimate_seconds", lambda parameters: 1e9)
        assert _statuses(client, SEARCH, SEARCH) == [200, 429]

    def test_costly_search_waits_for_a_slot(
        self, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.RATES = {"search": Rate(100, 3600), "export": Rate(100, 3600)}
        monkeypatch.setattr(middleware, "EXPENSIVE_SECONDS", 0.0)
        folder = Path(settings.DATA_DIR)
        count = max(1, (os.cpu_count() or 1) // middleware.PROCESSORS_A_SLOT)
        taken = [
            Slots(folder, "expensive-search", count).take() for _number in range(count)
        ]
        busy = client.get(SEARCH)
        lines = client.get(LINES.replace("/ar/", "/en/"))
        assert (busy.status_code, busy.headers["Retry-After"]) == (503, "2")
        assert "عمليات بحث طويلة جارية" in busy.content.decode()
        assert "take long are running" in json.loads(lines.content)["error"]
        for slot in taken:
            assert slot
            slot.release()
        # Given back after each search.
        assert _statuses(client, SEARCH, SEARCH) == [200, 200]

    def test_search_that_cannot_be_read_costs_nothing(self) -> None:
        assert estimate_seconds(QueryDict("q=(")) == 0

    def test_pattern_is_estimated_above_a_word(self) -> None:
        rebuild()
        word, pattern = (
            estimate_seconds(QueryDict(f"q={text}")) for text in ("بيان", "*يا*")
        )
        assert 0 < word < pattern


class TestAnswer:
    def test_refusal_is_a_page_in_both_languages(
        self, client: Client, settings: Settings
    ) -> None:
        settings.CONTACT = "desk@example.org"
        _statuses(client, SEARCH, SEARCH)
        answer = client.get(SEARCH)
        page = answer.content.decode()
        wait = int(answer.headers["Retry-After"])
        assert 1790 < wait <= 1800
        assert "طلبات كثيرة في وقت قصير" in page
        assert f"Wait {wait} seconds, then load this page again." in page
        assert 'lang="en"' in page
        assert page.count("mailto:desk@example.org") == 2
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]

    def test_jsonl_export_is_refused_as_json(self, client: Client) -> None:
        _statuses(client, LINES, LINES)
        answer = client.get(LINES.replace("/ar/", "/en/"))
        assert answer.status_code == 429
        assert answer.headers["Content-Type"] == "application/json"
        told = json.loads(answer.content)
        assert str(told["retry_after"]) == answer.headers["Retry-After"]
        assert "Too many requests" in told["error"]

    def test_csv_export_is_refused_as_plain_text(self, client: Client) -> None:
        _statuses(client, CSV, CSV)
        answer = client.get(CSV.replace("/ar/", "/en/"), HTTP_ACCEPT="*/*")
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        wait = answer.headers["Retry-After"]
        assert f"Wait {wait} seconds, then ask again.\n" in answer.content.decode()

    @pytest.mark.parametrize("address", [CSV, LINES])
    def test_browsers_get_the_refusal_page(self, client: Client, address: str) -> None:
        _statuses(client, address, address)
        answer = client.get(address, HTTP_ACCEPT=BROWSER)
        assert answer.status_code == 429
        assert "<h1>" in answer.content.decode()


class TestVisitors:
    @pytest.mark.parametrize(
        ("address", "name"),
        [
            ("203.0.113.9", "203.0.113.9"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("fe80::1%eth0", "fe80::"),
            ("", ""),
            ("unknown", ""),
        ],
    )
    def test_ipv6_network_is_one_visitor(self, address: str, name: str) -> None:
        request = RequestFactory().get("/", REMOTE_ADDR=address)
        assert identify_client(request) == name

    def test_proxy_without_addresses_is_not_counted(
        self, client: Client, settings: Settings
    ) -> None:
        settings.BEHIND_PROXY = True
        assert _statuses(client, *[SEARCH] * 4) == [200] * 4

    def test_forwarded_addresses_are_counted_apart(
        self, client: Client, settings: Settings
    ) -> None:
        settings.BEHIND_PROXY = True
        settings.MIDDLEWARE = [
            "config.security.client_address.client_address",
            *settings.MIDDLEWARE,
        ]
        first = Client(HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.1")
        second = Client(HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.2")
        assert _statuses(first, SEARCH, SEARCH, SEARCH) == [200, 200, 429]
        assert _statuses(second, SEARCH) == [200]


class TestStore:
    def test_nobody_is_refused_where_counting_fails(
        self, client: Client, no_index: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (no_index / FILE).mkdir()
        with caplog.at_level(logging.WARNING, "config"):
            assert _statuses(client, *[SEARCH] * 4) == [200] * 4
        told = [r for r in caplog.records if "cannot be counted" in r.getMessage()]
        assert len(told) == 1
        assert FILE in told[0].getMessage()
