"""Typed readers of environment variables; a value that cannot be read stops the start."""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def text(name: str, *, default: str = "") -> str:
    return os.environ.get(name, default)


def words(name: str, *, default: str = "") -> list[str]:
    return text(name, default=default).split()


def boolean(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def path(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).resolve()


def secret_key(name: str, file: Path) -> str:
    if value := os.environ.get(name):
        return value
    if file.exists():
        return file.read_text().strip()
    return "not-set-up-yet"


def database(name: str, sqlite_file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(sqlite_file),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
