"""A fair queue for the writers of one SQLite database: first come, first served.

SQLite's own waiters have no order and ask anew ever more seldom, so that one of many
may wait for very long. The queue stands before ``BEGIN IMMEDIATE``; it is SQLite's lock
still that keeps writers apart: docs/decisions/0027-write-queue.md.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import fcntl

log = logging.getLogger(__name__)

SUFFIX: Final = "-queue"
# Seconds between two looks of the one thread of a process that is next in it: at first,
# while a turn is usually shorter than that, and after _SHORT_WAIT.
_FIRST_POLL_INTERVAL: Final = 0.0005
_POLL_INTERVAL: Final = 0.002
_SHORT_WAIT: Final = 0.1
# The file holds the last ticket. Whoever draws one locks byte 0; a ticket is the offset
# of a byte that its owner has locked. Bytes need not exist to be locked.
_TICKET_BYTES: Final = 8
_DRAWING: Final = 0
_FIRST_TICKET: Final = 2
# Whatever the file holds, its tickets are offsets that a file can have.
_TICKETS: Final = 2**40
_PRIVATE: Final = 0o600


class QueueTimeout(Exception):
    """The turn did not come in time."""


class WriteQueue:
    """A ticket lock between threads and processes, on *file*.

    The locks are the operating system's, so that a process that dies leaves the queue.
    Reentrant in one thread. Where files cannot be locked, nobody waits. Instances come
    from `write_queue`: a process that closes any descriptor of the file loses all its
    locks of it.
    """

    def __init__(self, file: Path) -> None:
        self._path = file
        self._file: int | None = None
        # Tickets of this process, ascending: its locks do not keep its threads apart.
        self._tickets: list[int] = []
        self._changed = threading.Condition()
        self._holder: int | None = None
        self._depth = 0
        self._fault = ""

    def acquire(self, timeout: float) -> None:
        """Wait for this thread's turn; raises QueueTimeout after *timeout* seconds."""
        if self.is_held():
            self._depth += 1
            return
        deadline = time.monotonic() + timeout
        ticket = self._draw_or_report(deadline)
        if ticket is None:
            return
        try:
            self._wait(ticket, deadline)
        except BaseException:
            self._leave(ticket)
            raise
        self._holder, self._depth = threading.get_ident(), 1

    def release(self) -> None:
        """End the turn, or its innermost part; nothing happens where there is none."""
        if not self._depth:
            return
        self._depth -= 1
        if not self._depth:
            self._holder = None
            self._leave(self._tickets[0])

    def is_held(self) -> bool:
        """Whether it is this thread's turn."""
        return self._holder == threading.get_ident()

    def _draw_or_report(self, deadline: float) -> int | None:
        """A ticket; ``None`` where the queue cannot be used, which is logged once."""
        if sys.platform == "win32":
            return None
        try:
            with self._changed:
                return self._draw(deadline)
        except OSError as error:
            if str(error) != self._fault:
                log.warning("Writers wait for the database without an order: %s", error)
            self._fault = str(error)
            return None

    def _draw(self, deadline: float) -> int:
        """A locked ticket, higher than all before. Raises OSError and QueueTimeout."""
        file = self._open()
        _poll(lambda: _try_lock(file, fcntl.LOCK_EX, 1, _DRAWING), deadline)
        try:
            last = int.from_bytes(os.pread(file, _TICKET_BYTES, 0)) % _TICKETS
            ticket = max(last + 1, _FIRST_TICKET)
            os.pwrite(file, ticket.to_bytes(_TICKET_BYTES), 0)
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, ticket)
        finally:
            fcntl.lockf(file, fcntl.LOCK_UN, 1, _DRAWING)
        self._tickets.append(ticket)
        return ticket

    def _open(self) -> int:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, _PRIVATE)
        return self._file

    def _wait(self, ticket: int, deadline: float) -> None:
        with self._changed:
            is_next = self._changed.wait_for(
                lambda: self._tickets[0] == ticket, deadline - time.monotonic()
            )
        if not is_next:
            raise QueueTimeout
        _poll(lambda: self._is_first(ticket), deadline)

    def _is_first(self, ticket: int) -> bool:
        """Whether no other process has a lower ticket; this one must have none."""
        if self._file is None or not _try_lock(
            self._file, fcntl.LOCK_SH, ticket - 1, _DRAWING + 1
        ):
            return False
        fcntl.lockf(self._file, fcntl.LOCK_UN, ticket - 1, _DRAWING + 1)
        return True

    def _leave(self, ticket: int) -> None:
        with self._changed:
            self._tickets.remove(ticket)
            if self._file is not None:
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, ticket)
            self._changed.notify_all()


def _try_lock(file: int, kind: int, length: int, offset: int) -> bool:
    try:
        fcntl.lockf(file, kind | fcntl.LOCK_NB, length, offset)
    except (BlockingIOError, PermissionError):
        # Systems have two names for "another process holds it".
        return False
    return True


def _poll(is_done: Callable[[], bool], deadline: float) -> None:
    """Ask until it is done; raises QueueTimeout after *deadline*."""
    short = time.monotonic() + _SHORT_WAIT
    while not is_done():
        now = time.monotonic()
        if now >= deadline:
            raise QueueTimeout
        time.sleep(_FIRST_POLL_INTERVAL if now < short else _POLL_INTERVAL)


_queues: dict[Path, WriteQueue] = {}
_one_thread = threading.Lock()


def write_queue(database: Path) -> WriteQueue:
    """The queue of this process for the SQLite database in the file *database*."""
    file = database.with_name(database.name + SUFFIX)
    with _one_thread:
        return _queues.setdefault(file, WriteQueue(file))


def _forget_queues() -> None:
    global _one_thread
    _one_thread = threading.Lock()
    _queues.clear()


# A child has none of its parent's locks, but a copy of what its threads waited for.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_queues)
