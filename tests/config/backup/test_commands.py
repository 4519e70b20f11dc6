"""Backup and restore as processes, with files and real databases."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config.backup.packing import unpack
from config.env_vars import SITE_VARIABLES
from tests.config.backup.processes import (
    KEY,
    SAMPLE_SIZE,
    SESSION,
    UPLOAD,
    Done,
    Manage,
    make_environ,
    make_manager,
    read_hashes,
    read_tree,
)
from tests.config.test_settings import _variables_read
from tests.sources import BASE_DIR

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def restored(
    backup: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Done]:
    """A data directory restored from the backup alone, and the output."""
    data_dir = tmp_path_factory.mktemp("restored") / "data"
    return data_dir, make_manager(data_dir)("restore", str(backup))


class TestRoundTrip:
    def test_articles_are_restored(
        self, site: Path, restored: tuple[Path, Done]
    ) -> None:
        assert len(read_hashes(site)) == SAMPLE_SIZE
        assert read_hashes(restored[0]) == read_hashes(site)

    def test_uploads_are_restored(self, restored: tuple[Path, Done]) -> None:
        assert (restored[0] / "media" / UPLOAD).read_bytes() == b"\xff\xd8"

    def test_restored_articles_are_searchable(
        self, restored: tuple[Path, Done]
    ) -> None:
        manage = make_manager(restored[0])
        assert json.loads(manage("search", "بغداد", "--json").stdout)["total"]
        found = json.loads(manage("reconcile_index", "--json").stdout)
        assert found["documents"] == found["articles"] > 0

    def test_different_settings_are_printed(self, restored: tuple[Path, Done]) -> None:
        assert "  SITE_NAME_AR=أرشيفنا" in restored[1].stdout

    def test_sample_is_not_added_later(self, restored: tuple[Path, Done]) -> None:
        assert json.loads((restored[0] / "set-up.json").read_text())["sample_decided"]

    def test_data_directory_has_no_temporary_files(
        self, restored: tuple[Path, Done]
    ) -> None:
        assert not list(restored[0].glob(".sijill-*"))
        assert not list(restored[0].glob("*.replaced-*"))


class TestSecrets:
    def test_backup_has_neither_key_nor_session(
        self, backup: Path, tmp_path: Path
    ) -> None:
        unpack(backup, tmp_path, lambda size: None)
        assert (tmp_path / "database").stat().st_size
        with sqlite3.connect(tmp_path / "database") as database:
            assert not database.execute("SELECT * FROM django_session").fetchall()
        for content in read_tree(tmp_path).values():
            assert KEY.encode() not in content
            assert SESSION.encode() not in content

    def test_each_variable_is_kept_or_secret_or_of_one_machine(self) -> None:
        others = {"DATABASE_URL", "DEBUG", "SECRET_KEY", "SIJILL_DATA_DIR"}
        others |= {"SIJILL_LEXICON", "EMAIL_URL", "SIJILL_SEARCH_URL"}
        others |= {"SIJILL_SEARCH_CA_FILE", "SIJILL_SEARCH_SHARDS"}
        assert set(SITE_VARIABLES) | others == _variables_read()
        assert not set(SITE_VARIABLES) & others


_SAVE_FOR_EVER = """
import django, os, sys
django.setup()
from archive.models import Article, Source
source = Source.objects.first()
for number in range(100_000):
    Article.objects.create(title=f"مقال {number}", body="متن " * 400, source=source)
    print(number, flush=True)
"""


class TestWhileWriting:
    def test_backup_is_one_snapshot(self, site: Path, tmp_path: Path) -> None:
        live = tmp_path / "live"
        shutil.copytree(site, live)
        writer = subprocess.Popen(
            [sys.executable, "-c", _SAVE_FOR_EVER],
            cwd=BASE_DIR,
            env=make_environ(live),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert writer.stdout is not None
            writer.stdout.readline()
            make_manager(live)("backup", str(tmp_path / "archive.backup"))
            assert writer.poll() is None
        finally:
            writer.kill()
            writer.communicate()
        # Restoring compares the articles with the digest in the backup.
        make_manager(tmp_path / "new")(
            "restore", str(tmp_path / "archive.backup"), "--no-index"
        )
        restored, all_of_them = read_hashes(tmp_path / "new"), read_hashes(live)
        assert SAMPLE_SIZE < len(restored) <= len(all_of_them)
        assert restored == all_of_them[: len(restored)]


def _answer(data_dir: Path, backup: Path, typed: str) -> int:
    """Restore on a terminal with typed input; returns the exit status."""
    pty = pytest.importorskip("pty", reason="Windows has no such terminals")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "restore", str(backup), "--no-index"],
        cwd=BASE_DIR,
        env=make_environ(data_dir),
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    os.write(ours, f"{typed}\n".encode())
    status = process.wait()
    os.close(ours)
    return status


class TestExistingData:
    def test_existing_data_is_kept_without_a_terminal(
        self, other_site: Path, backup: Path
    ) -> None:
        before = read_hashes(other_site)
        done = make_manager(other_site)("restore", str(backup), status=1)
        assert "--force" in done.stderr
        assert read_hashes(other_site) == before

    @pytest.mark.parametrize(
        ("typed", "status"), [("", 1), ("no", 1), ("yes", 0), ("نعم", 0)]
    )
    def test_confirmation_is_asked_on_a_terminal(
        self, site: Path, other_site: Path, backup: Path, typed: str, status: int
    ) -> None:
        before = read_hashes(other_site)
        assert _answer(other_site, backup, typed) == status
        after = read_hashes(other_site)
        assert after == (before if status else read_hashes(site))

    def test_force_replaces_data_and_index(
        self, site: Path, other_site: Path, backup: Path
    ) -> None:
        make_manager(other_site)("restore", str(backup), "--force")
        assert read_hashes(other_site) == read_hashes(site)
        make_manager(other_site)("reconcile_index")


class TestRefusals:
    def test_damaged_backup_changes_nothing(
        self, other_site: Path, backup: Path, tmp_path: Path
    ) -> None:
        content = backup.read_bytes()
        damaged = tmp_path / "damaged.backup"
        damaged.write_bytes(content[: len(content) // 2])
        before = read_tree(other_site)
        done = make_manager(other_site)("restore", str(damaged), "--force", status=2)
        assert str(damaged) in done.stderr
        assert "Traceback" not in done.stderr
        assert read_tree(other_site) == before

    def test_missing_backup_is_named(self, other_site: Path, tmp_path: Path) -> None:
        missing = str(tmp_path / "nowhere.backup")
        assert missing in make_manager(other_site)("restore", missing, status=2).stderr

    @pytest.mark.parametrize(
        ("values", "named"),
        [
            ({"vendor": "postgresql"}, "postgresql"),
            ({"migrations": ("archive.9999_later",)}, "archive.9999_later"),
        ],
    )
    def test_unsuitable_backup_changes_nothing(
        self,
        other_site: Path,
        forge: Callable[..., Path],
        values: dict[str, Any],
        named: str,
    ) -> None:
        before = read_hashes(other_site)
        done = make_manager(other_site)(
            "restore", str(forge(**values)), "--force", status=2
        )
        assert named in done.stderr
        assert read_hashes(other_site) == before

    def test_existing_backup_is_not_overwritten(self, site: Path, backup: Path) -> None:
        before = backup.read_bytes()
        done = make_manager(site)("backup", str(backup), status=2)
        assert "--force" in done.stderr
        assert backup.read_bytes() == before

    def test_missing_folder_is_named(self, site: Path, tmp_path: Path) -> None:
        target = tmp_path / "nowhere" / "archive.backup"
        done = make_manager(site)("backup", str(target), status=2)
        assert str(target) in done.stderr
        assert "Traceback" not in done.stderr

    def test_locked_database_is_named_and_unchanged(
        self, other_site: Path, backup: Path
    ) -> None:
        before = read_hashes(other_site)
        file = other_site / "sijill.sqlite3"
        manage = make_manager(other_site, program=("-m", "tests.impatient"))
        with closing(sqlite3.connect(file, isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            done = manage("restore", str(backup), "--force", status=2)
            holder.execute("ROLLBACK")
        assert f"{file}" in done.stderr
        assert "locked" in done.stderr
        assert read_hashes(other_site) == before

    def test_damaged_database_is_not_backed_up(
        self, site: Path, tmp_path: Path
    ) -> None:
        data_dir = tmp_path / "damaged"
        shutil.copytree(site, data_dir)
        file = data_dir / "sijill.sqlite3"
        content = bytearray(file.read_bytes())
        middle = len(content) // 2
        content[middle : middle + 40_000] = bytes(40_000)
        file.write_bytes(content)
        target = tmp_path / "archive.backup"
        done = make_manager(data_dir)("backup", str(target), status=2)
        assert str(file) in done.stderr
        assert not list(tmp_path.glob("*.backup*"))


@pytest.mark.postgresql
class TestPostgreSQL:
    @pytest.fixture
    def two_sites(
        self, postgresql_url: str, tmp_path: Path
    ) -> Iterator[tuple[Manage, Manage]]:
        """A site with the sample and an empty one, each with a database of its own."""
        names = ("backup_from", "backup_to")
        with psycopg.connect(postgresql_url, autocommit=True) as server:
            for name in names:
                server.execute(f"CREATE DATABASE {name}")
        managers = [
            make_manager(
                tmp_path / name,
                DATABASE_URL=postgresql_url.rpartition("/")[0] + f"/{name}",
            )
            for name in names
        ]
        yield managers[0], managers[1]
        with psycopg.connect(postgresql_url, autocommit=True) as server:
            for name in names:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def test_articles_are_restored(
        self, two_sites: tuple[Manage, Manage], tmp_path: Path
    ) -> None:
        if shutil.which("pg_dump") is None:
            pytest.skip("No pg_dump here: apt-get install postgresql-client")
        old, new = two_sites
        old("migrate", "--verbosity", "0")
        old("load_sample", "--verbosity", "0")
        file = str(tmp_path / "archive.backup")
        old("backup", file)
        new("restore", file)
        # The command compares the articles itself; this shows that they are searchable.
        found = json.loads(new("search", "بغداد", "--json").stdout)
        assert found["total"]
        refused = new("restore", file, status=1)
        assert "--force" in refused.stderr
        new("restore", file, "--force", "--no-index")
        new("reconcile_index")
