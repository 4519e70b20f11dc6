"""Complete builds of the index side by side, and which one is live.

The directory of an index holds one folder a generation and the file ``live``,
which names the one that readers use. It is replaced in one step, so that a reader
sees the old index or the new one and never an empty one.
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
from search.engines.whoosh.codec.segment_file import FORMAT_VERSION
from search.engines.whoosh.codec.toc import add_checksum, check_toc
from search.engines.whoosh.files import remove_temporary_files, write_atomic
from search.errors import IndexUnavailable

_LIVE: Final = "live"
_STAMP: Final = "stamp.json"
# The stamp of a generation that has never been in use.
_STAMP_TO_BE: Final = "stamp.new"
_PREFIX: Final = "generation-"
# The directory holds pickled schemas, which are code: nobody else may write there.
_PRIVATE: Final = 0o700


def build_stamp(schema: Schema) -> dict[str, object]:
    """What must be the same for an index to be read as the code expects it."""
    fields = {name: type(field).__name__ for name, field in sorted(schema.items())}
    return {"analyzer": ANALYZER_VERSION, "format": FORMAT_VERSION, "fields": fields}


class Generations:
    """The generations under the directory *path*, which need not exist yet."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def live_file(self) -> Path:
        """The file that names the live generation."""
        return self.path / _LIVE

    def live(self) -> Path | None:
        """The folder of the live generation; ``None`` before the first."""
        try:
            name = self.live_file.read_bytes().decode("ascii", "replace").strip()
        except FileNotFoundError:
            return None
        return self.path / (name or _PREFIX)

    def create(self, schema: Schema) -> Path:
        """The folder of a new, empty generation, which is not live yet.

        What an earlier build left that was never put in use goes.
        """
        self.path.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        self._sweep_unfinished()
        name = f"{_PREFIX}{time.strftime('%Y%m%d%H%M%S')}-{secrets.token_hex(3)}"
        folder = self.path / name
        folder.mkdir(mode=_PRIVATE)
        (folder / _STAMP_TO_BE).write_text(json.dumps(build_stamp(schema)))
        FileStorage(str(folder)).create_index(schema)
        add_checksum(folder)
        return folder

    def switch(self, folder: Path) -> None:
        """Make *folder* the live generation."""
        waiting = folder / _STAMP_TO_BE
        if waiting.exists():
            waiting.replace(folder / _STAMP)
        write_atomic(self.path / _LIVE, folder.name.encode("ascii"))

    def is_current(self, folder: Path, schema: Schema) -> bool:
        """Whether the generation was built by this analyzer, format and schema."""
        try:
            found = json.loads((folder / _STAMP).read_text())
        except (FileNotFoundError, ValueError):
            return False
        return bool(found == build_stamp(schema))

    def remove_old(self, *keep: Path) -> None:
        """Remove every generation but the live one and those to *keep*."""
        kept = {folder.name for folder in (*keep, self.live()) if folder}
        for folder in self.path.glob(f"{_PREFIX}*"):
            if folder.name not in kept:
                _remove(folder)
        remove_temporary_files(self.path)

    def discard(self, folder: Path) -> None:
        """Remove a generation that could not be finished; never the live one."""
        if folder != self.live():
            _remove(folder)

    def _sweep_unfinished(self) -> None:
        for folder in self.path.glob(f"{_PREFIX}*"):
            if not (folder / _STAMP).exists():
                self.discard(folder)


def _remove(folder: Path) -> None:
    # What cannot be removed now is in nobody's way, and goes with the next build.
    shutil.rmtree(folder, ignore_errors=True)


# What Whoosh, pickle and the file system make of an index that is not whole.
_UNREADABLE: Final = (
    WhooshIndexError, OSError, EOFError, ValueError, AttributeError, ImportError,
    pickle.UnpicklingError,
)  # fmt: skip


def open_index(folder: Path, schema: Schema | None = None) -> FileIndex:
    """The Whoosh index of a generation; raises IndexUnavailable."""
    with reading(folder):
        check_toc(folder)
        return FileStorage(str(folder)).open_index(schema=schema)


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Turns what shows that the generation cannot be read into IndexUnavailable."""
    try:
        yield
    except _UNREADABLE as error:
        raise IndexUnavailable(
            _(
                "The index in %(folder)s cannot be read. "
                "Build it again with rebuild_index."
            )
            % {"folder": folder.name},
            fragment=str(folder),
        ) from error
