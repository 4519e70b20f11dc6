"""What every visitor has used up of a rate, shared by all processes: `RateLimiter`.

One file of a fixed size, because a reader's request must neither wait for a writer of
the database nor let anything grow (docs/decisions/0014-rate-limits.md). For each
visitor it holds one number, as the generic cell rate algorithm of ATM networks (ITU-T
I.371) has it: the moment when all that was used up has come back. Addresses are not
in it, only keyed sums of them.
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

# A visitor's sum and the moment, in seconds since 1970, when nothing is used up.
_ENTRY: Final = struct.Struct("<8sd")
# A visitor's entry is one of a group; where the group is full, the one that is
# nearest to having everything back makes room.
_GROUP: Final = struct.Struct("<" + "8sd" * 8)
_GROUPS: Final = 8192
FILE_SIZE: Final = _GROUP.size * _GROUPS
_SUM_SIZE: Final = 8
_LONGEST_KEY: Final = 64
# It tells, to who knows the key, which addresses were here lately.
_PRIVATE: Final = 0o600
# What sums of shares of a second may be off by.
_ROUNDING: Final = 1e-6
# Windows would change bytes that look like line ends.
_BINARY: Final = getattr(os, "O_BINARY", 0)


class RateLimiter:
    """Counts visits in *file*, which is made where it is missing.

    *key* makes the sums of visitors' names. Invariant: however many threads and
    processes count at once, no visit is lost.
    """

    def __init__(self, file: Path, *, key: str) -> None:
        self._key = hashlib.blake2b(key.encode()).digest()[:_LONGEST_KEY]
        self._one_thread = threading.Lock()
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | _BINARY, _PRIVATE)
        self._file = os.fdopen(descriptor, "r+b", buffering=0)
        if os.fstat(descriptor).st_size < FILE_SIZE:
            # Written and not only made longer, so that a full disk is told of now.
            with self._locked(0, FILE_SIZE):
                self._fill()

    def close(self) -> None:
        self._file.close()

    def add(self, visitor: str, rate: Rate, *, now: float) -> float:
        """Count a visit; returns 0, or the seconds to wait where it is one too many.

        A visit that is refused is not counted. Raises OSError.
        """
        digest = hashlib.blake2b(
            visitor.encode(), key=self._key, digest_size=2 * _SUM_SIZE
        ).digest()
        name = digest[:_SUM_SIZE]
        offset = int.from_bytes(digest[_SUM_SIZE:]) % _GROUPS * _GROUP.size
        with self._locked(offset, _GROUP.size):
            place, used_until = self._find(offset, name)
            # A clock put back leaves moments that never come.
            used_until = min(max(used_until, now), now + rate.seconds)
            wanted = used_until + rate.interval
            wait = wanted - now - rate.seconds
            is_allowed = wait <= _ROUNDING
            kept = wanted if is_allowed else used_until
            self._write(place, _ENTRY.pack(name, kept))
        return 0.0 if is_allowed else wait

    def _find(self, offset: int, name: bytes) -> tuple[int, float]:
        """Where the visitor's entry is or may be put, and what it holds."""
        entries = list(_ENTRY.iter_unpack(self._read(offset)))
        for number, (other, moment) in enumerate(entries):
            if other == name:
                return offset + number * _ENTRY.size, moment
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
        """Hold a part of the file against other threads and other processes."""
        with self._one_thread:
            if sys.platform == "win32":
                # start.py serves from one process there.
                yield
                return
            fcntl.lockf(self._file, fcntl.LOCK_EX, length, offset)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, length, offset)
