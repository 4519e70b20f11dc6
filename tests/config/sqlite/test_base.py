"""The turn of a connection: when it takes it, and when it gives it up."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction

from config import database_url
from config.sqlite.base import DatabaseWrapper
from config.sqlite.write_queue import QueueTimeout, WriteQueue, write_queue
from search.indexing.lock import indexer_lock

ALIAS = "in_a_file"
INSERT = "INSERT INTO word VALUES ('كتاب')"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "archive.sqlite3"


@pytest.fixture
def database(
    file: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any
) -> Iterator[DatabaseWrapper]:
    """A database as the site's, in a file of this test's own."""
    usual = dict(connections["default"].settings_dict)
    ours = database_url.sqlite(file)
    wrapper = DatabaseWrapper({**usual, **ours}, alias=ALIAS)
    monkeypatch.setitem(connections.databases, ALIAS, wrapper.settings_dict)
    connections[ALIAS] = wrapper
    with django_db_blocker.unblock():
        with wrapper.cursor() as cursor:
            cursor.execute("CREATE TABLE word (form TEXT)")
        yield wrapper
        wrapper.close()
    del connections[ALIAS]


def is_free(file: Path) -> bool:
    """Whether another thread gets its turn at once."""
    found: list[bool] = []

    def ask() -> None:
        queue = write_queue(file)
        try:
            queue.acquire(0)
        except QueueTimeout:
            found.append(False)
        else:
            queue.release()
            found.append(True)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    return found[0]


class TestTransactions:
    def test_transaction_has_the_turn_until_its_commit(
        self, database: DatabaseWrapper, file: Path
    ) -> None:
        after: list[bool] = []
        with transaction.atomic(using=ALIAS):
            transaction.on_commit(lambda: after.append(is_free(file)), using=ALIAS)
            assert database.has_turn
            assert not is_free(file)
            with transaction.atomic(using=ALIAS):
                pass
            assert not is_free(file)
        # So that whoever indexes after a commit keeps no writer waiting.
        assert after == [True]
        assert not database.has_turn

    def test_rollback_gives_the_turn_up(
        self, database: DatabaseWrapper, file: Path
    ) -> None:
        with pytest.raises(RuntimeError), transaction.atomic(using=ALIAS):
            raise RuntimeError
        assert is_free(file)

    def test_closed_connection_gives_the_turn_up(
        self, database: DatabaseWrapper, file: Path
    ) -> None:
        with transaction.atomic(using=ALIAS):
            database.close()
            assert is_free(file)

    def test_begin_that_fails_gives_the_turn_up(
        self, database: DatabaseWrapper, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        database.transaction_mode = "NONSENSE"
        with pytest.raises(OperationalError), transaction.atomic(using=ALIAS):
            pass
        assert is_free(file)


class TestSingleStatements:
    def test_writing_waits_for_its_turn_and_reading_does_not(
        self,
        database: DatabaseWrapper,
        file: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        turns: list[float] = []
        acquire = WriteQueue.acquire

        def note(queue: WriteQueue, timeout: float) -> None:
            turns.append(timeout)
            acquire(queue, timeout)

        monkeypatch.setattr(WriteQueue, "acquire", note)
        with database.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM word")
            assert turns == []
            cursor.execute(INSERT)
        assert turns == [database_url.SQLITE_BUSY_SECONDS]
        assert is_free(file)

    def test_statement_that_fails_gives_the_turn_up(
        self, database: DatabaseWrapper, file: Path
    ) -> None:
        with pytest.raises(OperationalError), database.cursor() as cursor:
            cursor.execute("INSERT INTO nothing VALUES (1)")
        assert is_free(file)


class TestWaiting:
    def test_writer_that_gives_up_says_what_sqlite_says(
        self, database: DatabaseWrapper, file: Path
    ) -> None:
        database.settings_dict["OPTIONS"]["timeout"] = 0.05
        held, done = threading.Event(), threading.Event()

        def hold() -> None:
            write_queue(file).acquire(1)
            held.set()
            done.wait()
            write_queue(file).release()

        holder = threading.Thread(target=hold)
        holder.start()
        held.wait()
        try:
            with (
                pytest.raises(OperationalError, match="database is locked"),
                transaction.atomic(using=ALIAS),
            ):
                pass
        finally:
            done.set()
            holder.join()
        with transaction.atomic(using=ALIAS):
            pass

    def test_long_wait_in_the_queue_shortens_that_for_other_programs(
        self, database: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[float] = []
        set_timeout = database._set_busy_timeout

        def note(seconds: float) -> None:
            seen.append(seconds)
            set_timeout(seconds)

        monkeypatch.setattr(database, "_set_busy_timeout", note)
        monkeypatch.setattr(database, "_take_turn", lambda: 30.0)
        with transaction.atomic(using=ALIAS):
            pass
        assert seen == [10.0, 40.0]

    @pytest.mark.django_db
    def test_database_in_memory_has_no_queue(self) -> None:
        if connection.vendor != "sqlite":
            pytest.skip("PostgreSQL keeps its writers apart by itself")
        with transaction.atomic():
            assert not connection.has_turn  # type: ignore[attr-defined]


class TestOrderOfLocks:
    def test_waiting_for_the_indexer_in_a_transaction_is_refused(
        self,
        database: DatabaseWrapper,
        monkeypatch: pytest.MonkeyPatch,
        settings: Any,
        tmp_path: Path,
    ) -> None:
        settings.DATA_DIR = tmp_path
        monkeypatch.setattr("search.indexing.lock.holding.connection", database)
        with (
            transaction.atomic(using=ALIAS),
            pytest.raises(RuntimeError, match="before a transaction"),
            indexer_lock(wait=True),
        ):
            pass

    def test_indexer_may_write_while_it_holds_its_lock(
        self, database: DatabaseWrapper, settings: Any, tmp_path: Path
    ) -> None:
        settings.DATA_DIR = tmp_path
        with indexer_lock(wait=True), transaction.atomic(using=ALIAS):
            assert database.has_turn
