"""The index of a process: its live generation, opened once and reopened on change.

All threads share one snapshot for each index directory. Before each search the
signatures of its files tell whether it is still the latest commit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any, Final, Self

from django.utils.translation import gettext_lazy as _
from whoosh.fields import Schema
from whoosh.index import FileIndex, LockError

from search.engines.contract import EngineStatus
from search.engines.whoosh.codec.toc import latest_commit, toc_path
from search.engines.whoosh.files import FileSignature, FileWatch, file_signature
from search.engines.whoosh.garbage import rare_collections
from search.engines.whoosh.index.check_index import check_index
from search.engines.whoosh.index.generations import (
    Generations,
    as_index_unavailable,
    open_index,
)
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.writing.index_writer import (
    DEFAULT_LIMITS,
    IndexWriter,
    WriterLimits,
)
from search.errors import IndexUnavailable


@dataclass(frozen=True, slots=True)
class OpenSnapshot:
    """A commit that is open, with the signatures of its files at that time.

    Files are not written to once they are complete. If a signature differs all the
    same, blocks that were checked may have changed, and the commit is opened again.
    """

    folder: Path
    commit: int
    snapshot: Snapshot
    signatures: tuple[FileSignature | None, ...]
    watch: FileWatch

    def is_current(self, folder: Path, commit: int) -> bool:
        """Whether this is *commit* in *folder*, with unchanged files."""
        is_same = self.folder == folder and self.commit == commit
        return is_same and self.signatures == _signatures(folder, commit, self.snapshot)


# The open snapshot of each index directory, shared by the threads of the process.
_SNAPSHOTS: Final[dict[Path, OpenSnapshot]] = {}
_OPENING: Final = Lock()


class IndexStore:
    """Reads and writes the index under *path*.

    *unique* is the field whose values identify documents, *build_schema* returns the
    schema of new generations and new fields, *limits* bounds the build of a generation,
    *cache_mb* (mebibytes) the cache of postings of each open commit.
    Reading never creates, clears or repairs an index.
    """

    def __init__(
        self,
        path: Path,
        *,
        unique: str,
        build_schema: Callable[[], Schema],
        identify: Callable[[], str] = str,
        limits: WriterLimits = DEFAULT_LIMITS,
        cache_mb: int | None = None,
    ) -> None:
        self.generations = Generations(path)
        self._unique = unique
        self._limits = limits
        self._cache_mb = cache_mb
        self._build_schema = build_schema
        self._identify = identify

    def snapshot(self) -> Snapshot:
        """The latest commit of the live generation; raises IndexUnavailable."""
        opened = _SNAPSHOTS.get(self.generations.path)
        if opened and opened.watch.is_unchanged():
            return opened.snapshot
        return self._refresh()

    def _refresh(self) -> Snapshot:
        with _OPENING:
            opened = _SNAPSHOTS.get(self.generations.path)
            # Starts before anything is read, so that it misses no later change.
            watch = FileWatch(self._watched(opened) if opened else ())
            folder = self.generations.live()
            if folder is None:
                raise IndexUnavailable(
                    _("There is no index yet. Build it with rebuild_index.")
                )
            commit = _latest(folder)
            if opened and opened.is_current(folder, commit):
                snapshot = opened.snapshot
            else:
                snapshot, watch = self._open(folder, commit), FileWatch(())
            _SNAPSHOTS[self.generations.path] = OpenSnapshot(
                folder, commit, snapshot, _signatures(folder, commit, snapshot), watch
            )
        return snapshot

    def _open(self, folder: Path, commit: int) -> Snapshot:
        try:
            with as_index_unavailable(folder):
                return Snapshot(open_index(folder).reader(), self._cache_mb)
        except IndexUnavailable:
            # A writer that has just committed removes the files of older commits.
            latest = _latest(folder)
            if latest == commit:
                raise
        return self._open(folder, latest)

    def _watched(self, opened: OpenSnapshot) -> list[Path]:
        """The paths that change with a new generation, commit or damage.

        Adding a file to the folder changes its modification time.
        """
        toc = toc_path(opened.folder, opened.commit)
        paths = (self.generations.live_file, toc, *_segment_paths(opened.snapshot))
        return [opened.folder, *paths]

    def live_index(self) -> FileIndex:
        """The Whoosh index of the live generation, created if there is none."""
        folder = self.generations.live()
        if folder is None:
            folder = self.new_generation()
            self.generations.make_live(folder)
        return open_index(folder)

    def _with_new_fields(self, index: FileIndex) -> FileIndex:
        """*index* with the fields that were declared since it was built.

        A field that it has keeps its type until the next rebuild.
        """
        declared = self._build_schema()
        new = set(declared.names()) - set(index.schema.names())
        if not new:
            return index
        schema = index.schema.copy()
        for name in sorted(new):
            schema.add(name, declared[name])
        return index.storage.open_index(schema=schema)

    @contextmanager
    def writer(
        self, folder: Path | None = None, *, max_merge_docs: int | None = None
    ) -> Iterator[IndexWriter]:
        """A writer of the live generation or the one in *folder*.

        Commits at the end, cancels on an exception. Only a new generation, *folder*, is
        written with other processes. Segments of more than *max_merge_docs* documents
        are not merged with others. Raises IndexUnavailable if there is no index in
        *folder* or another process does not release the write lock.
        """
        index = self._with_new_fields(
            open_index(folder) if folder else self.live_index()
        )
        try:
            writer = IndexWriter(
                index,
                unique=self._unique,
                limits=self._limits if folder else replace(self._limits, processes=0),
                max_merge_docs=max_merge_docs,
            )
        except LockError as error:
            raise IndexUnavailable(
                _("Another process is writing to the index. Try again in a while.")
            ) from error
        with rare_collections(), writer:
            yield writer

    def new_generation(self) -> Path:
        """Create a generation to write to; returns its folder. See ``publish``."""
        return self.generations.create(self._build_schema(), self._identify())

    def check_index(self, folder: Path, *, documents: int, hashes: int) -> None:
        """Verify the generation in *folder*; see ``check_index.check_index``."""
        check_index(folder, documents=documents, hashes=hashes)

    def discard(self, folder: Path) -> None:
        """Remove an unfinished generation; the live one stays."""
        self.generations.discard(folder)

    def publish(self, folder: Path) -> None:
        """Make the generation in *folder* live; all but the previous one are removed.

        Readers that have the previous one open can go on until the next rebuild.
        """
        previous = self.generations.live()
        self.generations.make_live(folder)
        self.generations.remove_old(folder, *([previous] if previous else []))

    def is_current(self) -> bool:
        """Whether the live generation has this code's schema, analyzer and format."""
        folder = self.generations.live()
        return folder is not None and self.generations.is_current(
            folder, self._build_schema()
        )

    def status(self) -> EngineStatus:
        """The size and state of the live index; raises IndexUnavailable."""
        snapshot = self.snapshot()
        folder = self.generations.live()
        return EngineStatus(
            documents=snapshot.num_docs,
            size=sum(segment.file.size for segment in snapshot.segments),
            segments=len(snapshot.segments),
            generation=folder.name if folder else "",
            current=self.is_current(),
            identity=self.generations.identity(folder) if folder else "",
        )


def _signatures(
    folder: Path, commit: int, snapshot: Snapshot
) -> tuple[FileSignature | None, ...]:
    paths = (toc_path(folder, commit), *_segment_paths(snapshot))
    return tuple(map(file_signature, paths))


def _segment_paths(snapshot: Snapshot) -> list[Path]:
    return [segment.file.path for segment in snapshot.segments]


def _latest(folder: Path) -> int:
    with as_index_unavailable(folder):
        return latest_commit(folder)


class LiveIndex:
    """Whoosh's ``FileIndex`` of the generation that is live at each access.

    For reading with Whoosh's own code. Its ``writer`` cannot write array segments:
    writing goes through ``IndexStore``.
    """

    def __init__(self, store: IndexStore) -> None:
        self._store = store

    def refresh(self) -> Self:
        """The index itself, which is always the newest."""
        return self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store.live_index(), name)
