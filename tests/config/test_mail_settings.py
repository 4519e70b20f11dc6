"""Addresses of mail servers."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env_vars


def _parse(monkeypatch: pytest.MonkeyPatch, url: str) -> dict[str, object]:
    monkeypatch.setenv("EMAIL_URL", url)
    return env_vars.mail("EMAIL_URL")


class TestParse:
    @pytest.mark.parametrize(
        ("url", "port", "starttls", "tls"),
        [
            ("smtp://mail.example", 25, False, False),
            ("smtp+starttls://mail.example", 587, True, False),
            ("smtps://mail.example", 465, False, True),
            ("smtp://mail.example:2525", 2525, False, False),
        ],
    )
    def test_scheme_decides_port_and_encryption(
        self,
        url: str,
        port: int,
        starttls: bool,
        tls: bool,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        found = _parse(monkeypatch, url)
        assert found["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
        assert found["EMAIL_HOST"] == "mail.example"
        assert found["EMAIL_PORT"] == port
        assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (starttls, tls)

    def test_user_and_password_are_decoded(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        url = "smtp://amina%40example.org:p%3Ass@mail.example"
        found = _parse(monkeypatch, url)
        assert found["EMAIL_HOST_USER"] == "amina@example.org"
        assert found["EMAIL_HOST_PASSWORD"] == "p:ss"

    @pytest.mark.parametrize(
        "url",
        [
            "mail.example",
            "http://u:secret@mail.example",
            "smtp://:secret@",
            "smtp://h:x",
        ],
    )
    def test_bad_address_is_refused_with_the_remedy(
        self, url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("EMAIL_URL", url)
        with pytest.raises(ImproperlyConfigured) as refused:
            env_vars.mail("EMAIL_URL")
        assert "smtp+starttls://" in str(refused.value)
        assert "secret" not in str(refused.value)
