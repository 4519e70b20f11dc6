"""Tokenization and analysis of texts, in this process or in worker processes.

Workers are for the many documents of a rebuild: this process reads them from the
database and writes the index, the workers tokenize texts and find stems and roots. Each
worker numbers the words that it meets; their ids are mapped to those of one ``TermIds``
here. A word that is new to that is analyzed once, by the worker that gets the next
batch.
"""

from __future__ import annotations

import multiprocessing
import signal
from array import array
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Final, NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from search.engines.whoosh.garbage import rare_collections
from search.engines.whoosh.writing.vocabulary import TermIds, TokenizedTexts
from search.engines.whoosh.writing.word_records import analyze_words
from search.errors import IndexUnavailable

# Words that a worker numbers before it starts anew, which bounds its memory.
_MAX_WORKER_WORDS: Final = 200_000
# About the bytes of memory that so many words take in a worker (measured).
WORKER_BYTES: Final = 95 * 1024 * 1024
# Seconds to wait for a worker that was told to end.
_JOIN_TIMEOUT: Final = 5.0


class _Job(NamedTuple):
    texts: list[str]
    # Whether the worker's ids start anew.
    reset: bool
    # Words that this or another worker has met for the first time.
    to_analyze: list[bytes]


class _Result(NamedTuple):
    # With the worker's own ids.
    texts: TokenizedTexts
    # The words that the worker has numbered since the last result, by its ids.
    new_words: list[bytes]
    # The lines of the job's ``to_analyze``.
    lines: bytes


@dataclass(slots=True)
class _Batch:
    """Texts that were submitted, and their result once it is there."""

    term_ids: TermIds
    texts: TokenizedTexts | None = None
    lines: bytes = b""


class _Worker:
    """A worker process, and the map of its ids to those of the current ``TermIds``."""

    def __init__(self) -> None:
        # A forked process would inherit locks that other threads hold.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        # With this end open here too, reading would not notice that the worker died.
        theirs.close()
        self._term_ids = TermIds()
        self._id_map = array("I")

    def send(self, batch: _Batch, texts: list[str]) -> None:
        """Send *texts* to the worker; ``receive`` completes *batch*."""
        is_other = self._term_ids is not batch.term_ids
        reset = is_other or len(self._id_map) > _MAX_WORKER_WORDS
        if reset:
            self._term_ids, self._id_map = batch.term_ids, array("I")
        self._batch = batch
        self.connection.send(_Job(texts, reset, batch.term_ids.take_new()))

    def receive(self) -> None:
        """Receive the result of the batch that was sent last."""
        result: _Result = self.connection.recv()
        self._id_map.extend(self._term_ids.ids_of(result.new_words))
        term_ids, sizes = result.texts
        mapped = np.array(self._id_map, np.uint32)[term_ids]
        self._batch.texts = TokenizedTexts(mapped, sizes)
        self._batch.lines = result.lines

    def death(self) -> IndexUnavailable:
        """The error to raise if the worker has died, with its exit status."""
        self._process.join(_JOIN_TIMEOUT)
        return IndexUnavailable(
            _(
                "A process that analyzes texts has ended before its time (status "
                "%(status)s), perhaps because memory ran out. Set INDEX_PROCESSES to 0 "
                "and try again."
            )
            % {"status": self._process.exitcode},
        )

    def end(self) -> None:
        """Wait for the worker, whose connection is closed, and kill it if need be."""
        self._process.join(_JOIN_TIMEOUT)
        self._process.kill()
        self._process.join()


class AnalysisPool:
    """Tokenizes batches of texts; results come in the order of the batches.

    *processes* workers start with the first batch that is submitted and end when all
    results have been read, or with ``close``. With 0, this process does the work.
    """

    def __init__(self, processes: int = 0) -> None:
        self._process_count = processes
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, _Worker] = {}
        # Batches whose results have not been read, in order.
        self._batches: deque[_Batch] = deque()

    def close(self) -> None:
        """End the workers, and drop all batches."""
        workers = [*self._idle, *self._busy.values()]
        self._idle, self._busy = [], {}
        self._batches.clear()
        # Close all connections first, so that the workers end at the same time.
        for worker in workers:
            worker.connection.close()
        for worker in workers:
            worker.end()

    def submit(self, term_ids: TermIds, texts: list[str]) -> None:
        """Submit a batch to be numbered by *term_ids*; waits for an idle worker.

        Raises IndexUnavailable if a worker has died.
        """
        if not self._process_count:
            self.run(term_ids, texts)
            return
        if not self._idle and not self._busy:
            # All at once: starting one takes half a second.
            for _number in range(self._process_count):
                self._idle.append(_Worker())
        if not self._idle:
            self._receive()
        worker = self._idle.pop()
        # Before the first thing that can fail: ``close`` ends busy workers, too.
        self._busy[worker.connection] = worker
        self._batches.append(_Batch(term_ids))
        try:
            worker.send(self._batches[-1], texts)
        except OSError as error:
            raise worker.death() from error

    def run(self, term_ids: TermIds, texts: list[str]) -> None:
        """Process a batch in this process: for too few texts to send."""
        tokenized = term_ids.tokenize(texts)
        lines = analyze_words(term_ids.take_new())
        self._batches.append(_Batch(term_ids, tokenized, lines))

    def iter_ready(self) -> Iterator[TokenizedTexts]:
        """The results that are there, up to the first batch without one."""
        while self._batches and (texts := self._batches[0].texts):
            batch = self._batches.popleft()
            batch.term_ids.records.extend(batch.lines)
            yield texts

    def iter_all(self) -> Iterator[TokenizedTexts]:
        """The results of all batches, waiting for them.

        Then the workers are ended: writing a segment needs their memory.
        """
        while self._batches:
            if not self._batches[0].texts:
                self._receive()
            yield from self.iter_ready()
        self.close()

    def _receive(self) -> None:
        """Wait for at least one result."""
        if not self._busy:
            raise RuntimeError("A batch waits for a result, and no worker is busy.")
        ready = wait(list(self._busy))
        for worker in [self._busy[each] for each in self._busy if each in ready]:
            del self._busy[worker.connection]
            self._idle.append(worker)
            try:
                worker.receive()
            except (EOFError, OSError) as error:
                raise worker.death() from error


@rare_collections()
def _serve(connection: Connection) -> None:
    """Answer one job after the other, until the connection is closed."""
    # SIGINT goes to the whole process group; only the parent handles it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    term_ids = TermIds()
    while True:
        try:
            job: _Job = connection.recv()
        except (EOFError, OSError):
            return
        if job.reset:
            term_ids = TermIds()
        texts = term_ids.tokenize(job.texts)
        lines = analyze_words(job.to_analyze)
        try:
            connection.send(_Result(texts, term_ids.take_new(), lines))
        except OSError:
            return
