"""IndexWriter: adds, replaces and deletes documents, and commits all at once.

Lock, table of contents and removal of old files are Whoosh's; the segments are written
here. A writer that dies leaves the last commit as it was.
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
from search.engines.whoosh.files import remove_temporary_files, sync_file
from search.engines.whoosh.writing.analysis_pool import WORKER_BYTES, AnalysisPool
from search.engines.whoosh.writing.inversion import SORT_BYTES
from search.engines.whoosh.writing.merger import find_merges, merge_segments
from search.engines.whoosh.writing.segment_writer import SegmentWriter
from search.engines.whoosh.writing.term_merger import MergeSource

# Seconds to wait for another writer, and between two attempts.
LOCK_TIMEOUT: Final = 30.0
LOCK_DELAY: Final = 0.05

_MEBIBYTE: Final = 1024 * 1024
# Memory of writing a segment, as a multiple of that of its buffer (measured).
_FLUSH_OVERHEAD: Final = 4 / 3
# The least buffer, whatever the limits: small segments would be merged again and again.
_MIN_BUFFER_BYTES: Final = 32 * _MEBIBYTE


@dataclass(frozen=True, slots=True)
class WriterLimits:
    """Bounds of writing many documents: memory in MiB, and worker processes."""

    memory_mb: int = 512
    processes: int = 0

    @property
    def buffer_bytes(self) -> int:
        """The bytes of memory for the buffer of one segment."""
        memory = self.memory_mb * _MEBIBYTE
        # Workers have ended when a segment is flushed, which is when tokens are sorted.
        while_adding = memory - self.processes * WORKER_BYTES
        while_flushing = int((memory - SORT_BYTES) / _FLUSH_OVERHEAD)
        return max(min(while_adding, while_flushing), _MIN_BUFFER_BYTES)


DEFAULT_LIMITS: Final = WriterLimits()


class IndexWriter:
    """Writes to *index* until ``commit`` or ``cancel``.

    As a context manager it commits at the end, and cancels on an exception. *unique* is
    the field whose values identify documents. Segments of more than *max_merge_docs*
    documents are not merged with others. Raises Whoosh's LockError if another writer
    holds the lock for *timeout* seconds.
    """

    def __init__(
        self,
        index: FileIndex,
        *,
        unique: str,
        timeout: float = LOCK_TIMEOUT,
        limits: WriterLimits = DEFAULT_LIMITS,
        max_merge_docs: int | None = None,
    ) -> None:
        self._index = index
        self._folder = Path(index.storage.folder)
        self._max_merge_docs = max_merge_docs
        self._unique = unique
        self._lock = index.lock("WRITELOCK")
        if not try_for(self._lock.acquire, timeout=timeout, delay=LOCK_DELAY):
            raise LockError
        self._limits = limits
        self._analysis = AnalysisPool(limits.processes)
        # The segment files of this commit.
        self._new_files: list[Path] = []
        try:
            toc = TOC.read(index.storage, index.indexname)
            self.schema = index._schema or toc.schema
            self._commit_number = toc.generation + 1
            self._segments: list[ArraySegment] = list(toc.segments)
            self._start_segment()
        except BaseException:
            self._lock.release()
            raise

    def _start_segment(self) -> None:
        self._buffer = SegmentWriter(self.schema, self._analysis, self._folder)
        # Document numbers in the buffer: by unique value, and those to be deleted.
        self._buffered: dict[str, int] = {}
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
        """Add *document*; it replaces the one with the same unique value."""
        key = str(document[self._unique])
        replaced = self._buffered.get(key)
        if replaced is not None:
            self._replaced.add(replaced)
        self._buffered[key] = self._buffer.doc_count
        self._buffer.add(document)
        if (
            self._buffer.should_measure
            and self._buffer.ram_bytes_used() >= self._limits.buffer_bytes
        ):
            self._flush()

    def delete(self, name: str, value: str) -> int:
        """Delete the documents with *value* in the field *name*; returns how many."""
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
        lists = field.lists_of(field.terms.find_all(values))
        for docnum in field.docs(lists).tolist():
            segment.delete_document(docnum)
        return segment.deleted_count() - before

    def _new_segment(self) -> tuple[ArraySegment, Path]:
        segment = ArraySegment(self._index.indexname)
        path = segment.path(self._index.storage)
        self._new_files.append(path)
        return segment, path

    def _flush(self) -> None:
        """Write the buffered documents as a segment."""
        if not self._buffer.doc_count:
            return
        # All at once: a lookup for each would take most of the time of a rebuild.
        self._delete(self._unique, [key.encode() for key in self._buffered])
        segment, path = self._new_segment()
        self._buffer.write(path)
        self._buffer.close()
        segment.set_doc_count(self._buffer.doc_count)
        for docnum in self._replaced:
            segment.delete_document(docnum)
        self._segments.append(segment)
        self._start_segment()

    def _merge(self, merged: list[ArraySegment]) -> None:
        """Replace segments by one of their live documents, if there are any."""
        sources = []
        for segment in merged:
            reader = open_segment(segment.path(self._index.storage))
            live_docs = np.ones(reader.max_doc, bool)
            live_docs[list(segment.deleted_docs())] = False
            sources.append(MergeSource(reader, live_docs))
        segments = [segment for segment in self._segments if segment not in merged]
        if any(source.num_docs for source in sources):
            segment, path = self._new_segment()
            segment.set_doc_count(merge_segments(self.schema, sources, path))
            segments.append(segment)
        self._segments = segments

    def commit(self, *, optimize: bool = False) -> None:
        """Make all changes visible to new readers, and release the lock.

        Small segments are merged first; with *optimize*, all segments.
        """
        try:
            self._flush()
            self._segments = [each for each in self._segments if each.doc_count()]
            sizes = [segment.doc_count() for segment in self._segments]
            chosen = (
                range(len(sizes))
                if optimize
                else find_merges(sizes, self._max_merge_docs)
            )
            if chosen:
                self._merge([self._segments[at] for at in chosen])
            self._sync_new_files()
            toc = TOC(self.schema, self._segments, self._commit_number)
            write_toc(self._folder, toc)
            # Before the lock is released: the files of the next writer look unused.
            clean_files(
                self._index.storage,
                self._index.indexname,
                self._commit_number,
                self._segments,
            )
            remove_temporary_files(self._folder)
        except BaseException:
            self._remove_new_files()
            raise
        finally:
            self._close()

    def _sync_new_files(self) -> None:
        """Sync the new segments to disk; those that were merged again need not be."""
        for segment in self._segments:
            path = segment.path(self._index.storage)
            if path in self._new_files:
                sync_file(path)

    def cancel(self) -> None:
        """Drop all changes, and release the lock."""
        try:
            self._remove_new_files()
        finally:
            self._close()

    def _remove_new_files(self) -> None:
        # An interrupt may come after the commit, to which the files belong then.
        if latest_commit(self._folder) >= self._commit_number:
            return
        for path in self._new_files:
            with contextlib.suppress(FileNotFoundError):
                path.unlink()

    def _close(self) -> None:
        with contextlib.ExitStack() as stack:
            stack.callback(self._lock.release)
            stack.callback(self._analysis.close)
            stack.callback(self._buffer.close)
