"""The whole way on PostgreSQL, by an owner's commands; SQLite is the measure."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.sources import BASE_DIR

# What a search must find alike on either database.
_QUERIES = ("بغداد", "«دار الكتب»", "جامعة أو مكتبة", "الصحافة -مصر")
_DUMP = (
    "import json; from archive.models import *; "
    "print(json.dumps(list(Article.objects.order_by('external_id')"
    ".values_list('external_id', 'title', 'body', 'status')), ensure_ascii=False))"
)
_MOVING_RE = re.compile(
    r"start\.py manage ((?:dumpdata|loaddata|rebuild_index)[^\n`]*)$", re.MULTILINE
)
Manage = Callable[..., "subprocess.CompletedProcess[str]"]


def _manager(data_dir: Path, database_url: str) -> Manage:
    environ = {
        name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ
    }
    environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SIJILL_DATA_DIR": str(data_dir),
        "DATABASE_URL": database_url,
        "SECRET_KEY": "k" * 50,
        "PYTHONIOENCODING": "utf-8",
    }

    def manage(*arguments: str) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=BASE_DIR,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
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
def new_postgresql(
    tmp_path_factory: pytest.TempPathFactory, postgresql_url: str
) -> Iterator[Manage]:
    """A second database of the server, with nothing in it."""
    name = "moved"
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        address = f"{postgresql_url.rpartition('/')[0]}/{name}"
        yield _manager(tmp_path_factory.mktemp(name), address)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _search(manage: Manage, query: str) -> Any:
    return json.loads(manage("search", query, "--json").stdout)


@pytest.mark.postgresql
class TestPostgreSQL:
    def test_the_models_are_what_the_migrations_made(self, postgresql: Manage) -> None:
        assert "No changes" in postgresql("makemigrations", "--check").stdout
        assert "[ ]" not in postgresql("showmigrations").stdout

    def test_the_archive_is_the_same(self, postgresql: Manage, sqlite: Manage) -> None:
        stored = postgresql("shell", "--no-imports", "-c", _DUMP).stdout
        assert json.loads(stored)
        assert stored == sqlite("shell", "--no-imports", "-c", _DUMP).stdout

    @pytest.mark.parametrize("query", _QUERIES)
    def test_a_search_finds_the_same(
        self, postgresql: Manage, sqlite: Manage, query: str
    ) -> None:
        found = _search(postgresql, query)
        assert found["total"] > 0
        assert found == _search(sqlite, query)

    def test_setting_up_again_changes_nothing(self, postgresql: Manage) -> None:
        before = postgresql("shell", "--no-imports", "-c", _DUMP).stdout
        postgresql("setup_site")
        assert postgresql("shell", "--no-imports", "-c", _DUMP).stdout == before

    def test_importing_again_adds_nothing(
        self, postgresql: Manage, tmp_path: Path
    ) -> None:
        before = postgresql("shell", "--no-imports", "-c", _DUMP).stdout
        sample = BASE_DIR / "sample/articles.jsonl"
        report = tmp_path / "report.jsonl"
        postgresql("import_articles", str(sample), "--report", str(report))
        assert postgresql("shell", "--no-imports", "-c", _DUMP).stdout == before


@pytest.mark.postgresql
class TestMoving:
    """From SQLite to PostgreSQL, with the commands that docs/serving.md gives."""

    def test_every_row_arrives(
        self, sqlite: Manage, new_postgresql: Manage, tmp_path: Path
    ) -> None:
        dump, load, rebuild = (
            shlex.split(rest.replace("archive.jsonl", str(tmp_path / "archive.jsonl")))
            for rest in _MOVING_RE.findall((BASE_DIR / "docs/serving.md").read_text())
        )
        sqlite(*dump)
        new_postgresql("setup_site", "--no-sample")
        assert "[]" in new_postgresql("shell", "--no-imports", "-c", _DUMP).stdout
        new_postgresql(*load)
        new_postgresql(*rebuild)
        moved = new_postgresql("shell", "--no-imports", "-c", _DUMP).stdout
        assert moved == sqlite("shell", "--no-imports", "-c", _DUMP).stdout
        for query in _QUERIES:
            assert _search(new_postgresql, query) == _search(sqlite, query)
