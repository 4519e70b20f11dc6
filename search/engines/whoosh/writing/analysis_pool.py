"""Texts to the numbers of their words: in this process, or in several beside it.

The other processes are for a bulk of documents: this one reads them from the database
and writes, the others cut texts into words and look for stems and roots. Each numbers
the words that it meets by itself; here their numbers become those of one vocabulary. A
word that is new to it is described by whichever process gets the next batch, once.
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

from search.engines.whoosh.writing.vocabulary import Numbers, TermIds
from search.engines.whoosh.writing.word_records import describe_all
from search.errors import IndexUnavailable

# Words that a process knows before it begins anew: what it holds stays small.
_MAX_WORDS: Final = 200_000
# About how many bytes a process takes with them, beside Python and its modules.
PROCESS_BYTES: Final = 95 * 1024 * 1024
# Seconds to wait for a process that has been told to end.
_END_TIMEOUT: Final = 5.0


class _Job(NamedTuple):
    texts: list[str]
    # Whether the vocabulary begins anew.
    forget: bool
    # Words that this or another process has met for the first time.
    to_describe: list[bytes]


class _Answer(NamedTuple):
    numbers: Numbers
    # What the process has met for the first time, in the order of its numbers.
    new: list[bytes]
    described: bytes


@dataclass(slots=True)
class _Slot:
    """Where the answer to a batch belongs: behind those to all batches before."""

    words: TermIds
    numbers: Numbers | None = None
    described: bytes = b""


class _Process:
    """One of the processes, and what its numbers are here."""

    def __init__(self) -> None:
        # A copy of this process would take its threads' locks with it: a new one.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        # With this end open here as well, nobody would see the other process die.
        theirs.close()
        self._words = TermIds()
        self._numbers = array("I")

    def send(self, slot: _Slot, texts: list[str]) -> None:
        forget = self._words is not slot.words or len(self._numbers) > _MAX_WORDS
        if forget:
            self._words, self._numbers = slot.words, array("I")
        self._slot = slot
        self.connection.send(_Job(texts, forget, slot.words.take_new()))

    def receive(self) -> None:
        """Put the answer into the slot that waits for it."""
        answer: _Answer = self.connection.recv()
        self._numbers.extend(self._words.find(answer.new))
        tokens, sizes = answer.numbers
        numbers = np.array(self._numbers, np.uint32)[tokens]
        self._slot.numbers = Numbers(numbers, sizes)
        self._slot.described = answer.described

    def has_died(self) -> IndexUnavailable:
        """What to say where the process is gone: how it ended, and what to do."""
        self._process.join(_END_TIMEOUT)
        return IndexUnavailable(
            _(
                "A process that analyzes texts has ended before its time (status "
                "%(status)s), perhaps because memory ran out. Set INDEX_PROCESSES to 0 "
                "and try again."
            )
            % {"status": self._process.exitcode},
        )

    def end(self) -> None:
        self._process.join(_END_TIMEOUT)
        self._process.kill()
        self._process.join()


class AnalysisPool:
    """Numbers the words of batches of texts; answers come back in their order.

    With *processes* as many work beside this one, from the first batch that is
    submitted until all answers are asked for, or until it is closed.
    """

    def __init__(self, processes: int = 0) -> None:
        self._wanted = processes
        self._free: list[_Process] = []
        self._busy: dict[Connection, _Process] = {}
        self._slots: deque[_Slot] = deque()

    def close(self) -> None:
        """End the processes, and forget what they were asked."""
        processes = [*self._free, *self._busy.values()]
        self._free, self._busy = [], {}
        self._slots.clear()
        # They end side by side.
        for process in processes:
            process.connection.close()
        for process in processes:
            process.end()

    def submit(self, words: TermIds, texts: list[str]) -> None:
        """Have *texts* numbered by *words*; waits while all processes are busy.

        Raises IndexUnavailable where one of them has died.
        """
        if not self._wanted:
            self.do_here(words, texts)
            return
        if not self._free and not self._busy:
            # All at once: each takes half a second to be ready.
            for _number in range(self._wanted):
                self._free.append(_Process())
        if not self._free:
            self._receive()
        process = self._free.pop()
        # Before anything can fail: whatever is busy is ended by ``close``.
        self._busy[process.connection] = process
        self._slots.append(_Slot(words))
        try:
            process.send(self._slots[-1], texts)
        except OSError as error:
            raise process.has_died() from error

    def do_here(self, words: TermIds, texts: list[str]) -> None:
        """Number *texts* in this process: for less than it is worth to send away."""
        numbers = words.number(texts)
        self._slots.append(_Slot(words, numbers, describe_all(words.take_new())))

    def iter_ready(self) -> Iterator[Numbers]:
        """What has been answered of the batches that nobody has taken yet."""
        while self._slots and (numbers := self._slots[0].numbers):
            slot = self._slots.popleft()
            slot.words.known.extend(slot.described)
            yield numbers

    def iter_all(self) -> Iterator[Numbers]:
        """The same of all batches; waits for those that are not answered.

        Then it ends the processes: writing needs the memory that they hold.
        """
        while self._slots:
            if not self._slots[0].numbers:
                self._receive()
            yield from self.iter_ready()
        self.close()

    def _receive(self) -> None:
        if not self._busy:
            raise RuntimeError("A batch waits for an answer that nobody works at.")
        answered = wait(list(self._busy))
        for process in [self._busy[one] for one in self._busy if one in answered]:
            del self._busy[process.connection]
            self._free.append(process)
            try:
                process.receive()
            except (EOFError, OSError) as error:
                raise process.has_died() from error


def _serve(connection: Connection) -> None:
    """Answer one batch after the other, until the other process is gone."""
    # An interruption from the keyboard reaches all; only the first is to heed it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    words = TermIds()
    while True:
        try:
            job: _Job = connection.recv()
        except (EOFError, OSError):
            return
        if job.forget:
            words = TermIds()
        numbers = words.number(job.texts)
        described = describe_all(job.to_describe)
        try:
            connection.send(_Answer(numbers, words.take_new(), described))
        except OSError:
            # Whoever asked is gone.
            return
