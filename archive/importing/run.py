"""One import from beginning to end: rows, records, batches, report, counts.

Public: `run_import`, `ImportCounts`, `Plan`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Protocol, TypeVar

from archive.importing.mapping.columns import FieldMapping, MappedRow
from archive.importing.problems import Note, Problem, RecordRefused, Severity
from archive.importing.readers import Refusal, Row
from archive.importing.writing import Outcome, Pending, Result

BATCH_SIZE: Final = 500
# A batch is also closed when its lines hold this much text, so that long records
# do not fill the memory.
BATCH_CHARACTERS: Final = 8_000_000

Record = TypeVar("Record")


class Writer(Protocol[Record]):
    """What puts records into the database."""

    def write(self, batch: Sequence[Pending[Record]]) -> list[Outcome]:
        """Write *batch*; the outcomes of records that need not wait for others."""
        ...

    def finish(self) -> list[Outcome]:
        """Write the records that waited; their outcomes."""
        ...

    def added_names(self) -> dict[str, int]:
        """How many sources, topics and actors were added beside the records."""
        ...


@dataclass(frozen=True, slots=True)
class Plan(Generic[Record]):
    """How records of one kind are made and written.

    ``identifier`` names the field under which a report speaks of them.
    """

    mapping: FieldMapping
    build: Callable[[MappedRow], tuple[Record, list[Note]]]
    writer: Writer[Record]
    identifier: str


@dataclass(slots=True)
class ImportCounts:
    """How many records were read and what became of them; `line` is the last done."""

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
    """The state of one run."""

    def __init__(
        self, plan: Plan[Record], tally: ImportCounts, report: Callable[[Problem], None]
    ) -> None:
        self.plan = plan
        self.tally = tally
        self.report = report
        self.batch: list[Pending[Record]] = []
        self.characters = 0

    def take(self, row: Row | Refusal) -> None:
        """Make a record of the row and let it wait, or refuse it."""
        self.tally.read += 1
        if isinstance(row, Refusal):
            self.refuse(row.line, "", row.note)
            return
        self.tally.seen_columns.update(row.columns)
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
        """Write what waits."""
        if self.batch:
            self.count(self.plan.writer.write(self.batch))
            self.tally.line = self.batch[-1].line
        self.batch, self.characters = [], 0

    def count(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            if outcome.result is Result.REFUSED:
                self.refuse(outcome.line, outcome.external_id, outcome.notes[0])
                continue
            self.tally.results[outcome.result] += 1
            for note in outcome.notes:
                self.warn(outcome.line, outcome.external_id, note)

    def refuse(self, line: int, name: str, note: Note) -> None:
        self.tally.results[Result.REFUSED] += 1
        self.tally.codes[note.code] += 1
        self.report(Problem(line, name, Severity.REFUSED, note))

    def warn(self, line: int, name: str, note: Note) -> None:
        self.tally.warnings += 1
        self.tally.codes[note.code] += 1
        self.report(Problem(line, name, Severity.WARNING, note))


def run_import(
    rows: Iterable[Row | Refusal],
    plan: Plan[Any],
    tally: ImportCounts,
    *,
    report: Callable[[Problem], None],
    on_batch: Callable[[], None],
) -> None:
    """Import every row; *tally* is right at any moment, also after an interruption.

    *report* is told of every problem, *on_batch* after every batch.
    """
    run: _ImportRun[Any] = _ImportRun(plan, tally, report)
    for row in rows:
        run.take(row)
        if run.is_full():
            run.write()
            on_batch()
    run.write()
    run.count(plan.writer.finish())
    tally.unused_columns = tally.seen_columns - plan.mapping.columns()
    tally.missing_columns = plan.mapping.missing_columns(tally.seen_columns)
    on_batch()
