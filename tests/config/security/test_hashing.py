"""Passwords hashed a bounded number at once, and what others are answered meanwhile."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from config.security import hashing
from config.security.hashing import BoundedPBKDF2, HashingBusy, hashing_turn
from config.security.rate_limits.rates import Rate
from config.security.rate_limits.slots import Slots

PATIENCE = 30.0
PASSWORD = "a password of many words"


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    settings.PASSWORD_HASHERS = ["config.security.hashing.BoundedPBKDF2"]
    return tmp_path


@pytest.fixture(autouse=True)
def few_iterations(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fast hash: how many at once is what is tested."""
    monkeypatch.setattr(BoundedPBKDF2, "iterations", 1)


@contextmanager
def all_taken(data_dir: Path) -> Iterator[None]:
    """All slots are taken, as by other processes."""
    count = max(1, (os.cpu_count() or 1) // hashing.PROCESSORS_A_HASH)
    taken = [Slots(data_dir, "hashing", count).take() for _ in range(count)]
    try:
        yield
    finally:
        for slot in taken:
            assert slot is not None
            slot.release()


class TestHasher:
    def test_hashes_are_those_of_django(self) -> None:
        hashed = make_password(PASSWORD)
        assert hashed.startswith("pbkdf2_sha256$")
        assert check_password(PASSWORD, hashed)
        assert not check_password("another", hashed)

    def test_site_hashes_with_it(self) -> None:
        # The tests' own settings have a faster one.
        import config.settings

        assert [
            f"{BoundedPBKDF2.__module__}.{BoundedPBKDF2.__name__}"
        ] == config.settings.PASSWORD_HASHERS

    def test_place_without_locks_hashes_all_the_same(self, data_dir: Path) -> None:
        for number in range(os.cpu_count() or 1):
            (data_dir / f"hashing-{number}.lock").mkdir()
        assert check_password(PASSWORD, make_password(PASSWORD))


class TestTurn:
    def test_next_waits_for_the_slot(self, data_dir: Path) -> None:
        slot = Slots(data_dir, "hashing", 1).take()
        assert slot is not None
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(os, "cpu_count", lambda: 1)
            done = threading.Event()

            def hash_one() -> None:
                make_password(PASSWORD)
                done.set()

            thread = threading.Thread(target=hash_one)
            thread.start()
            assert not done.wait(0.05)
            slot.release()
            assert done.wait(PATIENCE)
            thread.join()

    def test_more_threads_than_may_wait_are_refused(self) -> None:
        entered, leave = threading.Barrier(3), threading.Event()

        def hold() -> None:
            with hashing_turn():
                entered.wait(PATIENCE)
                leave.wait(PATIENCE)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(os, "cpu_count", lambda: 4)
            threads = [threading.Thread(target=hold) for _ in range(2)]
            for thread in threads:
                thread.start()
            entered.wait(PATIENCE)
            with pytest.raises(HashingBusy), hashing_turn():
                pass
            leave.set()
            for thread in threads:
                thread.join()
        with hashing_turn():
            pass

    def test_holder_that_hangs_is_not_waited_for_for_ever(
        self, data_dir: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(hashing, "LONGEST_WAIT", 0.05)
        with all_taken(data_dir):
            for _ in range(hashing.THREADS_A_PROCESS + 1):
                with pytest.raises(HashingBusy), hashing_turn():
                    pass


@pytest.mark.django_db
class TestPages:
    @pytest.fixture(autouse=True)
    def _no_wait(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(hashing, "LONGEST_WAIT", 0.0)
        User.objects.create_superuser("editor", password=PASSWORD)

    @pytest.mark.parametrize("address", ["/en/login/", "/ar/admin/login/"])
    def test_sign_in_is_refused_and_not_counted(
        self, client: Client, data_dir: Path, settings: Settings, address: str
    ) -> None:
        settings.RATES = {"sign_in": Rate(1, 3600)}
        form = {"username": "editor", "password": PASSWORD}
        with all_taken(data_dir):
            for _ in range(3):
                page = client.post(address, form)
                assert page.status_code == 503
                assert page["Retry-After"] == "3"
                text = page.content.decode()
                assert "Yours was not looked at" in text
                assert "لم يُنظر في كلمة مرورك" in text
        assert client.post(address, form).status_code == 302

    def test_changing_a_password_is_refused(
        self, client: Client, data_dir: Path
    ) -> None:
        client.force_login(User.objects.get())
        before = User.objects.get().password
        new = {"new_password1": "another of many", "new_password2": "another of many"}
        with all_taken(data_dir):
            page = client.post("/en/password/", {"old_password": PASSWORD, **new})
        assert page.status_code == 503
        assert User.objects.get().password == before


def test_middleware_is_in_use() -> None:
    assert "config.security.hashing.HashingBusyPage" in site_settings.MIDDLEWARE
