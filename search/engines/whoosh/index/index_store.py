"""The index as a process sees it: the live generation, opened once, kept fresh."""

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
from search.engines.whoosh.index.check_index import check_index
from search.engines.whoosh.index.generations import Generations, open_index, reading
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.writing.index_writer import (
    DEFAULT_LIMITS,
    IndexWriter,
    WriterLimits,
)
from search.errors import IndexUnavailable


@dataclass(frozen=True, slots=True)
class OpenSnapshot:
    """An open commit, and the stamps that its files had when they were opened.

    Nobody writes to a finished file: where its stamp is another, what was checked is
    no longer what is mapped.
    """

    folder: Path
    commit: int
    snapshot: Snapshot
    stamps: tuple[FileSignature | None, ...]
    watch: FileWatch

    def is_current(self, folder: Path, commit: int) -> bool:
        """Whether this is *commit* in *folder*, and nobody has written to its files."""
        is_same = self.folder == folder and self.commit == commit
        return is_same and self.stamps == _stamp(folder, commit, self.snapshot)


# One snapshot a directory of an index, shared by the threads of a process.
_SNAPSHOTS: Final[dict[Path, OpenSnapshot]] = {}
_OPENING: Final = Lock()


class IndexStore:
    """Reads and writes the index under *path*.

    *build_schema* returns the schema that the code wants; it is called when a
    generation is made or written to. *cache_mb* mebibytes bound the cache of postings
    of each open commit. Reading never creates, clears or repairs.
    """

    def __init__(
        self,
        path: Path,
        *,
        unique: str,
        build_schema: Callable[[], Schema],
        bulk: WriterLimits = DEFAULT_LIMITS,
        cache_mb: int | None = None,
    ) -> None:
        self.generations = Generations(path)
        self._unique = unique
        self._bulk = bulk
        self._cache_mb = cache_mb
        self._build_schema = build_schema

    def snapshot(self) -> Snapshot:
        """The newest commit of the live generation; raises IndexUnavailable."""
        held = _SNAPSHOTS.get(self.generations.path)
        if held and held.watch.is_unchanged():
            return held.snapshot
        return self._look_again()

    def _look_again(self) -> Snapshot:
        with _OPENING:
            held = _SNAPSHOTS.get(self.generations.path)
            # It begins before anything is read, so that no later change escapes it.
            watch = FileWatch(self._watched(held) if held else ())
            folder = self.generations.live()
            if folder is None:
                raise IndexUnavailable(
                    _("There is no index yet. Build it with rebuild_index.")
                )
            commit = _latest(folder)
            if held and held.is_current(folder, commit):
                snapshot = held.snapshot
            else:
                snapshot, watch = self._open(folder, commit), FileWatch(())
            _SNAPSHOTS[self.generations.path] = OpenSnapshot(
                folder, commit, snapshot, _stamp(folder, commit, snapshot), watch
            )
        return snapshot

    def _open(self, folder: Path, commit: int) -> Snapshot:
        try:
            with reading(folder):
                return Snapshot(open_index(folder).reader(), self._cache_mb)
        except IndexUnavailable:
            # A writer that has committed since removes the files of the commit before.
            newest = _latest(folder)
            if newest == commit:
                raise
        return self._open(folder, newest)

    def _watched(self, held: OpenSnapshot) -> list[Path]:
        """All that shows whether what is held is still the newest, and whole."""
        toc = toc_path(held.folder, held.commit)
        files = (self.generations.live_file, toc, *_segments(held.snapshot))
        return [held.folder, *files]

    def live_index(self) -> FileIndex:
        """The live generation's index for writing; made, empty, where there is none."""
        folder = self.generations.live()
        if folder is None:
            folder = self.generations.create(self._build_schema())
            self.generations.switch(folder)
        return open_index(folder)

    def _with_new_fields(self, index: FileIndex) -> FileIndex:
        """*index* with the fields that were declared since it was made.

        A field that is in it stays of the type it was until the next rebuild.
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
        """A writer of the live generation or *folder*: commits, or cancels on error.

        Only a new generation, *folder*, is written with the help of other processes.
        Segments of more than *max_merge_docs* documents are not merged with others.
        """
        index = self._with_new_fields(
            open_index(folder) if folder else self.live_index()
        )
        try:
            writer = IndexWriter(
                index,
                unique=self._unique,
                bulk=self._bulk if folder else replace(self._bulk, processes=0),
                max_merge_docs=max_merge_docs,
            )
        except LockError as error:
            raise IndexUnavailable(
                _("Another process is writing to the index. Try again in a while.")
            ) from error
        with writer:
            yield writer

    def new_generation(self) -> Path:
        """The folder of a new generation to write to; ``publish`` puts it in use."""
        return self.generations.create(self._build_schema())

    def check_index(self, folder: Path, *, documents: int, hashes: int) -> None:
        """Raise IndexUnavailable where the generation is not what was written."""
        check_index(folder, documents=documents, hashes=hashes)

    def discard(self, folder: Path) -> None:
        """Remove a generation that could not be finished."""
        self.generations.discard(folder)

    def publish(self, folder: Path) -> None:
        """Put the generation in use; the one before it stays, those before that go."""
        previous = self.generations.live()
        self.generations.switch(folder)
        self.generations.remove_old(*(one for one in (previous, folder) if one))

    def is_current(self) -> bool:
        """Whether the live generation is of this code's schema and analyzer."""
        folder = self.generations.live()
        return folder is not None and self.generations.is_current(
            folder, self._build_schema()
        )

    def status(self) -> EngineStatus:
        """How the live index stands; raises IndexUnavailable."""
        snapshot = self.snapshot()
        folder = self.generations.live()
        alive = snapshot.live_docs
        return EngineStatus(
            documents=snapshot.max_doc if alive is None else int(alive.sum()),
            size=sum(data.file.size for data in snapshot.segments),
            segments=len(snapshot.segments),
            generation=folder.name if folder else "",
            current=self.is_current(),
        )


def _stamp(
    folder: Path, commit: int, snapshot: Snapshot
) -> tuple[FileSignature | None, ...]:
    return tuple(map(file_signature, (toc_path(folder, commit), *_segments(snapshot))))


def _segments(snapshot: Snapshot) -> list[Path]:
    return [data.file.path for data in snapshot.segments]


def _latest(folder: Path) -> int:
    with reading(folder):
        return latest_commit(folder)


class LiveIndex:
    """Whoosh's ``FileIndex`` of whichever generation is live when it is asked.

    Reading it is Whoosh's own code on our segments. Writing goes through the
    engine: ``writer`` and what needs one are Whoosh's and do not know our segments.
    """

    def __init__(self, store: IndexStore) -> None:
        self._store = store

    def refresh(self) -> Self:
        """The index itself, which is always the newest."""
        return self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store.live_index(), name)
