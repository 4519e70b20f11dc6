"""An archive on PostgreSQL, by an owner's commands, equals one on SQLite."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.forked import run_python
from tests.sources import BASE_DIR

pytestmark = pytest.mark.slow

# What a search must find alike on either database.
_QUERIES = ("بغداد", "«دار الكتب»", "جامعة أو مكتبة", "الصحافة -مصر")
# Names in spellings that the sample has not.
_NAMES = ("Taha Husain", "Djirdji Zeidan", "Muhamad")
# The archive and what the searches print, from one process: starting Django is dear.
_TELL = f"""
import io, json
from django.core.management import call_command
from archive.models import ActorNameKey, Article
from archive.name_lookup import find_actors_by_sound

def found(query):
    printed = io.StringIO()
    call_command("search", query, "--json", stdout=printed)
    return json.loads(printed.getvalue())

rows = Article.objects.order_by("pk").values_list(
    "pk", "external_id", "title", "body", "status", "source__slug"
)
keys = ActorNameKey.objects
print(json.dumps({{
    "articles": list(rows),
    "found": {{query: found(query) for query in {_QUERIES!r}}},
    "name_keys": sorted(keys.values_list("actor__slug", "key", "sound")),
    "namesakes": {{
        name: [
            [namesake.actor.slug, namesake.articles]
            for namesake in find_actors_by_sound([name], limit=5)
        ]
        for name in {_NAMES!r}
    }},
}}))
"""
_DATA_DIR = "from django.conf import settings; print(settings.DATA_DIR)"
_NEXT = """
from django.db import transaction
from archive.insertion import allocate_ids
from archive.models import Article
with transaction.atomic():
    print(allocate_ids(Article, 1))
"""
Manage = Callable[..., "subprocess.CompletedProcess[str]"]


def _manager(data_dir: Path, database_url: str) -> Manage:
    environ = {
        name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ
    }
    environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SIJILL_DATA_DIR": str(data_dir),
        "SIJILL_LEXICON": os.environ["SIJILL_LEXICON"],
        "DATABASE_URL": database_url,
        "SECRET_KEY": "k" * 50,
        "PYTHONIOENCODING": "utf-8",
    }

    def manage(*arguments: str) -> "subprocess.CompletedProcess[str]":
        done = run_python("manage.py", *arguments, env=environ)
        assert done.returncode == 0, done.stderr
        return done

    return manage


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Manage:
    """The sample archive on SQLite."""
    data_dir = tmp_path_factory.mktemp("sqlite")
    manage = _manager(data_dir, "")
    manage("setup_site")
    return manage


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory: pytest.TempPathFactory, postgresql_url: str) -> Manage:
    """The sample archive on PostgreSQL."""
    manage = _manager(tmp_path_factory.mktemp("postgresql"), postgresql_url)
    manage("setup_site")
    return manage


@pytest.fixture
def moved_url(postgresql_url: str) -> Iterator[str]:
    """A second database of the server, with nothing in it."""
    name = "moved"
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"{postgresql_url.rpartition('/')[0]}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _tell(manage: Manage) -> Any:
    return json.loads(manage("shell", "--no-imports", "-c", _TELL).stdout)


@pytest.fixture(scope="module")
def measure(sqlite: Manage) -> Any:
    """The archive and its searches on SQLite."""
    told = _tell(sqlite)
    assert told["articles"]
    assert all(found["total"] > 0 for found in told["found"].values())
    assert all(told["namesakes"].values())
    return told


@pytest.mark.postgresql
class TestPostgreSQL:
    def test_models_match_the_migrations(self, postgresql: Manage) -> None:
        assert "No changes" in postgresql("makemigrations", "--check").stdout

    def test_archive_and_searches_equal_those_of_sqlite(
        self, postgresql: Manage, measure: Any
    ) -> None:
        assert _tell(postgresql) == measure

    def test_migration_fills_name_keys_of_existing_actors(
        self, postgresql: Manage, measure: Any
    ) -> None:
        postgresql("migrate", "archive", "0001")
        postgresql("migrate")
        assert _tell(postgresql) == measure

    def test_repeated_set_up_and_import_add_nothing(
        self, postgresql: Manage, measure: Any, tmp_path: Path
    ) -> None:
        postgresql("setup_site")
        sample = BASE_DIR / "sample/articles.jsonl"
        report = tmp_path / "report.jsonl"
        postgresql("import_articles", str(sample), "--report", str(report))
        assert _tell(postgresql) == measure


# Of what readers and programs keep in tables of their own, the quick ones.
_TABLES = (
    "tests/search/keeping",
    "tests/search/following/test_matching.py",
    "tests/search/api/oai/test_harvest.py",
)


@pytest.mark.postgresql
class TestTables:
    def test_tests_of_tables_pass_on_it(self, postgresql_url: str) -> None:
        """They run again, in a process of their own, on this server."""
        environ = os.environ | {"SIJILL_TEST_DATABASE_URL": postgresql_url}
        asked = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *asked, *_TABLES],
            cwd=BASE_DIR,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-4000:]


@pytest.mark.postgresql
class TestMoving:
    """From SQLite to PostgreSQL and back, as docs/scaling.md says."""

    def test_every_row_arrives_each_way(
        self, sqlite: Manage, measure: Any, moved_url: str, tmp_path: Path
    ) -> None:
        data_dir = _data_dir(sqlite)
        # The same machine: its data directory, with its index, stays.
        there = _manager(data_dir, moved_url)
        sent = json.loads(sqlite("move_archive", moved_url, "--json").stdout)
        assert sent["archive_article"][0] == len(measure["articles"])
        assert _tell(there) == measure
        assert "differ" not in there("reconcile_index").stdout
        back_url = f"sqlite:///{tmp_path / 'back.sqlite3'}"
        back = _manager(data_dir, back_url)
        assert json.loads(there("move_archive", back_url, "--json").stdout) == sent
        assert _tell(back) == measure
        # A number that a deleted article had is not given again.
        assert _next_number(back) == _next_number(there) == _next_number(sqlite)

    def test_a_database_with_articles_is_left_alone(
        self, sqlite: Manage, postgresql_url: str, postgresql: Manage, measure: Any
    ) -> None:
        with pytest.raises(AssertionError, match="اذكر قاعدة خالية"):
            sqlite("move_archive", postgresql_url)
        with pytest.raises(AssertionError, match="عنوان قاعدة بيانات"):
            sqlite("move_archive", "mysql://archive")
        own = next(_data_dir(sqlite).glob("*.sqlite3"))
        with pytest.raises(AssertionError, match="هذا الأرشيف نفسه"):
            sqlite("move_archive", f"sqlite:///{own}")
        assert _tell(postgresql) == measure


def _data_dir(manage: Manage) -> Path:
    printed = manage("shell", "--no-imports", "-c", _DATA_DIR).stdout
    return Path(printed.strip())


def _next_number(manage: Manage) -> str:
    return manage("shell", "--no-imports", "-c", _NEXT).stdout
