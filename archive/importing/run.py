"""The import loop: rows are mapped, built, written in batches, reported and counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Protocol, TypeVar

from archive.importing.mapping.columns import FieldMapping, MappedRow
from archive.importing.problems import Note, Problem, RecordRefused, Severity
from archive.importing.readers import Read, Refusal, Remark
from archive.importing.writing import Outcome, Pending, Result

BATCH_SIZE: Final = 500
# Characters of text that end a batch early, so that long records do not fill memory.
BATCH_CHARACTERS: Final = 8_000_000

Record = TypeVar("Record")


class Writer(Protocol[Record]):
    """Writes records of one kind to the database."""

    def write(self, batch: Sequence[Pending[Record]]) -> list[Outcome]:
        """Write a batch; the outcomes of its records, deferred ones left out."""
        ...

    def finish(self) -> list[Outcome]:
        """Write the records that `write` deferred; their outcomes."""
        ...

    def added_names(self) -> dict[str, int]:
        """The numbers of names added for the records, by key of the summary."""
        ...


@dataclass(frozen=True, slots=True)
class Plan(Generic[Record]):
    """The mapping, the validation and the writer of records of one kind.

    ``identifier`` is the field that identifies a record in the report.
    """

    mapping: FieldMapping
    build: Callable[[MappedRow], tuple[Record, list[Note]]]
    writer: Writer[Record]
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


class _ImportRun(Generic[Record]):
    """The state of one import: the batch being filled, and the counts."""

    def __init__(
        self,
        plan: Plan[Record],
        counts: ImportCounts,
        report: Callable[[Problem], None],
    ) -> None:
        self.plan = plan
        self.counts = counts
        self.report = report
        self.batch: list[Pending[Record]] = []
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
        self.batch.append(Pending(row.line, record))
        self.characters += sum(
            len(value) for value in row.columns.values() if isinstance(value, str)
        )

    def is_full(self) -> bool:
        return len(self.batch) >= BATCH_SIZE or self.characters >= BATCH_CHARACTERS

    def write(self) -> None:
        """Write the batch and begin a new one."""
        if self.batch:
            self.count(self.plan.writer.write(self.batch))
            self.counts.line = self.batch[-1].line
        self.batch, self.characters = [], 0

    def count(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            if outcome.result is Result.REFUSED:
                self.refuse(outcome.line, outcome.external_id, outcome.notes[0])
                continue
            self.counts.results[outcome.result] += 1
            for note in outcome.notes:
                self.warn(outcome.line, outcome.external_id, note)

    def refuse(self, line: int, name: str, note: Note) -> None:
        self.counts.results[Result.REFUSED] += 1
        self.counts.codes[note.code] += 1
        self.report(Problem(line, name, Severity.REFUSED, note))

    def warn(self, line: int, name: str, note: Note) -> None:
        self.counts.warnings += 1
        self.counts.codes[note.code] += 1
        self.report(Problem(line, name, Severity.WARNING, note))


def run_import(
    rows: Iterable[Read],
    plan: Plan[Any],
    counts: ImportCounts,
    *,
    report: Callable[[Problem], None],
    on_batch: Callable[[], None],
) -> None:
    """Import every row; *counts* is updated as it goes, also before an interruption.

    *report* is called with every problem, *on_batch* after every batch.
    """
    run: _ImportRun[Any] = _ImportRun(plan, counts, report)
    for row in rows:
        run.add(row)
        if run.is_full():
            run.write()
            on_batch()
    run.write()
    run.count(plan.writer.finish())
    used = plan.mapping.used_columns(sorted(counts.seen_columns))
    counts.unused_columns = counts.seen_columns - used
    counts.missing_columns = plan.mapping.missing_columns(counts.seen_columns)
    on_batch()
