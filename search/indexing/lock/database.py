"""Locks that PostgreSQL keeps for all machines of a site: session-level advisory locks.

Each has a connection of its own, whose end gives the lock up, be it that the process
was killed. Behind a pool that shares sessions (PgBouncer by transaction) they would not
hold: give the site the server itself.
"""

from __future__ import annotations

from binascii import crc32
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Final

from django.db import DatabaseError, connection

# Tells our locks from those of other programs of the same database: "sijl" in ASCII.
_SITE: Final = 0x73696A6C
_SIGN: Final = 1 << 31
# The server ends the session of a machine that has vanished after about a minute.
_KEEP_ALIVE: Final = (
    "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; "
    "SET tcp_keepalives_count = 3"
)


def is_shared() -> bool:
    """Whether the site's database can keep locks for several machines."""
    return connection.vendor == "postgresql"


@contextmanager
def hold_in_database(name: str, *, wait: bool) -> Iterator[bool]:
    """Try to hold the lock *name*; whether it is held. Raises DatabaseError."""
    # Not the connection of the thread: its transactions and its end are others'.
    with closing(connection.copy()) as session, session.cursor() as cursor:
        cursor.execute(_KEEP_ALIVE)
        key = [_SITE, (crc32(name.encode()) ^ _SIGN) - _SIGN]
        if wait:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", key)
        else:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        is_held = wait or bool(cursor.fetchone()[0])
        try:
            yield is_held
        finally:
            if is_held:
                # The server may notice the end of the session only a moment later;
                # where it has ended already, there is nothing to give up.
                with suppress(DatabaseError):
                    cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)
