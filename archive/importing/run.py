"""The import loop: rows are mapped, built, written in batches, reported and counted."""

import gc
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Protocol, TypeVar

from django.db import transaction

from archive.importing.mapping.columns import FieldMapping, MappedRow
from archive.importing.problems import Note, Problem, RecordRefused, Severity
from archive.importing.readers import Read, Refusal, Remark
from archive.importing.writing import Outcome, Pending, Result

BATCH_SIZE: Final = 500
_DIGEST_BYTES: Final = 8
# Characters of text that end a batch early, so that long records do not fill memory.
BATCH_CHARACTERS: Final = 8_000_000
# New objects after which garbage is looked for: those of a batch live until it is
# written, and looking among them took a twelfth of an import.
_GC_THRESHOLD: Final = 100_000

Item = TypeVar("Item")


class Writer(Protocol[Item]):
    """Writes records of one kind to the database."""

    def write(self, batch: Sequence[Pending[Item]]) -> list[Outcome]:
        """Write a batch; the outcomes of its records, deferred ones left out."""
        ...

    def finish(self) -> list[Outcome]:
        """Write the records that `write` deferred; their outcomes."""
        ...

    def added_names(self) -> dict[str, int]:
        """The numbers of names added for the records, by key of the summary."""
        ...

    def added_ids(self) -> Mapping[str, Sequence[int]]:
        """The ids of the sources, topics and actors added for the records."""
        ...


class Record(Protocol):
    """Keeps what became of each record, in the transaction of the records."""

    def add_problem(self, problem: Problem) -> None:
        """A refusal or a remark."""
        ...

    def add_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """What became of the records of a batch."""
        ...

    def flush(self, counts: "ImportCounts") -> None:
        """Write what was added; called within the transaction."""
        ...


@dataclass(frozen=True, slots=True)
class Plan(Generic[Item]):
    """The mapping, the validation and the writer of records of one kind.

    ``identifier`` is the field that identifies a record in the report.
    """

    mapping: FieldMapping
    build: Callable[[MappedRow], tuple[Item, list[Note]]]
    writer: Writer[Item]
    identifier: str


@dataclass(slots=True)
class ImportCounts:
    """Counts of records read, by result and by code of problem.

    `line` is the last line of the last committed batch.
    """

    read: int = 0
    warnings: int = 0
    line: int = 0
    results: Counter[Result] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    unused_columns: set[str] = field(default_factory=set)
    seen_columns: set[str] = field(default_factory=set)
    missing_columns: set[str] = field(default_factory=set)

    @property
    def refused(self) -> int:
        """The number of refused records."""
        return self.results[Result.REFUSED]


class _ImportRun(Generic[Item]):
    """The state of one import: the batch being filled, and the counts."""

    def __init__(
        self,
        plan: Plan[Item],
        counts: ImportCounts,
        report: Callable[[Problem], None],
        record: "Record | None",
    ) -> None:
        self.plan = plan
        self.record = record
        self.counts = counts
        self.report = report
        self.batch: list[Pending[Item]] = []
        self.characters = 0

    def add(self, row: Read) -> None:
        """Build the record of the row and add it to the batch, or refuse it."""
        if isinstance(row, Remark):
            self.warn(row.line, "", row.note)
            return
        self.counts.read += 1
        if isinstance(row, Refusal):
            self.refuse(row.line, "", row.note)
            return
        self.counts.seen_columns.update(row.columns)
        mapped = self.plan.mapping.apply(row)
        identifier = mapped.values.get(self.plan.identifier)
        name = identifier if isinstance(identifier, str) else ""
        try:
            record, notes = self.plan.build(mapped)
        except RecordRefused as refused:
            self.refuse(row.line, name, refused.note)
            return
        for note in notes:
            self.warn(row.line, name, note)
        self.batch.append(Pending(row.line, record, digest_of(mapped.values)))
        self.characters += sum(
            len(value) for value in row.columns.values() if isinstance(value, str)
        )

    def is_full(self) -> bool:
        return len(self.batch) >= BATCH_SIZE or self.characters >= BATCH_CHARACTERS

    def write(self) -> None:
        """Write the batch and begin a new one."""
        with transaction.atomic():
            if self.batch:
                self.count(self.plan.writer.write(self.batch))
                self.counts.line = self.batch[-1].line
            if self.record:
                self.record.flush(self.counts)
        self.batch, self.characters = [], 0

    def finish(self) -> None:
        """Write the batch and the records that the writer has deferred."""
        self.write()
        with transaction.atomic():
            self.count(self.plan.writer.finish())
            if self.record:
                self.record.flush(self.counts)

    def count(self, outcomes: Iterable[Outcome]) -> None:
        outcomes = list(outcomes)
        for outcome in outcomes:
            if outcome.result is Result.REFUSED:
                self.refuse(outcome.line, outcome.external_id, outcome.notes[0])
                continue
            self.counts.results[outcome.result] += 1
            for note in outcome.notes:
                self.warn(outcome.line, outcome.external_id, note)
        if self.record:
            self.record.add_outcomes(outcomes)

    def refuse(self, line: int, name: str, note: Note) -> None:
        self.counts.results[Result.REFUSED] += 1
        self.counts.codes[note.code] += 1
        self._tell(Problem(line, name, Severity.REFUSED, note))

    def warn(self, line: int, name: str, note: Note) -> None:
        self.counts.warnings += 1
        self.counts.codes[note.code] += 1
        self._tell(Problem(line, name, Severity.WARNING, note))

    def _tell(self, problem: Problem) -> None:
        self.report(problem)
        if self.record:
            self.record.add_problem(problem)


def run_import(
    rows: Iterable[Read],
    plan: Plan[Any],
    counts: ImportCounts,
    *,
    report: Callable[[Problem], None],
    on_batch: Callable[[], None],
    record: Record | None = None,
    skip: int = 0,
) -> None:
    """Import every row; *counts* is updated as it goes, also before an interruption.

    *report* is called with every problem, *on_batch* after every batch, *record* within
    the transaction of each. The first *skip* records were imported before.
    """
    run: _ImportRun[Any] = _ImportRun(plan, counts, report, record)
    with _rare_collections():
        for row in rows:
            if counts.read < skip and not isinstance(row, Remark):
                counts.read += 1
                continue
            run.add(row)
            if run.is_full():
                run.write()
                on_batch()
        run.finish()
    used = plan.mapping.used_columns(sorted(counts.seen_columns))
    counts.unused_columns = counts.seen_columns - used
    counts.missing_columns = plan.mapping.missing_columns(counts.seen_columns)
    on_batch()


@contextmanager
def _rare_collections() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(_GC_THRESHOLD, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def digest_of(values: Mapping[str, object]) -> int:
    """The digest of a record as the file has it, a signed number of 64 bits.

    >>> digest_of({"title": "دجلة"}) == digest_of({"title": "دجلة"})
    True
    """
    text = "".join(
        f"{name}\0{value if isinstance(value, str) else repr(value)}\0"
        for name, value in values.items()
    )
    # Letters of Arabic are two bytes in memory too, so that this is a copy.
    content = text.encode("utf-16-le", errors="surrogatepass")
    # Processors have instructions for SHA-256, none for BLAKE2.
    digest = hashlib.sha256(content).digest()[:_DIGEST_BYTES]
    return int.from_bytes(digest, signed=True)
