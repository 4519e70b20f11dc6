"""The locks that PostgreSQL keeps for all machines of a site."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from config import database_url
from search.indexing.lock import IndexerBusy, database, hold_lock, indexer_lock

pytestmark = pytest.mark.postgresql

_HOLDER = """
import sys, zlib, psycopg
with psycopg.connect(sys.argv[1]) as session:
    key = (zlib.crc32(sys.argv[2].encode()) ^ 2**31) - 2**31
    session.execute("SELECT pg_advisory_lock(%s, %s)", [0x73696A6C, key])
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def on_postgresql(
    postgresql_url: str,
    monkeypatch: pytest.MonkeyPatch,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The site's database is PostgreSQL; its files are nowhere."""
    name = "of-the-site"
    connections.databases[name] = {
        **connections.databases["default"],
        **database_url.parse(postgresql_url),
    }
    shared = connections[name]
    monkeypatch.setattr(database, "connection", shared)
    with override_settings(DATA_DIR="/nowhere"), django_db_blocker.unblock():
        yield
        shared.close()
    del connections[name], connections.databases[name]


def _is_free(name: str = "indexer.lock") -> bool:
    try:
        with hold_lock(name):
            return True
    except IndexerBusy:
        return False


class TestAdvisoryLocks:
    def test_held_lock_is_busy_and_others_are_free(self) -> None:
        with indexer_lock():
            assert not _is_free()
            assert _is_free("alerts.lock")
        assert _is_free()

    def test_lock_is_free_after_an_error(self) -> None:
        with pytest.raises(RuntimeError), indexer_lock():
            raise RuntimeError
        assert _is_free()

    def test_other_machine_gives_it_up_when_it_is_killed(
        self, postgresql_url: str
    ) -> None:
        with subprocess.Popen(
            [sys.executable, "-c", _HOLDER, postgresql_url, "indexer.lock"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as holder:
            assert holder.stdout and holder.stdout.readline() == "held\n"
            assert not _is_free()
            holder.kill()
            holder.wait()
            # Waits for the server to notice.
            with indexer_lock(wait=True):
                assert not _is_free()
