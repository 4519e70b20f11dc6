"""Changes to an index: documents in and out, then one commit that readers see at once.

The lock, the table of contents and the sweeping of files are Whoosh's own; the
segments are ours. A writer that dies leaves the index as it was.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from whoosh.index import TOC, FileIndex, LockError, clean_files
from whoosh.util.filelock import try_for

from search.engines.whoosh.codec.segment_reader import open_segment
from search.engines.whoosh.codec.toc import latest_commit, write_toc
from search.engines.whoosh.codec.whoosh_codec import ArraySegment
from search.engines.whoosh.files import remove_temporary_files
from search.engines.whoosh.writing.analysis_pool import PROCESS_BYTES, AnalysisPool
from search.engines.whoosh.writing.inversion import SORTING_BYTES
from search.engines.whoosh.writing.merger import find_merges, merge_segments
from search.engines.whoosh.writing.segment_writer import SegmentWriter
from search.engines.whoosh.writing.term_merger import Part

# Seconds to wait for another writer, and between two tries.
LOCK_TIMEOUT: Final = 30.0
LOCK_DELAY: Final = 0.05

_MEGABYTE: Final = 1024 * 1024
# How much larger what is gathered is while it is written.
_GROWTH_IN_WRITING: Final = 4 / 3
# However little memory is allowed: smaller segments would be merged again and again.
_LEAST_GATHERED: Final = 32 * _MEGABYTE


@dataclass(frozen=True, slots=True)
class WriterLimits:
    """What writing many documents may use: memory in MiB, and other processes."""

    memory_mb: int = 512
    processes: int = 0

    @property
    def buffer_bytes(self) -> int:
        """The bytes that are left for one segment's documents."""
        all_bytes = self.memory_mb * _MEGABYTE
        # The processes work while documents are gathered, sorting is for writing them.
        gathering = all_bytes - self.processes * PROCESS_BYTES
        writing = int((all_bytes - SORTING_BYTES) / _GROWTH_IN_WRITING)
        return max(min(gathering, writing), _LEAST_GATHERED)


DEFAULT_LIMITS: Final = WriterLimits()


class IndexWriter:
    """Writes to *index* until ``commit`` or ``cancel``; a context manager does either.

    *unique* is the field whose value no two documents share. *bulk* says what
    gathering and writing may use.
    Segments of more than *merge_up_to* documents are not merged with others. Raises
    Whoosh's LockError when another writer stays longer than *timeout* seconds.
    """

    def __init__(
        self,
        index: FileIndex,
        *,
        unique: str,
        timeout: float = LOCK_TIMEOUT,
        bulk: WriterLimits = DEFAULT_LIMITS,
        max_merge_docs: int | None = None,
    ) -> None:
        self._index = index
        self._folder = Path(index.storage.folder)
        self._merge_up_to = max_merge_docs
        self._unique = unique
        self._lock = index.lock("WRITELOCK")
        if not try_for(self._lock.acquire, timeout=timeout, delay=LOCK_DELAY):
            raise LockError
        self._bulk = bulk
        self._analysis = AnalysisPool(bulk.processes)
        self._written: list[Path] = []
        try:
            info = TOC.read(index.storage, index.indexname)
            self.schema = index._schema or info.schema
            self._generation = info.generation + 1
            self._segments: list[ArraySegment] = list(info.segments)
            self._start_builder()
        except BaseException:
            self._lock.release()
            raise

    def _start_builder(self) -> None:
        self._builder = SegmentWriter(self.schema, self._analysis, self._folder)
        self._pending: dict[str, int] = {}
        self._replaced: set[int] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.commit()
            return
        self.cancel()

    def update_document(self, document: Mapping[str, Any]) -> None:
        """Add *document*, in place of the one with the same unique value."""
        key = str(document[self._unique])
        before = self._pending.get(key)
        if before is not None:
            self._replaced.add(before)
        self._pending[key] = self._builder.count
        self._builder.add(document)
        if self._builder.is_due and self._builder.measure() >= self._bulk.buffer_bytes:
            self._flush()

    def delete(self, name: str, value: str) -> int:
        """Take out the documents whose field *name* holds *value*; returns how many."""
        self._flush()
        return self._delete(name, [value.encode()])

    def _delete(self, name: str, values: Collection[bytes]) -> int:
        return sum(self._delete_in(segment, name, values) for segment in self._segments)

    def _delete_in(
        self, segment: ArraySegment, name: str, values: Collection[bytes]
    ) -> int:
        field = open_segment(segment.path(self._index.storage)).field(name)
        if field is None:
            return 0
        before = segment.deleted_count()
        found = field.lists_of(field.terms.find_all(values))
        for docnum in field.docs(found).tolist():
            segment.delete_document(docnum)
        return segment.deleted_count() - before

    def _new_segment(self) -> tuple[ArraySegment, Path]:
        segment = ArraySegment(self._index.indexname)
        path = segment.path(self._index.storage)
        self._written.append(path)
        return segment, path

    def _flush(self) -> None:
        if not self._builder.count:
            return
        # All at once: in a bulk of documents one look-up each would take longest.
        self._delete(self._unique, [key.encode() for key in self._pending])
        segment, path = self._new_segment()
        self._builder.write(path)
        self._builder.close()
        segment.set_doc_count(self._builder.count)
        for docnum in self._replaced:
            segment.delete_document(docnum)
        self._segments.append(segment)
        self._start_builder()

    def _merge(self, chosen: list[ArraySegment]) -> None:
        parts = []
        for old in chosen:
            data = open_segment(old.path(self._index.storage))
            alive = np.ones(data.max_doc, bool)
            alive[list(old.deleted_docs())] = False
            parts.append(Part(data, alive))
        kept = [segment for segment in self._segments if segment not in chosen]
        if any(part.count for part in parts):
            segment, path = self._new_segment()
            segment.set_doc_count(merge_segments(self.schema, parts, path))
            kept.append(segment)
        self._segments = kept

    def commit(self, *, optimize: bool = False) -> None:
        """Make all changes visible to new readers, and give up the lock.

        Small segments are merged; *optimize* merges all.
        """
        try:
            self._flush()
            self._segments = [one for one in self._segments if one.doc_count()]
            sizes = [segment.doc_count() for segment in self._segments]
            chosen = (
                range(len(sizes)) if optimize else find_merges(sizes, self._merge_up_to)
            )
            if chosen:
                self._merge([self._segments[at] for at in chosen])
            toc = TOC(self.schema, self._segments, self._generation)
            write_toc(self._folder, toc)
            # Under the lock: the next writer's files must not be taken for leftovers.
            clean_files(
                self._index.storage,
                self._index.indexname,
                self._generation,
                self._segments,
            )
            remove_temporary_files(self._folder)
        except BaseException:
            self._drop_written()
            raise
        finally:
            self._give_up()

    def _give_up(self) -> None:
        with contextlib.ExitStack() as last:
            last.callback(self._lock.release)
            last.callback(self._analysis.close)
            last.callback(self._builder.close)

    def cancel(self) -> None:
        """Forget all changes and give up the lock."""
        try:
            self._drop_written()
        finally:
            self._give_up()

    def _drop_written(self) -> None:
        # An interruption may come after the commit, whose files these are then.
        if latest_commit(self._folder) >= self._generation:
            return
        for path in self._written:
            with contextlib.suppress(FileNotFoundError):
                path.unlink()
