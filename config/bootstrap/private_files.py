"""Permissions of what the site writes: for its own account alone.

On Windows nothing is done: its files have no such modes, and those in a user's folder
are closed to other users by what they inherit. Standard library only.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

# Of new files and folders, nothing for the group or for others.
UMASK: Final = 0o077
OTHERS: Final = stat.S_IRWXO
# What the site writes into its data directory. Not of it are ``static`` and ``locale``,
# which are made from public code, and files that others have put there.
_PATTERNS: Final = (
    "sijill.sqlite3*",
    "secret-key*",
    "index",
    "index-*",
    "indexer*",
    "media*",
    "rate-limits*",
    "password-guesses*",
    "set-up.json*",
    "last-reconcile.json*",
    "restore-*",
    ".*sijill*",
    "*.lock",
)
_HAS_MODES: Final = os.name != "nt"


def restrict_new_files() -> None:
    """Make all files that this process and its children write private."""
    os.umask(UMASK)


def restrict_existing(data_dir: Path) -> None:
    """Make private what the site has written into *data_dir* so far.

    The folder itself keeps its mode, for it may have been made for others as well. A
    link and what belongs to another account are left as they are. Folders are closed,
    what they hold is not looked at.
    """
    if not _HAS_MODES:
        return
    for path in _list_own(data_dir):
        try:
            mode = path.lstat().st_mode
            if not stat.S_ISLNK(mode) and mode & UMASK:
                path.chmod(stat.S_IMODE(mode) & ~UMASK)
        except OSError:
            # The system check names it.
            continue


def list_open(data_dir: Path) -> list[Path]:
    """What other users of the machine may use of the site's data, sorted.

    The folder itself, where they may list it or write to it; what the site has written
    there, where they may reach it.
    """
    if not _HAS_MODES:
        return []
    of_folder = _others_mode(data_dir)
    if not of_folder & stat.S_IXOTH:
        return [data_dir] if of_folder else []
    found = [path for path in _list_own(data_dir) if _others_mode(path)]
    if of_folder & ~stat.S_IXOTH:
        found.append(data_dir)
    return sorted(found)


def _others_mode(path: Path) -> int:
    try:
        return path.stat().st_mode & OTHERS
    except OSError:
        return 0


def _list_own(data_dir: Path) -> Iterator[Path]:
    for pattern in _PATTERNS:
        yield from data_dir.glob(pattern)
