"""A data directory that knows of an archive whose database is gone."""

import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.faults.browser import Browser
from tests.faults.saving import ALWAYS
from tests.installed import PATIENCE, Installed

pytestmark = pytest.mark.slow

DATABASE = "sijill.sqlite3"


def _take_away(data_dir: Path) -> None:
    for path in data_dir.glob(f"{DATABASE}*"):
        path.unlink()


def _empty(data_dir: Path) -> None:
    _take_away(data_dir)
    (data_dir / DATABASE).touch()


def _create_without_tables(data_dir: Path) -> None:
    _take_away(data_dir)
    with closing(sqlite3.connect(data_dir / DATABASE)) as database:
        database.execute("PRAGMA journal_mode=WAL")


def _keep_only(*names: str) -> Callable[[Path], None]:
    """Leave these names alone, as where the rest lies on other disks."""

    def change(data_dir: Path) -> None:
        for path in data_dir.iterdir():
            if path.name not in names:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    return change


def _leave_uploads_alone(data_dir: Path) -> None:
    _keep_only()(data_dir)
    (data_dir / "media").mkdir()
    (data_dir / "media" / "scan.jpg").write_bytes(b"\xff\xd8")


def _leave_what_was_replaced(data_dir: Path) -> None:
    (data_dir / DATABASE).rename(data_dir / f"{DATABASE}.replaced-2026-11-30T0412")
    _keep_only(f"{DATABASE}.replaced-2026-11-30T0412")(data_dir)


LOSSES = [
    _take_away,
    _empty,
    _create_without_tables,
    _keep_only("index"),
    _keep_only("set-up.json"),
    _leave_uploads_alone,
    _leave_what_was_replaced,
]
SENTENCES = (
    "manage restore FILE",
    "setup --new-archive",
    "لا أرشيف في قاعدة البيانات",
    "فاستعيدوا نسخة احتياطية",
)


@pytest.fixture(scope="module")
def filled(set_up: Installed, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """An archive with articles, set up and indexed."""
    data_dir = tmp_path_factory.mktemp("filled") / "data"
    shutil.copytree(set_up.data_dir, data_dir)
    site = Installed(data_dir)
    site.run("from tests.faults.saving import fill; fill(5)")
    return site


@pytest.fixture
def site(filled: Installed, tmp_path: Path) -> Installed:
    """A copy of it to be changed."""
    shutil.copytree(filled.data_dir, tmp_path / "data")
    return Installed(tmp_path / "data")


def _list_tables(data_dir: Path) -> int:
    file = data_dir / DATABASE
    if not file.exists():
        return 0
    with closing(sqlite3.connect(file)) as database:
        return len(database.execute("SELECT name FROM sqlite_master").fetchall())


class TestCommands:
    @pytest.mark.parametrize("lose", LOSSES)
    def test_set_up_stops_in_both_languages_and_makes_nothing(
        self, site: Installed, lose: Callable[[Path], None]
    ) -> None:
        lose(site.data_dir)
        said = site.manage("setup_site", status=2).stderr
        assert [one for one in SENTENCES if one not in said] == []
        assert _list_tables(site.data_dir) == 0

    @pytest.mark.parametrize("lose", [_take_away, _create_without_tables])
    def test_migrate_stops(self, site: Installed, lose: Callable[[Path], None]) -> None:
        lose(site.data_dir)
        said = site.manage("migrate", status=2).stderr
        assert [one for one in SENTENCES if one not in said] == []
        assert _list_tables(site.data_dir) == 0

    @pytest.mark.parametrize(
        "command",
        [
            ("index_worker", "--once"),
            ("rebuild_index",),
            ("reconcile_index",),
            ("search", ALWAYS),
            ("load_sample",),
            ("createsuperuser", "--noinput", "--username", "x", "--email", "x@y.org"),
            ("backup", "nowhere.backup"),
        ],
    )
    def test_other_commands_name_restore(
        self, site: Installed, command: tuple[str, ...]
    ) -> None:
        before = (site.index / "live").read_text()
        _take_away(site.data_dir)
        site.variables["DJANGO_SUPERUSER_PASSWORD"] = "a-password-of-a-test"
        said = site.manage(*command, status=2).stderr
        assert [one for one in SENTENCES if one not in said] == []
        assert (site.index / "live").read_text() == before

    def test_restore_brings_it_back(self, site: Installed, tmp_path: Path) -> None:
        site.manage("backup", str(tmp_path / "archive.backup"))
        _take_away(site.data_dir)
        site.manage("restore", str(tmp_path / "archive.backup"))
        site.manage("setup_site")
        found = site.reconcile()
        assert found["documents"] == found["articles"] == 5

    def test_new_archive_is_made_where_it_is_asked_for(self, site: Installed) -> None:
        _take_away(site.data_dir)
        site.manage("setup_site", "--new-archive", "--no-sample")
        code = "from archive.models import Article\nprint(Article.objects.count())"
        assert site.run(code) == 0
        # Not the old index, whether it has an identity or not.
        assert site.reconcile()["documents"] == 0

    def test_new_data_directory_is_set_up_unasked(self, tmp_path: Path) -> None:
        new = Installed(tmp_path / "new")
        new.data_dir.mkdir()
        new.manage("setup_site", "--no-sample")
        new.manage("setup_site", "--no-sample")


class TestServing:
    def test_server_stops_with_the_sentences(self, site: Installed) -> None:
        _take_away(site.data_dir)
        began = time.monotonic()
        process = site.start(
            *("-m", "gunicorn", "--config", "python:config.gunicorn"),
            *("--bind", "127.0.0.1:0", "config.wsgi:application"),
        )
        said = process.communicate(timeout=PATIENCE)[1]
        assert process.returncode == 3, said
        assert [one for one in SENTENCES if one not in said] == []
        assert "Traceback" not in said
        assert time.monotonic() - began < PATIENCE
        assert _list_tables(site.data_dir) == 0

    def test_running_site_answers_503_and_fills_nothing(self, site: Installed) -> None:
        with site.serve(workers=1) as server:
            _take_away(site.data_dir)
            browser = Browser(server.address)
            for address in ("/ar/", "/ar/articles/1/", "/ar/search/?q=a", "/readyz"):
                assert browser.get(address).status == 503, address
        assert _list_tables(site.data_dir) == 0


@pytest.mark.postgresql
class TestPostgreSQL:
    def test_empty_database_is_not_filled_over_an_index(
        self, site: Installed, postgresql_url: str
    ) -> None:
        with psycopg.connect(postgresql_url, autocommit=True) as server:
            server.execute("CREATE DATABASE lost")
        try:
            url = f"{postgresql_url.rpartition('/')[0]}/lost"
            site.variables["DATABASE_URL"] = url
            for command in (["setup_site"], ["migrate"], ["index_worker", "--once"]):
                said = site.manage(*command, status=2).stderr
                assert [one for one in SENTENCES if one not in said] == []
            with psycopg.connect(url) as connection:
                tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
                row = connection.execute(tables).fetchone()
            assert row == (0,)
            site.manage("setup_site", "--new-archive", "--no-sample")
            assert site.reconcile()["documents"] == 0
        finally:
            with psycopg.connect(postgresql_url, autocommit=True) as server:
                server.execute("DROP DATABASE lost WITH (FORCE)")
