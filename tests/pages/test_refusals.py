"""Responses to searches that cannot be read or run."""

from pathlib import Path
from typing import NoReturn
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client, RequestFactory, override_settings
from django.views.defaults import server_error

from search import searcher
from search.engines.whoosh.backend import WhooshBackend
from search.errors import QueryTooExpensive
from tests.pages.conftest import Archive
from tests.pages.reading import find, texts

ADDRESS = "/ar/search/"
TEN_KILOBYTES = "كتاب " * 2_000


class TestBadQuery:
    @pytest.mark.parametrize(
        "query",
        [
            '"نهر دجلة',
            "(نهر",
            "لون:أحمر",
            "OR",
            "نهر\x00دجلة",
            "نهر\x1bدجلة",
            TEN_KILOBYTES,
        ],
        ids=["quote", "parenthesis", "field", "operator", "nul", "escape", "10 kB"],
    )
    def test_syntax_error_is_400_with_the_filled_form(
        self, client: Client, archive: Archive, query: str
    ) -> None:
        page = client.get(ADDRESS, {"q": query, "actor": "tigris"})
        assert page.status_code == 400
        (notice,) = texts(page, "div", role="alert")
        assert len(notice) > len("نص")
        (field,) = find(page, "input", id="q")
        assert field["value"].strip() == query.strip()
        assert field["aria-invalid"] == "true"
        assert find(page, "input", type="hidden", name="actor", value="tigris")

    def test_correction_is_linked(self, client: Client, archive: Archive) -> None:
        page = client.get(ADDRESS, {"q": '"نهر دجلة', "actor": "tigris"})
        (offer,) = [
            link for link in find(page, "a") if link["href"].startswith(f"{ADDRESS}?q=")
        ]
        answer = client.get(offer["href"])
        assert answer.status_code == 200
        assert parse_qs(urlsplit(offer["href"]).query)["actor"] == ["tigris"]

    def test_message_is_in_the_language_of_the_page(
        self, client: Client, archive: Archive
    ) -> None:
        sentences = [
            texts(client.get(f"/{code}/search/", {"q": "(نهر"}), "p", id="q-error")
            for code in ("ar", "en")
        ]
        assert sentences[0] != sentences[1]


class TestBadDates:
    @pytest.mark.parametrize("text", ["غدا", "31 شباط 1923", "1923-13", "٣٠"])
    def test_unreadable_date_is_400_with_an_example(
        self, client: Client, archive: Archive, text: str
    ) -> None:
        page = client.get(ADDRESS, {"q": "نهر", "from": text})
        assert page.status_code == 400
        (sentence,) = texts(page, "p", id="date-from-error")
        assert text in sentence
        assert "2018" in sentence
        (field,) = find(page, "input", id="date-from")
        assert field["value"] == text

    def test_dates_in_reverse_order_are_400(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"from": "1930", "to": "1920"})
        assert page.status_code == 400
        (sentence,) = texts(page, "p", id="date-to-error")
        assert "بدّل موضعي التاريخين" in sentence


class TestExpensiveQuery:
    @pytest.mark.parametrize("address", [ADDRESS, "/ar/search/facets/actor/"])
    def test_expensive_query_is_400_with_the_limit(
        self,
        client: Client,
        archive: Archive,
        monkeypatch: pytest.MonkeyPatch,
        address: str,
    ) -> None:
        class Strict(WhooshBackend):
            def run(self, request: object) -> NoReturn:
                raise QueryTooExpensive("أكثر من 1000 كلمة تبدأ هكذا.")

        engine = Strict(
            "default", PATH=settings.HAYSTACK_CONNECTIONS["default"]["PATH"]
        )
        monkeypatch.setattr(searcher, "site_engine", lambda: engine)
        page = client.get(address, {"q": "ال*"})
        assert page.status_code == 400
        assert texts(page, "p", id="q-error") == ["أكثر من 1000 كلمة تبدأ هكذا."]
        assert find(page, "input", id="q", value="ال*")


class TestBrokenIndex:
    @pytest.fixture
    def no_index(
        self, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The engine with an empty folder where the index should be."""
        engine = WhooshBackend("default", PATH=str(tmp_path))
        monkeypatch.setattr(searcher, "site_engine", lambda: engine)

    @pytest.mark.parametrize("address", [ADDRESS, "/ar/search/facets/actor/"])
    def test_missing_index_is_503_with_links_to_the_archive(
        self, client: Client, no_index: None, address: str
    ) -> None:
        page = client.get(address)
        assert page.status_code == 503
        links = {link["href"] for link in find(page, "a")}
        assert {"/ar/actors/", "/ar/calendar/"} <= links


class TestErrorPages:
    @pytest.mark.parametrize(
        ("language", "heading"), [("ar", "الصفحة غير موجودة"), ("en", "No such page")]
    )
    def test_unknown_url_is_404(
        self, client: Client, db: None, language: str, heading: str
    ) -> None:
        page = client.get(f"/{language}/nowhere/")
        assert page.status_code == 404
        assert texts(page, "h1") == [heading]
        # The search box of the masthead, and the language switch to a page that exists.
        assert find(page, "input", name="q")
        (switch,) = find(page, "a", class_="language")
        assert client.get(switch["href"]).status_code == 200

    def test_server_error_needs_no_database_and_no_request(
        self, client: Client
    ) -> None:
        page = server_error(RequestFactory().get("/ar/"))
        assert page.status_code == 500
        assert texts(page, "h1") == ["حدث خطأ في الموقع"]
        assert texts(page, "h2") == ["Something went wrong here"]

    @override_settings(ALLOWED_HOSTS=["archive.example"])
    def test_malformed_request_is_400(self, client: Client) -> None:
        page = client.get("/ar/")
        assert page.status_code == 400
        assert texts(page, "h1") == ["تعذّرت قراءة الطلب"]

    def test_robots_txt_disallows_searches(self, client: Client) -> None:
        text = b"".join(client.get("/robots.txt")).decode()
        assert "Disallow: /ar/search/?" in text
