"""The rate limiter: the generic cell rate algorithm, with state shared by processes.

One file of a fixed size, because a request of a reader must neither wait for a writer
of the database nor let anything grow (docs/decisions/0014-rate-limits.md). For each
client it has one number, the theoretical arrival time of the algorithm (ITU-T I.371):
the time when the whole allowance is available again. Addresses are stored as keyed
hashes only.
"""

import hashlib
import os
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from config.security.rate_limits.rates import Rate

if sys.platform != "win32":
    import fcntl

# The hash of a client, and its theoretical arrival time in seconds since 1970.
_ENTRY: Final = struct.Struct("<8sd")
# A client's entry is in the group that its hash selects; in a full group, a new entry
# replaces the one with the earliest time.
_GROUP: Final = struct.Struct("<" + "8sd" * 8)
_GROUPS: Final = 8192
FILE_SIZE: Final = _GROUP.size * _GROUPS
_HASH_SIZE: Final = 8
# Bytes of a key of BLAKE2b.
_MAX_KEY_SIZE: Final = 64
# With the key, the file would reveal recent addresses.
_PRIVATE: Final = 0o600
# Tolerance for rounding errors of floating-point seconds.
_TOLERANCE: Final = 1e-6
# Windows converts line ends in files that are not binary.
_BINARY: Final = getattr(os, "O_BINARY", 0)


class RateLimiter:
    """Counts requests in *file*, which is created if it is missing.

    *key* is that of the hashes. Invariant: no request is lost, however many threads and
    processes count at the same time.
    """

    def __init__(self, file: Path, *, key: str) -> None:
        self._key = hashlib.blake2b(key.encode()).digest()[:_MAX_KEY_SIZE]
        self._lock = threading.Lock()
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | _BINARY, _PRIVATE)
        self._file = os.fdopen(descriptor, "r+b", buffering=0)
        if os.fstat(descriptor).st_size < FILE_SIZE:
            # Written instead of truncated, so that a full disk raises here.
            with self._locked(0, FILE_SIZE):
                self._fill()

    def close(self) -> None:
        self._file.close()

    def hit(self, client: str, rate: Rate, *, now: float, weight: float = 1.0) -> float:
        """Count a request of *client*; returns 0, or the seconds to wait if refused.

        It counts as *weight* requests, and never as more than the rate has. Refused
        requests are not counted. *now* is the Unix time. Raises OSError.
        """
        weight = min(weight, rate.count)
        return self._use(client, rate, now, weight, may_refuse=True)

    def charge(self, client: str, rate: Rate, *, now: float, weight: float) -> None:
        """Count *weight* requests more, for one that was allowed. Raises OSError."""
        weight = min(weight, rate.count)
        self._use(client, rate, now, weight, may_refuse=False)

    def until_full(self, client: str, rate: Rate, *, now: float) -> float:
        """Seconds until *client* has its whole allowance again. Raises OSError."""
        group, name = self._locate(client)
        with self._locked(group, _GROUP.size):
            _offset, arrival = self._find(group, name)
        return min(max(arrival - now, 0.0), rate.seconds)

    def _use(
        self, client: str, rate: Rate, now: float, weight: float, *, may_refuse: bool
    ) -> float:
        group, name = self._locate(client)
        with self._locked(group, _GROUP.size):
            offset, arrival = self._find(group, name)
            # Limited to `rate.seconds` from now, in case the clock was put back.
            arrival = min(max(arrival, now), now + rate.seconds)
            next_arrival = arrival + rate.interval * weight
            wait = next_arrival - now - rate.seconds
            is_allowed = wait <= _TOLERANCE or not may_refuse
            stored = next_arrival if is_allowed else arrival
            self._write(offset, _ENTRY.pack(name, stored))
        return 0.0 if is_allowed else wait

    def _locate(self, client: str) -> tuple[int, bytes]:
        """The offset of the client's group, and its name in there."""
        digest = hashlib.blake2b(
            client.encode(), key=self._key, digest_size=2 * _HASH_SIZE
        ).digest()
        group = int.from_bytes(digest[_HASH_SIZE:]) % _GROUPS * _GROUP.size
        return group, digest[:_HASH_SIZE]

    def _find(self, offset: int, name: bytes) -> tuple[int, float]:
        """Offset and time of the client's entry, or of the entry to replace and 0."""
        entries = list(_ENTRY.iter_unpack(self._read(offset)))
        for number, (other, arrival) in enumerate(entries):
            if other == name:
                return offset + number * _ENTRY.size, arrival
        number = min(range(len(entries)), key=lambda number: entries[number][1])
        return offset + number * _ENTRY.size, 0.0

    def _read(self, offset: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(_GROUP.size).ljust(_GROUP.size, b"\0")

    def _write(self, offset: int, content: bytes) -> None:
        self._file.seek(offset)
        self._file.write(content)

    def _fill(self) -> None:
        size = self._file.seek(0, os.SEEK_END)
        self._file.write(bytes(max(0, FILE_SIZE - size)))

    @contextmanager
    def _locked(self, offset: int, length: int) -> Iterator[None]:
        """Lock a range of the file against other threads and processes."""
        with self._lock:
            if sys.platform == "win32":
                # start.py serves from a single process on Windows.
                yield
                return
            fcntl.lockf(self._file, fcntl.LOCK_EX, length, offset)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, length, offset)
