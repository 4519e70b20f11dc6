"""Parser of database URLs such as postgres://user:password@host/name."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_POSTGRESQL_SCHEMES = frozenset({"postgres", "postgresql"})
_EXAMPLE = "postgres://user:password@host:5432/name or sqlite:////absolute/path.sqlite3"

# How long a writer waits before it gives up: in the queue of config.sqlite, and for
# programs that stand in none.
SQLITE_BUSY_SECONDS = 40
# How long a web worker reuses its connection to PostgreSQL.
CONNECTION_SECONDS = 60


def parse(url: str) -> dict[str, Any]:
    """Django's settings of the database at the URL.

    Raises ValueError; its message never contains the URL, which may have a password.

    >>> parse("postgres://amina:s%40fe@db.example/sijill?sslmode=require")["PASSWORD"]
    's@fe'
    >>> parse("sqlite:////srv/sijill/أرشيف.sqlite3")["NAME"]
    '/srv/sijill/أرشيف.sqlite3'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"{error}. Write {_EXAMPLE}.") from None
    if parts.scheme in _POSTGRESQL_SCHEMES:
        return _postgresql(parts, port)
    if parts.scheme == "sqlite":
        return _sqlite_address(parts)
    raise ValueError(f"it begins with {parts.scheme!r}. Write {_EXAMPLE}.")


def sqlite(file: Path | str) -> dict[str, Any]:
    """Django's settings of SQLite in WAL mode: readers never wait for writers."""
    return {
        "ENGINE": "config.sqlite",
        "NAME": str(file),
        "OPTIONS": {
            "timeout": SQLITE_BUSY_SECONDS,
            # Takes the write lock at BEGIN, where the timeout applies; upgrading a read
            # lock fails at once if another connection has written meanwhile.
            "transaction_mode": "IMMEDIATE",
            # NORMAL is safe in WAL mode and saves a flush for each commit.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA foreign_keys=ON;"
            ),
        },
    }


def _sqlite_address(parts: SplitResult) -> dict[str, Any]:
    if parts.netloc:
        raise ValueError("sqlite needs three slashes or four. Write sqlite:///path.")
    name = unquote(parts.path).removeprefix("/")
    if not name:
        raise ValueError("it names no file. Write sqlite:///path.")
    return sqlite(name if name == ":memory:" else Path(name).resolve())


def _postgresql(parts: SplitResult, port: int | None) -> dict[str, Any]:
    name = unquote(parts.path).removeprefix("/")
    if not name:
        raise ValueError(f"it names no database. Write {_EXAMPLE}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
        # Parameters of libpq: ?sslmode=require, ?host=/var/run/postgresql, …
        "OPTIONS": dict(parse_qsl(parts.query, strict_parsing=bool(parts.query))),
        "CONN_MAX_AGE": CONNECTION_SECONDS,
        "CONN_HEALTH_CHECKS": True,
    }
