"""A database locked or restarted during work: nothing is lost or duplicated."""

import json
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from tests import impatient, postgresql_server
from tests.faults.figures import note
from tests.faults.saving import ALWAYS, make_text
from tests.installed import Installed, count_rounds

pytestmark = pytest.mark.slow

# Records of an import: several of its batches, of 500 each.
RECORDS = 2000
BEFORE = 40


def write_records(file: Path) -> Path:
    with file.open("w") as written:
        for number in range(RECORDS):
            record = {
                "external_id": f"r{number}",
                "source": "المجلة",
                "actors": [f"كاتب {number % 50}"],
                "topics": [f"موضوع {number % 20}"],
                **make_text(f"6{number:06d}"),
            }
            written.write(json.dumps(record, ensure_ascii=False) + "\n")
    return file


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return write_records(tmp_path / "articles.jsonl")


@contextmanager
def locked(data_dir: Path) -> Iterator[None]:
    """Hold SQLite's write lock, as another program may."""
    file = data_dir / "sijill.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        yield
        holder.execute("ROLLBACK")


_SAVE = """
from archive.models import Article, Source
from tests.faults.saving import make_text
source = Source.objects.get(slug="gazette")
Article.objects.create(source=source, **make_text("5000001"))
"""
_COUNT = """
from archive.models import Actor, Article, Topic
ids = Article.objects.exclude(external_id="").values_list("external_id", flat=True)
names = [model.objects.count() for model in (Actor, Topic)]
print(json.dumps([len(ids), len(set(ids)), *names]))
"""


class TestLockedSQLite:
    @pytest.fixture
    def site(self, installed: Installed) -> Installed:
        installed.run(f"from tests.faults.saving import fill; fill({BEFORE})")
        return installed

    def test_writers_wait_for_a_short_lock(
        self, site: Installed, records: Path
    ) -> None:
        with locked(site.data_dir):
            importing = site.start("manage.py", "import_articles", str(records))
            saving = site.start("-c", f"import django\ndjango.setup()\n{_SAVE}")
            # Readers do not even wait.
            assert site.search(ALWAYS) == BEFORE
            time.sleep(1)
            assert importing.poll() is None
        for process in (importing, saving):
            said = process.communicate()[1]
            assert process.returncode == 0, said
            assert "Traceback" not in said
        site.manage("index_worker", "--once")
        found = site.reconcile()
        assert found["documents"] == found["articles"] == BEFORE + RECORDS + 1

    def test_long_lock_ends_commands_with_a_sentence_and_they_can_be_repeated(
        self, site: Installed, records: Path
    ) -> None:
        commands = (
            ("import_articles", str(records)),
            ("createsuperuser", "--noinput", "--username", "x", "--email", "x@y.org"),
        )
        site.variables["DJANGO_SUPERUSER_PASSWORD"] = "a-password-of-a-test"
        with locked(site.data_dir):
            began = time.monotonic()
            running = [
                site.start("-m", "tests.impatient", *command) for command in commands
            ]
            for process in running:
                said = process.communicate()[1]
                assert process.returncode == 2, said
                assert "locked" in said
                assert "Traceback" not in said
            assert time.monotonic() - began >= impatient.SECONDS
        site.manage("import_articles", str(records))
        assert site.run(_COUNT) == [RECORDS, RECORDS, 50, 20]
        assert site.reconcile()["documents"] == BEFORE + RECORDS


@pytest.fixture(scope="module")
def server() -> Iterator[postgresql_server.Server]:
    """A server of this module's own, for it is restarted."""
    programs = postgresql_server.find()
    if programs is None:
        pytest.skip("No PostgreSQL server here: apt-get install postgresql")
    with postgresql_server.serving(programs) as server:
        yield server


@pytest.fixture(scope="module")
def empty(
    server: postgresql_server.Server,
    set_up: Installed,
    tmp_path_factory: pytest.TempPathFactory,
) -> Installed:
    """An archive without articles on the server's first database, to be copied."""
    data_dir = tmp_path_factory.mktemp("empty") / "data"
    shutil.copytree(set_up.data_dir, data_dir)
    site = Installed(data_dir, {"DATABASE_URL": server.url})
    site.manage("setup_site", "--new-archive", "--no-sample")
    return site


@pytest.mark.postgresql
class TestRestartedPostgreSQL:
    @pytest.fixture
    def url(self, server: postgresql_server.Server, empty: Installed) -> Iterator[str]:
        """The address of a copy of the empty archive's database."""
        name = "copied"
        base, _, first = server.url.rpartition("/")
        with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {first}")
        yield f"{base}/{name}"
        with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    @pytest.fixture
    def site(self, url: str, empty: Installed, tmp_path: Path) -> Installed:
        shutil.copytree(empty.data_dir, tmp_path / "data")
        return Installed(tmp_path / "data", {"DATABASE_URL": url})

    def _count(self, url: str) -> int:
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT count(*) FROM archive_article").fetchone()
        return int(row[0]) if row else 0

    def _wait_for_more(self, url: str, than: int) -> None:
        until = time.monotonic() + 60
        while self._count(url) <= than and time.monotonic() < until:
            time.sleep(0.01)

    def test_interrupted_import_is_repeated_without_loss_or_duplicates(
        self,
        site: Installed,
        server: postgresql_server.Server,
        url: str,
        records: Path,
    ) -> None:
        stops = 0
        for mode in ("immediate", "fast") * count_rounds(short=1, full=10):
            before = self._count(url)
            importing = site.start("manage.py", "import_articles", str(records))
            self._wait_for_more(url, before)
            with closing(psycopg.connect(url)) as holding:
                # No batch is written any more: the import can't come to its end.
                holding.execute("LOCK TABLE archive_article IN EXCLUSIVE MODE")
                server.restart(mode)
            said = importing.communicate()[1]
            assert "Traceback" not in said, said
            if importing.returncode == 0:
                continue  # It had come to its end.
            assert importing.returncode == 2, said
            assert "سطر" in said
            stops += 1
            kept = self._count(url)
            assert before <= kept <= RECORDS
        assert stops
        site.manage("import_articles", str(records))
        assert site.run(_COUNT) == [RECORDS, RECORDS, 50, 20]
        site.manage("index_worker", "--once")
        found = site.reconcile()
        assert found["documents"] == found["articles"] == RECORDS
        note("imports stopped by a restart of PostgreSQL", stops=stops, records=RECORDS)

    def test_indexer_survives_a_restart_of_the_server(
        self, site: Installed, server: postgresql_server.Server
    ) -> None:
        worker = site.start("manage.py", "index_worker", "--interval", "0.1")
        try:
            for _ in range(2):
                server.restart("immediate")
                time.sleep(0.5)
            site.run("from tests.faults.saving import fill; fill(20)")
            assert worker.poll() is None
        finally:
            worker.terminate()
            said = worker.communicate()[1]
        assert "Traceback" not in said, said
        site.manage("index_worker", "--once")
        assert site.reconcile()["documents"] == 20

    def test_backup_during_an_import_is_consistent(
        self,
        site: Installed,
        url: str,
        records: Path,
        tmp_path: Path,
    ) -> None:
        if shutil.which("pg_dump") is None:
            pytest.skip("No pg_dump here: apt-get install postgresql-client")
        importing = site.start("manage.py", "import_articles", str(records))
        self._wait_for_more(url, 0)
        file = tmp_path / "archive.backup"
        site.manage("backup", str(file))
        assert importing.communicate() and importing.returncode == 0
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE restored")
        address = f"{url.rpartition('/')[0]}/restored"
        other = Installed(tmp_path / "restored", {"DATABASE_URL": address})
        other.data_dir.mkdir()
        # Restoring compares the articles with what the backup says of them.
        other.manage("restore", str(file), "--no-index")
        restored = self._count(address)
        assert 0 < restored <= RECORDS
        # Whole batches of the import, and nothing of one that was not committed.
        assert restored % 500 == 0
        # What the backup lacks is asked for again, and nothing doubles.
        other.manage("import_articles", str(records))
        assert other.run(_COUNT) == [RECORDS, RECORDS, 50, 20]
