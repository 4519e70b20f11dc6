"""A connection to SQLite that takes its turn before it writes.

All that writes passes here: forms, sessions, sign-ins, imports, the indexer. Why it is
a back end: docs/decisions/0027-write-queue.md.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from config.sqlite.write_queue import QueueTimeout, WriteQueue, write_queue

# Beginnings of statements that write outside of a transaction, as Django spells them.
_WRITES: Final = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# Seconds that SQLite waits for where no timeout is set.
_SQLITE_TIMEOUT: Final = 5.0
# A shorter wait in the queue is not worth two statements.
_LONG_WAIT: Final = 1.0
_MILLISECONDS: Final = 1000


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection; from ``BEGIN`` to the end of a transaction it has its turn.

    A database in memory has no queue.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: WriteQueue | None = None
        self.execute_wrappers.append(self._execute_in_turn)

    def _start_transaction_under_autocommit(self) -> None:
        waited = self._take_turn()
        try:
            self._begin(waited)
        except BaseException:
            self._end_turn()
            raise

    def _begin(self, waited: float) -> None:
        """Begin, and wait for other programs as long as is left of the timeout."""
        begin = super()._start_transaction_under_autocommit  # type: ignore[misc]
        if waited < _LONG_WAIT:
            begin()
            return
        self._set_busy_timeout(max(0.0, self._timeout - waited))
        try:
            begin()
        finally:
            self._set_busy_timeout(self._timeout)

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    @property
    def has_turn(self) -> bool:
        """Whether other writers wait until this connection has written."""
        return self._turn is not None

    @property
    def _timeout(self) -> float:
        """Seconds until a writer gives up."""
        return float(self.settings_dict["OPTIONS"].get("timeout", _SQLITE_TIMEOUT))

    def _set_busy_timeout(self, seconds: float) -> None:
        milliseconds = round(seconds * _MILLISECONDS)
        self.cursor().execute(f"PRAGMA busy_timeout = {milliseconds}")

    def _take_turn(self) -> float:
        """The seconds waited. Raises OperationalError, as SQLite does."""
        if self._turn is not None or self.is_in_memory_db():
            return 0.0
        queue = write_queue(Path(self.settings_dict["NAME"]))
        began = time.monotonic()
        try:
            queue.acquire(self._timeout)
        except QueueTimeout as error:
            raise OperationalError("database is locked") from error
        self._turn = queue
        return time.monotonic() - began

    def _end_turn(self) -> None:
        if self._turn is not None:
            self._turn.release()
            self._turn = None

    def _execute_in_turn(
        self,
        execute: Callable[..., Any],
        sql: Any,
        params: Any,
        many: bool,
        context: Any,
    ) -> Any:
        """Let a statement that writes without a transaction queue as well."""
        if self.in_atomic_block or not str(sql).startswith(_WRITES):
            return execute(sql, params, many, context)
        self._take_turn()
        try:
            return execute(sql, params, many, context)
        finally:
            self._end_turn()
