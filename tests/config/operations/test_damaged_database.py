"""A damaged database is a sentence and a status, on every page and of every command."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import (
    DatabaseError,
    IntegrityError,
    InternalError,
    OperationalError,
    ProgrammingError,
)
from django.test import RequestFactory
from pytest_django import Settings

from archive.faults.database import find_outage, is_damage, is_outage
from config.operations.outage_messages import explain, server_error
from tests.faults.browser import Browser
from tests.faults.saving import ALWAYS
from tests.forked import run_python
from tests.installed import Installed

DATABASE = "sijill.sqlite3"
PAGES = (
    *(
        "/ar/",
        "/en/",
        "/ar/articles/1/",
        f"/ar/search/?q={quote(ALWAYS)}",
        "/ar/actors/",
    ),
    *("/ar/sources/", "/ar/topics/", "/ar/calendar/", "/ar/admin/", "/ar/login/"),
    *("/ar/admin/status/", "/ar/export/?q=x", "/readyz"),
)
COMMANDS = (
    ("migrate",),
    ("setup_site",),
    ("search", ALWAYS),
    ("index_worker", "--once"),
    ("rebuild_index",),
    ("reconcile_index",),
    ("load_sample",),
    ("backup", "--force", os.devnull),
    ("createsuperuser", "--noinput", "--username", "x", "--email", "x@y.org"),
    ("dumpdata",),
)


def _write_text(file: Path) -> None:
    file.write_text("ليس قاعدة بيانات " * 5000)


def _fill_with_zeros(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def _spoil_all_but_the_first_page(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:8192])


# What SQLite says of them: no database, and a malformed one.
KINDS = [_write_text, _spoil_all_but_the_first_page]
# Found by other commands first: what opens it, what asks little, what asks for all.
ALSO = [_fill_with_zeros, _cut]
FEW = [one for one in COMMANDS if one[0] in ("setup_site", "search", "backup")]


@pytest.fixture(scope="module")
def filled(set_up: Installed, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """An archive with articles, set up and indexed."""
    data_dir = tmp_path_factory.mktemp("filled") / "data"
    shutil.copytree(set_up.data_dir, data_dir)
    site = Installed(data_dir, {"DJANGO_SUPERUSER_PASSWORD": "a-password-of-a-test"})
    site.run("from tests.faults.saving import fill; fill(50)")
    with closing(sqlite3.connect(data_dir / DATABASE)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    return site


@pytest.fixture
def site(filled: Installed, tmp_path: Path) -> Iterator[Installed]:
    """A copy of it to be damaged."""
    shutil.copytree(filled.data_dir, tmp_path / "data")
    yield Installed(tmp_path / "data", filled.variables)


@pytest.mark.slow
class TestSQLite:
    @pytest.mark.parametrize(
        ("damage", "commands"),
        [*((kind, COMMANDS) for kind in KINDS), *((kind, FEW) for kind in ALSO)],
    )
    def test_each_command_ends_with_a_sentence(
        self,
        site: Installed,
        damage: Callable[[Path], None],
        commands: Sequence[tuple[str, ...]],
    ) -> None:
        damage(site.data_dir / DATABASE)
        for command in commands:
            done = run_python("manage.py", *command, env=site.environ)
            said = done.stderr
            assert "Traceback" not in said, (command, said)
            assert done.returncode in (1, 2), (command, said)
            assert said.strip(), command
            assert "restore" in said or DATABASE in said, (command, said)

    @pytest.mark.parametrize("damage", [*KINDS, _cut])
    def test_each_page_is_503(
        self, site: Installed, damage: Callable[[Path], None]
    ) -> None:
        with site.serve(workers=1) as server:
            browser = Browser(server.address)
            assert browser.get("/ar/").status == 200
            damage(site.data_dir / DATABASE)
            answers = {address: browser.get(address).status for address in PAGES}
            alive = browser.get("/healthz").status
        # The sign-in page asks nothing of the database, and neither do redirects.
        assert set(answers.values()) <= {200, 302, 404, 503}, answers
        assert answers["/ar/articles/1/"] == answers["/readyz"] == 503, answers
        assert answers["/ar/"] == 503 or damage is _cut, answers
        assert alive == 200


def _raised(error: Exception, **cause: object) -> Exception:
    reason = Exception()
    for name, value in cause.items():
        setattr(reason, name, value)
    error.__cause__ = reason
    return error


class TestClassification:
    @pytest.fixture(autouse=True)
    def new_data_dir(self, settings: Settings, tmp_path: Path) -> None:
        """No archive to be lost, whatever other tests have left."""
        settings.DATA_DIR = tmp_path

    @pytest.mark.parametrize(
        ("error", "outage", "damage"),
        [
            (_raised(DatabaseError("malformed"), sqlite_errorcode=11), True, True),
            (_raised(DatabaseError("malformed"), sqlite_errorcode=267), True, True),
            (_raised(DatabaseError("no database"), sqlite_errorcode=26), True, True),
            (_raised(OperationalError("full"), sqlite_errorcode=13), True, False),
            (_raised(InternalError("bad page"), sqlstate="XX001"), True, True),
            (_raised(InternalError("bad index"), sqlstate="XX002"), True, True),
            (_raised(OperationalError("gone"), sqlstate="57P01"), True, False),
            (_raised(ProgrammingError("no table"), sqlstate="42P01"), True, False),
            (_raised(ProgrammingError("syntax"), sqlstate="42601"), False, False),
            (_raised(IntegrityError("twice"), sqlstate="23505"), False, False),
            (ValueError("a bug"), False, False),
        ],
    )
    def test_errors_of_the_database_are_told_from_bugs(
        self, error: Exception, outage: bool, damage: bool
    ) -> None:
        assert (is_outage(error), is_damage(error)) == (outage, damage)
        assert (explain(error) is not None) == outage
        assert (find_outage(error) is error) == outage
        assert ("restore" in (explain(error) or "")) == damage

    @pytest.mark.parametrize(("error", "status"), [
        (_raised(DatabaseError("malformed"), sqlite_errorcode=11), 503),
        (_raised(InternalError("bad page"), sqlstate="XX001"), 503),
        (IntegrityError("twice"), 500),
        (ValueError("a bug"), 500),
    ])  # fmt: skip
    def test_page_says_whose_fault_it_is(self, error: Exception, status: int) -> None:
        try:
            raise error
        except type(error):
            answer = server_error(RequestFactory().get("/"))
        assert answer.status_code == status

    def test_error_in_handling_an_outage_is_one(self) -> None:
        try:
            try:
                raise _raised(DatabaseError("malformed"), sqlite_errorcode=11)
            except DatabaseError:
                raise KeyError("user")  # noqa: B904 - as a careless handler would
        except KeyError as error:
            assert find_outage(error)
