"""Folders that a backup or a restore works in, and those that killed ones left.

Copies of the database lie in them, and nobody would look for them there.
"""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from archive.faults.termination import uninterrupted
from config.locking import Busy, hold

_PREFIX: Final = ".sijill-scratch-"
# The prefix of a folder until it is locked.
_NEW: Final = ".sijill-new-"
_NEW_SECONDS: Final = 3600
_LOCK: Final = "lock"


@contextmanager
def scratch_folder(parent: Path) -> Iterator[Path]:
    """An empty folder under *parent*, removed at the end; raises OSError.

    Removes those of killed processes first.
    """
    sweep(parent)
    new = Path(tempfile.mkdtemp(dir=parent, prefix=_NEW))
    folder = new.with_name(new.name.replace(_NEW, _PREFIX, 1))
    try:
        # Other runs see by the lock that the folder is in use. It is taken before the
        # folder has the name that they look for.
        with hold(new / _LOCK):
            new.rename(folder)
            (folder / "files").mkdir()
            yield folder / "files"
    finally:
        with uninterrupted():
            for path in (new, folder):
                shutil.rmtree(path, ignore_errors=True)


def sweep(parent: Path) -> None:
    """Remove the folders under *parent* whose processes have died."""
    for folder in parent.glob(f"{_PREFIX}*"):
        # Busy: in use. OSError: another account's.
        with suppress(Busy, OSError), hold(folder / _LOCK):
            shutil.rmtree(folder, ignore_errors=True)
    for folder in parent.glob(f"{_NEW}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _NEW_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
