"""A restore into PostgreSQL: over damage, beside other tables, of backups that lie."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config.backup.packing import describe, pack, unpack
from tests.config.backup.processes import Manage, make_manager

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]

DATABASES = ("restore_from", "restore_to")
# What the second database is a copy of when a test begins.
RESTORED = "restored_once"
Execute = Callable[..., list[Any]]


@pytest.fixture(scope="module")
def urls(postgresql_url: str) -> Iterator[list[str]]:
    """The addresses of two databases."""
    if shutil.which("pg_dump") is None:
        pytest.skip("No pg_dump here: apt-get install postgresql-client")
    with psycopg.connect(postgresql_url, autocommit=True) as server:
        for name in DATABASES:
            server.execute(f"CREATE DATABASE {name}")
    yield [f"{postgresql_url.rpartition('/')[0]}/{name}" for name in DATABASES]
    with psycopg.connect(postgresql_url, autocommit=True) as server:
        for name in (*DATABASES, RESTORED):
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def backup(urls: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the sample in the first database."""
    manage = make_manager(tmp_path_factory.mktemp("from"), DATABASE_URL=urls[0])
    manage("migrate", "--verbosity", "0")
    manage("load_sample", "--verbosity", "0")
    file = tmp_path_factory.mktemp("backups") / "archive.backup"
    manage("backup", str(file))
    return file


@pytest.fixture(scope="module")
def restored(
    urls: list[str],
    backup: Path,
    postgresql_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A data directory to copy, whose database is RESTORED, with a title changed."""
    data_dir = tmp_path_factory.mktemp("to") / "data"
    make_manager(data_dir, DATABASE_URL=urls[1])("restore", str(backup), "--no-index")
    with psycopg.connect(urls[1], autocommit=True) as connection:
        connection.execute("UPDATE archive_article SET title = 'theirs' WHERE id = 1")
    with psycopg.connect(postgresql_url, autocommit=True) as server:
        server.execute(f"ALTER DATABASE {DATABASES[1]} RENAME TO {RESTORED}")
    return data_dir


@pytest.fixture
def execute(urls: list[str]) -> Execute:
    """Runs a statement on the second database."""

    def run(statement: str) -> list[Any]:
        with psycopg.connect(urls[1], autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    return run


@pytest.fixture
def other_site(
    urls: list[str], restored: Path, postgresql_url: str, tmp_path: Path
) -> Manage:
    """Commands of a site with another archive in the second database."""
    name = DATABASES[1]
    with psycopg.connect(postgresql_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {RESTORED}")
    shutil.copytree(restored, tmp_path / "data")
    return make_manager(tmp_path / "data", DATABASE_URL=urls[1])


TITLE = "SELECT title FROM archive_article WHERE id = 1"


def _kept(execute: Execute) -> list[str]:
    statement = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'replaced%'"
    return [name for (name,) in execute(statement)]


class TestOverDamage:
    @pytest.mark.parametrize(
        "damage",
        [
            "SELECT 1",
            "DROP TABLE archive_article CASCADE",
            "DROP TABLE django_migrations",
            "DROP TABLE archive_topic CASCADE",
            "ALTER TABLE archive_article DROP COLUMN body",
            # A table of a later version of the site.
            "CREATE TABLE archive_later (id int)",
        ],
    )
    def test_archive_is_replaced_and_kept_in_a_schema(
        self, other_site: Manage, execute: Execute, backup: Path, damage: str
    ) -> None:
        execute(damage)
        done = other_site("restore", str(backup), "--force", "--no-index")
        assert execute(TITLE) != [("theirs",)]
        assert execute("SELECT count(*) FROM archive_article") == [(100,)]
        (kept,) = _kept(execute)
        assert kept in done.stdout
        if "archive_article" not in damage:
            kept_title = TITLE.replace("archive_article", f"{kept}.archive_article")
            assert execute(kept_title) == [("theirs",)]

    def test_table_whose_file_is_damaged_is_replaced(
        self, other_site: Manage, execute: Execute, backup: Path
    ) -> None:
        execute("CHECKPOINT")
        ((folder, file),) = execute(
            "SELECT current_setting('data_directory'),"
            " pg_relation_filepath('archive_article')"
        )
        execute("CHECKPOINT")
        path = Path(folder, file)
        path.write_bytes(b"\xa5" * path.stat().st_size)
        # Evicts the pages that the server has in memory.
        execute("ALTER TABLE archive_topic SET (fillfactor = 90)")
        done = other_site("restore", str(backup), "--force", "--no-index")
        assert execute("SELECT count(*) FROM archive_article") == [(100,)]
        assert _kept(execute)[0] in done.stdout

    def test_backup_leaves_out_what_is_kept(
        self, other_site: Manage, execute: Execute, backup: Path, tmp_path: Path
    ) -> None:
        other_site("restore", str(backup), "--force", "--no-index")
        again = tmp_path / "again.backup"
        other_site("backup", str(again))
        other_site("restore", str(again), "--force", "--no-index")
        assert len(_kept(execute)) == 2
        assert execute("SELECT count(*) FROM archive_article") == [(100,)]

    def test_other_programs_tables_are_refused_and_kept(
        self, other_site: Manage, execute: Execute, backup: Path
    ) -> None:
        execute("CREATE TABLE cookies (name text)")
        done = other_site("restore", str(backup), "--force", status=2)
        assert "cookies" in done.stderr
        assert execute(TITLE) == [("theirs",)]


class TestBackupsThatLie:
    @pytest.mark.parametrize(
        "values",
        [
            {"content": "0" * 64},
            {"tables": ("archive_article", "archive_nowhere")},
            {"migrations": ("archive.0001_initial",)},
        ],
    )
    def test_they_change_nothing(
        self,
        other_site: Manage,
        execute: Execute,
        forge: Callable[..., Path],
        values: dict[str, Any],
    ) -> None:
        done = other_site("restore", str(forge(**values)), "--force", status=2)
        assert "Nothing was changed" in done.stderr
        assert execute(TITLE) == [("theirs",)]
        assert not _kept(execute)

    def test_damaged_dump_with_right_checksums_changes_nothing(
        self, other_site: Manage, execute: Execute, backup: Path, tmp_path: Path
    ) -> None:
        folder = tmp_path / "spoiling"
        folder.mkdir()
        manifest = unpack(backup, folder, lambda size: None)
        dump = folder / "database"
        dump.write_bytes(dump.read_bytes()[: dump.stat().st_size // 2])
        files = {name: describe(folder / name) for name in manifest.files}
        target = tmp_path / "spoiled.backup"
        pack(target, replace(manifest, files=files), folder, lambda size: None)
        done = other_site("restore", str(target), "--force", status=2)
        assert "Traceback" not in done.stderr
        assert execute(TITLE) == [("theirs",)]
        assert not _kept(execute)
