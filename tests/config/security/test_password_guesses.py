"""Wrong passwords by address and session: refused before one is hashed, and bounded."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from axes.models import AccessAttempt
from django.conf import settings as site_settings
from django.contrib.auth import hashers
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse
from pytest_django import Settings

from config.security import password_guesses, sign_in_attempts
from config.security.password_guesses import FILE, take_sign_in
from config.security.rate_limits.limiter import RateLimiter
from config.security.rate_limits.rates import Rate
from tests.pages.reading import find, texts

pytestmark = pytest.mark.django_db

PASSWORD = "زيتون-وتين-وطور"
WRONG = "خطأ"
NEW = "تفّاح-وعنب-ورمّان"
DOORS = ["/en/login/", "/en/admin/login/"]
CHANGES = ["/en/password/", "/en/admin/password_change/"]
LIMIT = 3
ATTACKER = "203.0.113.5"
_PASSWORD_FIELD_RE = re.compile(r'<input[^>]*type="password"')


@pytest.fixture(autouse=True)
def limited(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.RATES = {**settings.RATES, "sign_in": Rate(LIMIT, 3600)}


@pytest.fixture(autouse=True)
def amina() -> User:
    return User.objects.create_user("amina", password=PASSWORD, is_staff=True)


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The passwords that were hashed, known names or not."""
    passwords: list[str] = []
    hasher = hashers.MD5PasswordHasher
    encode = hasher.encode

    def note(self, password: str, salt: str) -> str:
        passwords.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(hasher, "encode", note)
    return passwords


def knock(
    name: str, password: str = WRONG, *, door: str = DOORS[0], address: str = ATTACKER
):
    form = {"username": name, "password": password}
    return Client(REMOTE_ADDR=address).post(door, form)


def fail(times: int, *, door: str = DOORS[0]) -> list[int]:
    """The statuses of wrong sign-ins, each with a name of its own."""
    return [knock(f"name-{number}", door=door).status_code for number in range(times)]


class TestSignIn:
    @pytest.mark.parametrize("door", DOORS)
    def test_ever_new_names_of_one_address_are_refused(self, door: str) -> None:
        assert fail(LIMIT + 2, door=door) == [200] * LIMIT + [429, 429]

    def test_doors_count_together(self) -> None:
        fail(LIMIT, door=DOORS[0])
        assert knock("amina", PASSWORD, door=DOORS[1]).status_code == 429

    def test_refused_sign_in_hashes_nothing_and_writes_nothing(
        self, hashed: list[str]
    ) -> None:
        fail(LIMIT)
        assert len(hashed) == LIMIT
        with CaptureQueriesContext(connection) as queries:
            fail(5)
        assert len(hashed) == LIMIT
        assert [one["sql"] for one in queries if "axes" in one["sql"]] == []
        assert AccessAttempt.objects.count() == LIMIT

    @pytest.mark.parametrize("door", DOORS)
    def test_page_says_how_long_in_both_languages(self, door: str) -> None:
        fail(LIMIT)
        page = knock("amina", PASSWORD, door=door)
        text = " ".join(texts(page, "main"))
        assert page.status_code == 429
        assert "Too many sign-ins from your address have failed." in text
        assert "Wait 20 minutes, then try again." in text
        assert "فشلت محاولات كثيرة لتسجيل الدخول من عنوانك الشبكي." in text
        assert "انتظر 20 دقيقة ثم أعد المحاولة." in text
        assert 1195 <= int(page.headers["Retry-After"]) <= 1200
        assert "no-store" in page.headers["Cache-Control"]
        assert find(page, "div", lang="en", dir="ltr")

    def test_other_addresses_are_let_in(self) -> None:
        fail(LIMIT)
        page = knock("amina", PASSWORD, address="198.51.100.7")
        assert page.status_code == 302

    def test_addresses_of_one_network_count_together(self) -> None:
        for number in range(LIMIT):
            knock(f"name-{number}", address=f"2001:db8:1:2::{number}")
        again = knock("amina", PASSWORD, address="2001:db8:1:2:9::9")
        assert again.status_code == 429

    def test_right_passwords_are_not_counted(self) -> None:
        statuses = [knock("amina", PASSWORD).status_code for _ in range(3 * LIMIT)]
        assert statuses == [302] * 3 * LIMIT

    def test_attempts_at_a_locked_account_are_not_counted(
        self, settings: Settings, hashed: list[str]
    ) -> None:
        User.objects.create_user("hani", password=PASSWORD)
        settings.RATES = {"sign_in": Rate(site_settings.AXES_FAILURE_LIMIT + 1, 3600)}
        for _ in range(site_settings.AXES_FAILURE_LIMIT):
            knock("amina")
        hashed.clear()
        pages = [knock("amina", PASSWORD) for _ in range(5)]
        assert {page.status_code for page in pages} == {429}
        assert "The password was wrong too often." in pages[0].content.decode()
        assert hashed == []
        assert knock("hani", PASSWORD).status_code == 302

    def test_session_of_the_same_address_goes_on(self, amina: User) -> None:
        inside = Client(REMOTE_ADDR=ATTACKER)
        inside.force_login(amina)
        fail(LIMIT + 1)
        assert inside.get("/en/admin/").status_code == 200
        form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
        assert inside.post(CHANGES[0], form).status_code == 302
        assert inside.get("/en/admin/").status_code == 200

    def test_proxy_that_names_no_reader_counts_for_none(
        self, settings: Settings
    ) -> None:
        settings.BEHIND_PROXY = True
        assert fail(LIMIT + 2) == [200] * (LIMIT + 2)

    def test_off_counts_nothing(self, settings: Settings) -> None:
        settings.RATES = {"sign_in": None}
        assert fail(LIMIT + 2) == [200] * (LIMIT + 2)

    def test_limit_that_cannot_count_lets_in(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (tmp_path / FILE).mkdir()
        assert fail(LIMIT + 2) == [200] * (LIMIT + 2)
        assert knock("amina", PASSWORD).status_code == 302
        assert "cannot be counted by address" in caplog.text


class TestFile:
    def test_threads_that_begin_at_once_share_one_file(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = []

        class Slow(RateLimiter):
            def __init__(self, file: Path, *, key: str) -> None:
                time.sleep(0.05)
                made.append(file)
                super().__init__(file, key=key)

        monkeypatch.setattr(password_guesses, "RateLimiter", Slow)
        request = RequestFactory().post(DOORS[0], REMOTE_ADDR=ATTACKER)
        with ThreadPoolExecutor(8) as pool:
            waits = list(pool.map(take_sign_in, [request] * 8))
        assert waits.count(0.0) == LIMIT
        assert len(made) == 1


class TestAttempts:
    def test_table_keeps_the_newest(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.RATES = {"sign_in": None}
        monkeypatch.setattr(sign_in_attempts, "MAX_ATTEMPTS", 4)
        fail(9)
        names = set(AccessAttempt.objects.values_list("username", flat=True))
        assert names == {f"name-{number}" for number in range(5, 9)}

    @pytest.mark.parametrize("by", ["failure", "sign-in"])
    def test_old_rows_leave(self, by: str) -> None:
        fail(LIMIT - 1)
        old = AccessAttempt.objects.all()[0].attempt_time
        AccessAttempt.objects.update(attempt_time=old - site_settings.AXES_COOLOFF_TIME)
        knock("amina", PASSWORD if by == "sign-in" else "wrong")
        assert not AccessAttempt.objects.filter(username__startswith="name-").exists()


@pytest.mark.parametrize("door", CHANGES)
class TestPasswordChange:
    def _change(self, client: Client, door: str, old: str, new: str = NEW) -> int:
        form = {"old_password": old, "new_password1": new, "new_password2": new}
        return client.post(door, form).status_code

    def test_wrong_old_passwords_of_a_session_are_refused_unhashed(
        self, client: Client, amina: User, door: str, hashed: list[str]
    ) -> None:
        client.force_login(amina)
        tries = [self._change(client, door, "wrong") for _ in range(LIMIT + 2)]
        assert tries == [200] * LIMIT + [429, 429]
        hashed.clear()
        assert self._change(client, door, PASSWORD) == 429
        assert hashed == []

    def test_forms_count_together_and_the_page_is_shown(
        self, client: Client, amina: User, door: str
    ) -> None:
        client.force_login(amina)
        for _ in range(LIMIT):
            self._change(client, CHANGES[1 - CHANGES.index(door)], "wrong")
        page = client.post(door, {})
        assert page.status_code == 429
        text = " ".join(texts(page, "main"))
        assert "The password was to be changed too often" in text
        assert "تكررت محاولة تغيير كلمة المرور" in text
        assert client.get(door).status_code == 200

    def test_other_session_of_the_account_is_not_kept_from_it(
        self, client: Client, amina: User, door: str
    ) -> None:
        client.force_login(amina)
        for _ in range(LIMIT + 1):
            self._change(client, door, "wrong")
        owner = Client()
        owner.force_login(amina)
        assert self._change(owner, door, PASSWORD) == 302


class TestDoors:
    def test_no_other_page_asks_for_a_password(self, admin_client: Client) -> None:
        """Guest and superuser are shown each page of the site that takes no more."""
        user = User.objects.get(username="admin")
        found = set()
        for client in (Client(), admin_client):
            for name in _list_views():
                for address in _list_addresses(name, user.pk):
                    page = client.get(address)
                    html = b"" if page.streaming else page.content
                    if _PASSWORD_FIELD_RE.search(html.decode(errors="replace")):
                        found.add(name)
        checks = {"login", "admin:login", *password_guesses.PASSWORD_CHANGES}
        # A superuser sets another's password there and has to know none.
        sets = {"admin:auth_user_add", "admin:auth_user_password_change"}
        assert found == checks | sets


def _list_views() -> list[str]:
    resolver = get_resolver()
    names = [name for name in resolver.reverse_dict if isinstance(name, str)]
    for namespace, (_, inner) in resolver.namespace_dict.items():
        inner_names = inner.reverse_dict
        names += [
            f"{namespace}:{name}" for name in inner_names if isinstance(name, str)
        ]
    return sorted(set(names))


def _list_addresses(name: str, key: int) -> list[str]:
    addresses = []
    for arguments in ([], [key]):
        try:
            addresses.append(reverse(name, args=arguments))
        except NoReverseMatch:
            continue
    return addresses
