"""Every door writes files for the site's account alone: real processes, umask 022."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from config.security.file_rights import check_data_directory
from search.indexing.heartbeat import HEARTBEAT_FILE
from tests.faults.browser import Browser
from tests.installed import Installed

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="files have no modes there"),
]

# Made from public code; a web server may read them.
_PUBLIC = ("static", "locale")


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def opened(tmp_path: Path) -> Installed:
    """A data directory that was there before the site, readable by everybody."""
    site = Installed(tmp_path / "data")
    site.data_dir.mkdir()
    site.data_dir.chmod(0o755)
    return site


@pytest.fixture
def used(set_up: Installed, tmp_path: Path) -> Installed:
    """The same after its set-up."""
    site = Installed(Path(shutil.copytree(set_up.data_dir, tmp_path / "data")))
    site.data_dir.chmod(0o755)
    return site


def _list_readable(site: Installed) -> list[str]:
    """What other accounts may reach and read, beside what is public."""
    found = []
    for folder, names, files in os.walk(site.data_dir):
        if Path(folder) == site.data_dir:
            names[:] = [name for name in names if name not in _PUBLIC]
        paths = [Path(folder, name) for name in (*names, *files)]
        found += [path for path in paths if path.stat().st_mode & 0o077]
        # What lies in a closed folder cannot be reached.
        names[:] = [name for name in names if Path(folder, name) in found]
    return [str(path.relative_to(site.data_dir)) for path in found]


class TestDoors:
    def test_commands_and_gunicorn_write_private_files_and_public_ones(
        self, opened: Installed
    ) -> None:
        opened.manage("setup_site", "--no-sample")
        opened.make_administrator()
        opened.manage("backup", str(opened.data_dir / "archive.backup"))
        opened.manage("reconcile_index")
        opened.manage("index_worker", "--once")
        with opened.serve(workers=1) as server:
            Browser(server.address).get(f"/ar/search/?q={quote('كتاب')}")
        written = {path.name for path in opened.data_dir.iterdir()}
        assert {"sijill.sqlite3", "rate-limits", HEARTBEAT_FILE} <= written
        assert _list_readable(opened) == []
        static = opened.data_dir / "static"
        modes = {path.stat().st_mode & 0o055 for path in static.rglob("*.css*")}
        assert modes == {0o044}
        folders = [static, *(path for path in static.rglob("*") if path.is_dir())]
        assert {path.stat().st_mode & 0o055 for path in folders} == {0o055}

    def test_existing_files_are_closed_when_the_site_starts(
        self, used: Installed
    ) -> None:
        used.data_dir.joinpath("sijill.sqlite3").chmod(0o644)
        used.data_dir.joinpath("index").chmod(0o755)
        used.data_dir.joinpath("last-reconcile.json").touch(0o644)
        with used.serve(workers=1):
            assert _list_readable(used) == []


class TestCheck:
    def test_open_directory_is_a_warning_with_the_remedy(self, used: Installed) -> None:
        done = used.manage("check", "--fail-level", "WARNING", status=1)
        assert "sijill.W001" in done.stderr
        assert f"chmod 700 {used.data_dir}" in done.stderr
        used.data_dir.chmod(0o700)
        used.manage("check", "--fail-level", "WARNING")

    def test_open_database_elsewhere_is_a_warning(
        self, opened: Installed, tmp_path: Path
    ) -> None:
        tmp_path.chmod(0o755)
        database = tmp_path / "archive.sqlite3"
        database.touch(0o644)
        opened.data_dir.chmod(0o700)
        opened.variables["DATABASE_URL"] = f"sqlite:///{database}"
        done = opened.manage("check", "--fail-level", "WARNING", status=1)
        assert str(database) in done.stderr
        database.chmod(0o600)
        opened.manage("check", "--fail-level", "WARNING")

    def test_closed_directory_has_no_message(self, settings, tmp_path: Path) -> None:
        settings.DATA_DIR = tmp_path
        tmp_path.chmod(0o700)
        assert check_data_directory(None) == []
