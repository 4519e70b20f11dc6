"""What became of a record.

Public: `Pending`, `Outcome`, `Result`, `write_bisecting`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from django.db import DataError, IntegrityError, transaction

from archive.importing.problems import Note, RecordRefused, excerpt

Record = TypeVar("Record")


class Result(StrEnum):
    """The value stands in summaries."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Pending(Generic[Record]):
    """A validated record that waits to be written, and its line in the file."""

    line: int
    record: Record


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the record of *line*; `notes` say why where it was refused."""

    line: int
    result: Result
    external_id: str = ""
    notes: tuple[Note, ...] = ()


def write_bisecting(
    batch: Sequence[Pending[Record]],
    write: Callable[[Sequence[Pending[Record]]], list[Outcome]],
    *,
    name: Callable[[Record], str],
    keep: Callable[[], None],
    forget: Callable[[], None],
) -> list[Outcome]:
    """Write the batch in one transaction, or its halves apart where that fails.

    So a record that the database refuses is left out alone, after a few more
    transactions: each commit also wakes the indexer, so there should be few. *keep*
    is called after each commit, *forget* after each rollback, when rows that were
    remembered may be gone.
    """
    try:
        with transaction.atomic():
            outcomes = write(batch)
    except (IntegrityError, DataError, RecordRefused) as error:
        forget()
        if len(batch) == 1:
            line, record = batch[0].line, batch[0].record
            return [Outcome(line, Result.REFUSED, name(record), (_reason(error),))]
    else:
        keep()
        return outcomes
    middle = len(batch) // 2
    outcomes = []
    for half in (batch[:middle], batch[middle:]):
        outcomes += write_bisecting(half, write, name=name, keep=keep, forget=forget)
    return outcomes


def _reason(error: Exception) -> Note:
    if isinstance(error, RecordRefused):
        return error.note
    return Note("database", values={"detail": excerpt(str(error))})
