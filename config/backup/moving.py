"""Files put in the place of others, which are kept under another name."""

import os
import shutil
from pathlib import Path
from typing import Final

# Between a name and the date: ``sijill.sqlite3.replaced-2026-11-30T0412``.
REPLACED: Final = ".replaced-"
_PRIVATE: Final = 0o600
_COPYING: Final = ".sijill-copying"


def name_aside(path: Path, date: str) -> Path:
    """A free name beside *path* for what is replaced on *date*."""
    first = path.with_name(f"{path.name}{REPLACED}{date}")
    name, number = first, 1
    while name.exists() or name.is_symlink():
        number += 1
        name = first.with_name(f"{first.name}-{number}")
    return name


def bring(source: Path, target: Path) -> None:
    """Move the file *source* to *target* in one step, from another disk too."""
    try:
        source.replace(target)
    except OSError:
        copy = target.with_name(f".{target.name}{_COPYING}")
        try:
            shutil.copyfile(source, copy)
            sync(copy)
            copy.replace(target)
        finally:
            copy.unlink(missing_ok=True)
    if os.name != "nt":
        sync(target.parent)


def adopt(file: Path, *, like: Path) -> None:
    """Let nobody read *file* but its owner: that of *like*, where root restores."""
    file.chmod(_PRIVATE)
    if os.name != "nt" and os.geteuid() == 0:
        owner = like.stat()
        os.chown(file, owner.st_uid, owner.st_gid)


def sync(path: Path) -> None:
    """Wait until the file or the entries of the folder *path* are on the disk."""
    # Windows syncs only what may be written to, and no folders.
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
