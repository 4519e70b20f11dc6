"""Whoosh's table of contents with a checksum behind it.

The table names the segments and the deleted documents of a commit. Whoosh itself
would read an altered one as another index, or not at all; what stands behind its
end it ignores.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC

from search.engines.whoosh.files import write_atomic
from search.errors import IndexUnavailable

INDEX_NAME: Final = "MAIN"
# Bytes of a CRC-32.
_SEAL_LENGTH: Final = 4


def write_toc(folder: Path, toc: TOC) -> None:
    """Write *toc* in one step, safely on disk on return: the commit itself."""
    memory = RamStorage()
    toc.write(memory, INDEX_NAME)
    path = toc_path(folder, toc.generation)
    with memory.open_file(path.name) as file:
        _write_sealed(path, file.read())


def add_checksum(folder: Path) -> None:
    """Seal the table of contents that Whoosh has just written in *folder*."""
    path = toc_path(folder, latest_commit(folder))
    _write_sealed(path, path.read_bytes())


def check_toc(folder: Path) -> int:
    """The number of the newest commit in *folder*, whose table is as it was written.

    Raises IndexUnavailable, naming the file, where it is not; OSError where there is
    no folder; and -1 is returned where no commit is.
    """
    commit = latest_commit(folder)
    if commit < 0:
        return commit
    path = toc_path(folder, commit)
    content = path.read_bytes()
    if _seal(content[:-_SEAL_LENGTH]) != content[-_SEAL_LENGTH:]:
        raise IndexUnavailable(
            _("The index file %(file)s is missing or damaged. Build the index again.")
            % {"file": path.name},
            fragment=str(path),
        )
    return commit


def toc_path(folder: Path, commit: int) -> Path:
    """Where the table of contents of a commit is."""
    return folder / str(TOC._filename(INDEX_NAME, commit))


def latest_commit(folder: Path) -> int:
    """The number of the newest commit in *folder*; -1 if there is none."""
    pattern = TOC._pattern(INDEX_NAME)
    matches = [pattern.match(path.name) for path in folder.iterdir()]
    return max((int(found.group(1)) for found in matches if found), default=-1)


def _seal(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(_SEAL_LENGTH, "little")


def _write_sealed(path: Path, content: bytes) -> None:
    # Until it is whole its name is none that Whoosh takes for a table of contents.
    write_atomic(path, content + _seal(content))
