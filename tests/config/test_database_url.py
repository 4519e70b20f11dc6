"""Database URLs, and the options of SQLite."""

from pathlib import Path

import pytest
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from config import database_url


class TestPostgreSQL:
    def test_every_part_is_read(self) -> None:
        database = database_url.parse(
            "postgresql://amina:p%40ss%2Fword@db.example:6432/sijill?sslmode=require"
        )
        assert database["ENGINE"] == "django.db.backends.postgresql"
        assert database["USER"] == "amina"
        assert database["PASSWORD"] == "p@ss/word"
        assert database["HOST"] == "db.example"
        assert database["PORT"] == "6432"
        assert database["NAME"] == "sijill"
        assert database["OPTIONS"] == {"sslmode": "require"}

    def test_socket_directory_is_read(self) -> None:
        database = database_url.parse("postgres:///sijill?host=/var/run/postgresql")
        assert database["HOST"] == ""
        assert database["OPTIONS"] == {"host": "/var/run/postgresql"}

    def test_arabic_name_is_decoded(self) -> None:
        assert database_url.parse("postgres://h/%D8%B3%D8%AC%D9%84")["NAME"] == "سجل"


class TestSQLite:
    def test_absolute_path_is_read(self) -> None:
        name = database_url.parse("sqlite:////srv/my%20archive.sqlite3")["NAME"]
        assert name == str(Path("/srv/my archive.sqlite3").resolve())

    def test_relative_path_is_resolved(self, tmp_path: Path, monkeypatch) -> None:
        monkeypatch.chdir(tmp_path)
        assert database_url.parse("sqlite:///a.sqlite3")["NAME"] == str(
            tmp_path.resolve() / "a.sqlite3"
        )

    @pytest.mark.django_db
    def test_timeout_wal_and_foreign_keys_are_set(self, tmp_path: Path) -> None:
        usual = dict(connections["default"].settings_dict)
        ours = database_url.sqlite(tmp_path / "real.sqlite3")
        connection = DatabaseWrapper({**usual, **ours}, alias="real")
        with connection.cursor() as cursor:
            pragmas = {
                name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
                for name in (
                    "journal_mode",
                    "busy_timeout",
                    "foreign_keys",
                    "synchronous",
                )
            }
        connection.close()
        assert pragmas == {
            "journal_mode": "wal",
            "busy_timeout": 40_000,
            "foreign_keys": 1,
            "synchronous": 1,
        }


class TestRefusals:
    @pytest.mark.parametrize(
        ("url", "reason"),
        [
            ("mysql://h/x", "begins with 'mysql'"),
            ("sijill.sqlite3", "begins with ''"),
            ("postgres://h", "names no database"),
            ("postgres://h:port/x", "[Pp]ort"),
            ("sqlite://relative.sqlite3", "three slashes"),
            ("sqlite:///", "names no file"),
        ],
    )
    def test_refusal_names_the_remedy(self, url: str, reason: str) -> None:
        with pytest.raises(ValueError, match=f"{reason}.*Write "):
            database_url.parse(url)
