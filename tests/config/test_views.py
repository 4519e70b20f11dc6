"""The door: which language a reader meets, and how it is changed."""

import pytest
from django.test import Client

from config.views import preferred_language


class TestPreferredLanguage:
    @pytest.mark.parametrize(
        ("accepted", "language", "why"),
        [
            ("", "ar", "nothing is known of the reader"),
            ("en", "en", "English and nothing else"),
            ("en-US,en;q=0.9", "en", "a country changes nothing"),
            ("en-US,en;q=0.9,ar;q=0.1", "ar", "reads Arabic, browser sold in English"),
            ("fr-FR,fr;q=0.9,en;q=0.8", "en", "no Arabic, but English"),
            ("fr", "ar", "neither: the archive's own language"),
            ("ar;q=0,en", "en", "Arabic is refused in so many words"),
            ("*", "ar", "anything goes"),
            ("en" * 10_000, "ar", "nonsense is no preference"),
        ],
    )
    def test_without_a_choice(self, accepted: str, language: str, why: str) -> None:
        assert preferred_language(cookie="", accepted=accepted) == language, why

    def test_a_choice_counts_for_more(self) -> None:
        assert preferred_language(cookie="ar", accepted="en") == "ar"
        assert preferred_language(cookie="en", accepted="ar") == "en"

    def test_a_forged_choice_counts_for_nothing(self) -> None:
        assert preferred_language(cookie="//evil.example", accepted="") == "ar"


class TestDoor:
    def test_it_leads_to_the_arabic_home(self, client: Client) -> None:
        response = client.get("/")
        assert response.status_code == 302
        assert response["Location"] == "/ar/"
        assert response["Vary"] == "Accept-Language, Cookie"

    def test_it_keeps_a_language_once_chosen(self, client: Client) -> None:
        client.post("/i18n/setlang/", {"language": "en"})
        assert client.get("/")["Location"] == "/en/"

    def test_it_takes_no_form(self, client: Client) -> None:
        assert client.post("/").status_code == 405


class TestSetLanguage:
    def test_it_stays_on_the_page(self, client: Client) -> None:
        response = client.post(
            "/i18n/setlang/", {"language": "en", "next": "/ar/admin/login/"}
        )
        assert response["Location"] == "/en/admin/login/"

    def test_it_leads_to_no_other_site(self, client: Client) -> None:
        response = client.post(
            "/i18n/setlang/", {"language": "en", "next": "https://evil.example/"}
        )
        assert response["Location"] == "/"
