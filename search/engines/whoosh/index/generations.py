"""Generations: complete builds of an index side by side, one of which is live.

The directory of an index holds a folder for each generation, and the file ``live``,
which names the one that readers open. The file is replaced atomically: a reader opens
the old generation or the new one, never an empty or a partial one.
"""

from __future__ import annotations

import json
import pickle
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.index import IndexError as WhooshIndexError

from search.arabic.analyzer import ANALYZER_VERSION
from search.arabic.lexicon import installed, location
from search.engines.whoosh.codec.segment_file import FORMAT_VERSION
from search.engines.whoosh.codec.toc import add_checksum, check_toc
from search.engines.whoosh.files import remove_temporary_files, write_atomic
from search.errors import IndexUnavailable

_LIVE: Final = "live"
_STAMP: Final = "stamp.json"
# The key of the stamp for what the documents are of; older indexes lack it.
_IDENTITY: Final = "identity"
# The name of the stamp until its generation becomes the live one.
_NEW_STAMP: Final = "stamp.new"
_PREFIX: Final = "generation-"
# Unpickling a schema can run code: only the owner may write to the directory.
_PRIVATE: Final = 0o700
# What Whoosh, pickle and the file system raise for a missing or damaged index.
_READ_ERRORS: Final = (
    WhooshIndexError, OSError, EOFError, ValueError, AttributeError, ImportError,
    pickle.UnpicklingError,
)  # fmt: skip


def build_stamp(schema: Schema, lexicon: str) -> dict[str, object]:
    """The versions and fields of an index; with others it has to be built again.

    *lexicon* is the digest of the one whose families it has.
    """
    fields = {name: type(field).__name__ for name, field in sorted(schema.items())}
    return {
        "analyzer": ANALYZER_VERSION,
        "lexicon": lexicon,
        "format": FORMAT_VERSION,
        "fields": fields,
    }


class Generations:
    """The generations under the directory *path*, which need not exist."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def live_file(self) -> Path:
        """The file that names the live generation."""
        return self.path / _LIVE

    def live(self) -> Path | None:
        """The folder of the live generation; ``None`` if there is none yet."""
        try:
            name = self.live_file.read_bytes().decode("ascii", "replace").strip()
        except FileNotFoundError:
            return None
        return self.path / (name or _PREFIX)

    def create(self, schema: Schema, identity: str = "") -> Path:
        """Create an empty generation of *identity*, not live; returns its folder.

        Generations that never became live are removed.
        """
        self.path.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        self._remove_unfinished()
        name = f"{_PREFIX}{time.strftime('%Y%m%d%H%M%S')}-{secrets.token_hex(3)}"
        folder = self.path / name
        folder.mkdir(mode=_PRIVATE)
        # Of the lexicon that this process has open: the folder may have a newer one.
        stamp = build_stamp(schema, installed.current().digest)
        if identity:
            stamp[_IDENTITY] = identity
        (folder / _NEW_STAMP).write_text(json.dumps(stamp))
        FileStorage(str(folder)).create_index(schema)
        add_checksum(folder)
        return folder

    def make_live(self, folder: Path) -> None:
        """Make *folder* the live generation."""
        stamp = folder / _NEW_STAMP
        if stamp.exists():
            stamp.replace(folder / _STAMP)
        write_atomic(self.path / _LIVE, folder.name.encode("ascii"))

    def is_current(self, folder: Path, schema: Schema) -> bool:
        """Whether *folder* has the versions and fields of this code and its lexicon."""
        stamp = self._read_stamp(folder)
        stamp.pop(_IDENTITY, None)
        return stamp == build_stamp(schema, location.digest())

    def identity(self, folder: Path) -> str:
        """The identity that the generation in *folder* was created with, or empty."""
        return str(self._read_stamp(folder).get(_IDENTITY, ""))

    def _read_stamp(self, folder: Path) -> dict[str, object]:
        try:
            stamp = json.loads((folder / _STAMP).read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    def remove_old(self, *keep: Path) -> None:
        """Remove all generations but the live one and those to *keep*."""
        names = {folder.name for folder in (*keep, self.live()) if folder}
        for folder in self.path.glob(f"{_PREFIX}*"):
            if folder.name not in names:
                _remove(folder)
        remove_temporary_files(self.path)

    def discard(self, folder: Path) -> None:
        """Remove an unfinished generation; the live one stays."""
        if folder != self.live():
            _remove(folder)

    def _remove_unfinished(self) -> None:
        for folder in self.path.glob(f"{_PREFIX}*"):
            if not (folder / _STAMP).exists():
                self.discard(folder)


def _remove(folder: Path) -> None:
    # Files that cannot be removed now do no harm: the next build tries again.
    shutil.rmtree(folder, ignore_errors=True)


def open_index(folder: Path, schema: Schema | None = None) -> FileIndex:
    """The Whoosh index of the generation in *folder*; raises IndexUnavailable."""
    with as_index_unavailable(folder):
        check_toc(folder)
        return FileStorage(str(folder)).open_index(schema=schema)


@contextmanager
def as_index_unavailable(folder: Path) -> Iterator[None]:
    """Raise IndexUnavailable instead of the errors of a missing or damaged index."""
    try:
        yield
    except _READ_ERRORS as error:
        raise IndexUnavailable(
            _(
                "The index in %(folder)s cannot be read. "
                "Build it again with rebuild_index."
            )
            % {"folder": folder.name},
            fragment=str(folder),
        ) from error
