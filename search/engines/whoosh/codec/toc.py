"""Whoosh's table of contents (TOC) of a commit, with a checksum.

The file names the segments of a commit and their deleted documents. Whoosh has no
check of its own and could read an altered file as another index; it ignores the CRC-32
that is appended here. A commit is known by its number, which Whoosh calls generation.
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
_CHECKSUM_BYTES: Final = 4


def write_toc(folder: Path, toc: TOC) -> None:
    """Write *toc* atomically, synced to disk: this is what commits."""
    memory = RamStorage()
    toc.write(memory, INDEX_NAME)
    path = toc_path(folder, toc.generation)
    with memory.open_file(path.name) as file:
        _write_with_checksum(path, file.read())


def add_checksum(folder: Path) -> None:
    """Add the checksum to the TOC that Whoosh has just written in *folder*."""
    path = toc_path(folder, latest_commit(folder))
    _write_with_checksum(path, path.read_bytes())


def check_toc(folder: Path) -> int:
    """Check the TOC of the latest commit in *folder*; returns its number, -1 if none.

    Raises IndexUnavailable, with the file's name, if the TOC is damaged, and OSError if
    there is no folder.
    """
    commit = latest_commit(folder)
    if commit < 0:
        return commit
    path = toc_path(folder, commit)
    content = path.read_bytes()
    if _checksum(content[:-_CHECKSUM_BYTES]) != content[-_CHECKSUM_BYTES:]:
        raise IndexUnavailable(
            _("The index file %(file)s is missing or damaged. Build the index again.")
            % {"file": path.name},
            fragment=str(path),
        )
    return commit


def toc_path(folder: Path, commit: int) -> Path:
    """The path of the TOC of a commit."""
    return folder / str(TOC._filename(INDEX_NAME, commit))


def latest_commit(folder: Path) -> int:
    """The number of the latest commit in *folder*; -1 if there is none."""
    pattern = TOC._pattern(INDEX_NAME)
    matches = [pattern.match(path.name) for path in folder.iterdir()]
    return max((int(match.group(1)) for match in matches if match), default=-1)


def _checksum(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(_CHECKSUM_BYTES, "little")


def _write_with_checksum(path: Path, content: bytes) -> None:
    # The name of the temporary file is not that of a TOC, so that Whoosh ignores it.
    write_atomic(path, content + _checksum(content))
