"""The index as a process sees it: the live generation, opened once, kept fresh."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from django.utils.translation import gettext_lazy as _
from whoosh.fields import Schema
from whoosh.index import FileIndex, LockError

from search.engines.contract import EngineStatus
from search.engines.whoosh.generations import Generations, open_index, reading
from search.engines.whoosh.sealing import find_toc, latest_commit
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.verifying import check_new
from search.engines.whoosh.whole_files import Stamp, stamp_file
from search.engines.whoosh.writer import ArrayWriter
from search.errors import IndexUnavailable


@dataclass(frozen=True, slots=True)
class _Held:
    """An open commit, and the stamps that its files had when they were opened.

    Nobody writes to a finished file: where its stamp is another, what was checked is
    no longer what is mapped.
    """

    commit: int
    snapshot: Snapshot
    stamps: tuple[Stamp | None, ...]

    def is_as_opened(self, folder: Path) -> bool:
        """Whether nobody has written to the files of the commit since."""
        return self.stamps == _stamp_all(folder, self.commit, self.snapshot)


# One snapshot a generation folder, shared by the threads of a process.
_SNAPSHOTS: Final[dict[Path, _Held]] = {}
_OPENING: Final = Lock()


class IndexStore:
    """Reads and writes the index under *path*.

    *build_schema* tells the schema that the code wants; it is called when a
    generation is made or written to. Reading never creates, clears or repairs.
    """

    def __init__(
        self, path: Path, *, unique: str, build_schema: Callable[[], Schema]
    ) -> None:
        self.generations = Generations(path)
        self._unique = unique
        self._build_schema = build_schema

    def snapshot(self) -> Snapshot:
        """The newest commit of the live generation; raises IndexUnavailable."""
        folder = self.generations.live()
        if folder is None:
            raise IndexUnavailable(
                _("There is no index yet. Build it with rebuild_index.")
            )
        commit = _latest(folder)
        held = _SNAPSHOTS.get(folder)
        if held and held.commit == commit and held.is_as_opened(folder):
            return held.snapshot
        with _OPENING:
            snapshot = _open(folder, commit)
            # Other generations are gone or going; their files stay mapped while in use.
            for other in [
                known for known in _SNAPSHOTS if known.parent == folder.parent
            ]:
                del _SNAPSHOTS[other]
            _SNAPSHOTS[folder] = _Held(
                commit, snapshot, _stamp_all(folder, commit, snapshot)
            )
        return snapshot

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
        self, folder: Path | None = None, *, merge_up_to: int | None = None
    ) -> Iterator[ArrayWriter]:
        """A writer of the live generation or *folder*: commits, or cancels on error.

        Segments of more than *merge_up_to* documents are not merged with others.
        """
        index = self._with_new_fields(
            open_index(folder) if folder else self.live_index()
        )
        try:
            writer = ArrayWriter(index, unique=self._unique, merge_up_to=merge_up_to)
        except LockError as error:
            raise IndexUnavailable(
                _("Another process is writing to the index. Try again in a while.")
            ) from error
        with writer:
            yield writer

    def new_generation(self) -> Path:
        """The folder of a new generation to write to; ``go_live`` puts it in use."""
        return self.generations.create(self._build_schema())

    def check_new(self, folder: Path, *, documents: int, hashes: int) -> None:
        """Raise IndexUnavailable where the generation is not what was written."""
        check_new(folder, documents=documents, hashes=hashes)

    def discard(self, folder: Path) -> None:
        """Remove a generation that could not be finished."""
        self.generations.discard(folder)

    def go_live(self, folder: Path) -> None:
        """Put the generation in use; the one before it stays, those before that go."""
        previous = self.generations.live()
        self.generations.switch(folder)
        self.generations.sweep(*(one for one in (previous, folder) if one))

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
        alive = snapshot.alive
        return EngineStatus(
            documents=snapshot.count if alive is None else int(alive.sum()),
            size=sum(data.file.size for data in snapshot.segments),
            segments=len(snapshot.segments),
            generation=folder.name if folder else "",
            current=self.is_current(),
        )


def _stamp_all(
    folder: Path, commit: int, snapshot: Snapshot
) -> tuple[Stamp | None, ...]:
    segments = (data.file.path for data in snapshot.segments)
    return tuple(map(stamp_file, (find_toc(folder, commit), *segments)))


def _latest(folder: Path) -> int:
    with reading(folder):
        return latest_commit(folder)


def _open(folder: Path, commit: int) -> Snapshot:
    try:
        with reading(folder):
            return Snapshot(open_index(folder).reader())
    except IndexUnavailable:
        # A writer that has committed since removes the files of the commit before.
        newest = _latest(folder)
        if newest == commit:
            raise
    return _open(folder, newest)
