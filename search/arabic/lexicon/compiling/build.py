"""Compiles the lexicon to a folder, which it replaces whole or not at all.

The lexicon is a function of the package's version and of this code: its stamp has both.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

from search.arabic import letters, normalize
from search.arabic.lexicon.compiling import source
from search.arabic.lexicon.compiling.compiler import Compiler
from search.arabic.lexicon.location import STAMP, read_stamp
from search.arabic.lexicon.lookup import ARRAYS

# The sources that decide what forms are read as.
_SOURCES: Final = (
    *sorted(Path(__file__).parents[1].rglob("*.py")),
    *(Path(str(module.__file__)) for module in (letters, normalize)),
    source.NAMES,
)


class NotALexicon(OSError):
    """The folder for the lexicon holds something else, which would be deleted."""


def build(folder: Path) -> None:
    """Compile the lexicon of the installed package to *folder*.

    A lexicon that is there is replaced, whole. Raises NotALexicon for a folder with
    anything else in it, and OSError where it cannot be written.
    """
    if folder.exists() and not _may_be_replaced(folder):
        raise NotALexicon(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY), str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    old = scratch / "old"
    new = scratch / "new"
    new.mkdir()
    try:
        Compiler().write(new, current_stamp())
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _may_be_replaced(folder: Path) -> bool:
    """Whether *folder* has nothing but files of a lexicon."""
    own = {STAMP, *(f"{name}.npy" for name in ARRAYS)}
    return folder.is_dir() and {path.name for path in folder.iterdir()} <= own


def current_stamp() -> dict[str, object]:
    """What a lexicon is stamped with that this code and package compile."""
    digest = hashlib.sha256(b"".join(each.read_bytes() for each in _SOURCES))
    return {"code": digest.hexdigest(), source.PACKAGE: source.package_version()}


def is_current(folder: Path) -> bool:
    """Whether the lexicon in *folder* is the one that would be compiled now."""
    stamp = read_stamp(folder)
    wanted = current_stamp()
    return bool({key: stamp.get(key) for key in wanted} == wanted)
