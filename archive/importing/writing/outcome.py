"""Outcomes of records, and the transaction of a batch."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from django.db import DataError, IntegrityError, transaction

from archive.importing.problems import Note, RecordRefused, excerpt

Record = TypeVar("Record")


class Result(StrEnum):
    """The values are keys of the summary."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Pending(Generic[Record]):
    """A validated record to be written, its line in the file and its digest."""

    line: int
    record: Record
    digest: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of the record at *line*; the first of `notes` explains a refusal.

    `object_id` is the row's, `changes` the old and the new value of each changed field,
    `digest` that of the record as the file has it.
    """

    line: int
    result: Result
    external_id: str = ""
    notes: tuple[Note, ...] = ()
    object_id: int | None = None
    changes: Mapping[str, object] | None = None
    digest: int | None = None


def write_bisecting(
    batch: Sequence[Pending[Record]],
    write: Callable[[Sequence[Pending[Record]]], list[Outcome]],
    *,
    identify: Callable[[Record], str],
    on_commit: Callable[[], None],
    on_rollback: Callable[[], None],
) -> list[Outcome]:
    """Write the batch in one transaction; bisect it where the transaction fails.

    Only records that the database rejects are refused, at the cost of a logarithmic
    number of transactions for each; a transaction a record would wake the indexer too
    often. *identify* gives the identifier of a record for its outcome. *on_commit* and
    *on_rollback* are called after each commit and each rollback.
    """
    try:
        with transaction.atomic():
            outcomes = write(batch)
    except (IntegrityError, DataError, RecordRefused) as error:
        on_rollback()
        if len(batch) == 1:
            line, identifier = batch[0].line, identify(batch[0].record)
            return [Outcome(line, Result.REFUSED, identifier, (_reason(error),))]
    else:
        on_commit()
        return outcomes
    middle = len(batch) // 2
    outcomes = []
    for half in (batch[:middle], batch[middle:]):
        outcomes += write_bisecting(
            half,
            write,
            identify=identify,
            on_commit=on_commit,
            on_rollback=on_rollback,
        )
    return outcomes


def _reason(error: Exception) -> Note:
    if isinstance(error, RecordRefused):
        return error.note
    return Note("database", values={"detail": excerpt(str(error))})
