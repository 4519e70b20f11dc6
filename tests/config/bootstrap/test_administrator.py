"""The first administrator of a new site."""

import pytest
from django.contrib.auth import get_user_model

from config.bootstrap import administrator
from config.bootstrap.administrator import ensure_administrator

pytestmark = pytest.mark.django_db

GOOD = "زيتون-وتين-وطور"


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch):
    """Answer the prompts of the terminal: a name, then passwords."""

    def script(name: str, *passwords: str) -> None:
        turn = iter(passwords)
        monkeypatch.setattr("builtins.input", lambda question: name)
        monkeypatch.setattr(
            administrator.getpass, "getpass", lambda question: next(turn)
        )

    return script


def _account(name: str, password: str):
    """The account with this name and password; None where they do not match."""
    user = get_user_model().objects.get(username=name)
    return user if user.check_password(password) else None


class TestWithoutTerminal:
    def test_generated_password_signs_in(self, client) -> None:
        account = ensure_administrator(ask=False)
        assert account is not None and account.name == "admin"
        form = {"username": "admin", "password": account.generated_password}
        assert client.post("/ar/admin/login/", form).status_code == 302
        assert client.get("/en/admin/").status_code == 200

    def test_existing_administrator_is_kept(self, admin_user) -> None:
        before = admin_user.password
        assert ensure_administrator(ask=False) is None
        admin_user.refresh_from_db()
        assert admin_user.password == before

    def test_generated_passwords_differ(self) -> None:
        first = ensure_administrator(ask=False)
        get_user_model().objects.all().delete()
        second = ensure_administrator(ask=False)
        assert first.generated_password != second.generated_password


class TestOnATerminal:
    def test_typed_name_and_password_are_set(self, answer) -> None:
        answer(" amina ", GOOD, GOOD)
        account = ensure_administrator(ask=True)
        assert account == administrator.Account("amina", None)
        assert _account("amina", GOOD).is_superuser

    def test_empty_answers_give_defaults(self, answer) -> None:
        answer("", "")
        account = ensure_administrator(ask=True)
        assert account.name == "admin"
        assert _account("admin", account.generated_password)

    def test_weak_password_is_refused_with_the_reason(self, answer, capsys) -> None:
        answer("amina", "12345", GOOD, GOOD)
        ensure_administrator(ask=True)
        assert "12345" not in capsys.readouterr().out
        assert _account("amina", GOOD)

    def test_different_passwords_are_asked_again(self, answer, capsys) -> None:
        answer("amina", GOOD, "slip", GOOD, GOOD)
        ensure_administrator(ask=True)
        assert "differ" in capsys.readouterr().out
