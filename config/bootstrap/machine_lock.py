"""A lock between processes that start at once: `hold`.

Standard library only: it is held while the packages, filelock among them, are
installed.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
    import time
else:
    import fcntl

# Beyond the end of the file, because Windows locks what it reads, too.
_OFFSET = 1 << 30


@contextmanager
def hold(file: Path, say: Callable[[], object]) -> Iterator[None]:
    """Hold a lock on the existing *file*, which is not written to.

    *say* is called before a wait. A process that dies gives the lock up.
    """
    with file.open("rb") as opened:
        if not _try(opened):
            say()
            _wait(opened)
        yield


if sys.platform == "win32":

    def _try(file: BinaryIO) -> bool:
        file.seek(_OFFSET)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait(file: BinaryIO) -> None:
        while not _try(file):
            time.sleep(0.2)

else:

    def _try(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)
