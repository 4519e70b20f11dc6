"""The redirect of the root URL to a language, and the choice of a language."""

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
    def test_header_decides_without_a_cookie(
        self, accepted: str, language: str, why: str
    ) -> None:
        assert preferred_language(cookie="", accepted=accepted) == language, why

    def test_cookie_is_preferred(self) -> None:
        assert preferred_language(cookie="ar", accepted="en") == "ar"
        assert preferred_language(cookie="en", accepted="ar") == "en"

    def test_forged_cookie_is_ignored(self) -> None:
        assert preferred_language(cookie="//evil.example", accepted="") == "ar"


class TestRedirectToLanguage:
    def test_arabic_home_is_the_default(self, client: Client) -> None:
        response = client.get("/")
        assert response.status_code == 302
        assert response["Location"] == "/ar/"
        assert response["Vary"] == "Accept-Language, Cookie"

    def test_cookie_decides(self, client: Client) -> None:
        client.post("/i18n/setlang/", {"language": "en"})
        assert client.get("/")["Location"] == "/en/"

    def test_post_is_not_allowed(self, client: Client) -> None:
        assert client.post("/").status_code == 405


class TestSetLanguage:
    def test_redirect_is_to_the_same_page(self, client: Client) -> None:
        response = client.post(
            "/i18n/setlang/", {"language": "en", "next": "/ar/admin/login/"}
        )
        assert response["Location"] == "/en/admin/login/"

    def test_redirect_to_another_site_is_ignored(self, client: Client) -> None:
        response = client.post(
            "/i18n/setlang/", {"language": "en", "next": "https://evil.example/"}
        )
        assert response["Location"] == "/"
