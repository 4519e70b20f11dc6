"""The record of an import in the database: a batch, with an entry for each record.

Entries are written in the transaction of the records that they tell of, so that an
import that was killed knows to a record where it stopped.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from django.utils import timezone

from archive.importing.problems import Note, Problem, Severity
from archive.importing.run import ImportCounts, Writer
from archive.importing.writing import ArticleWriter, Outcome
from archive.insertion import insert_values
from archive.models import (
    BatchState,
    ChangeKind,
    EntryResult,
    ImportBatch,
    ImportEntry,
)
from archive.versions import Made

# Entries of a dry run that are kept to be looked at.
MAX_DRY_ENTRIES: Final = 2000


@dataclass(slots=True)
class _Entry:
    """The values of an `ImportEntry`: thousands are written, and none is read."""

    line: int
    result: EntryResult
    identifier: str
    notes: object = None
    object_id: int | None = None
    digest: int | None = None
    changes: Mapping[str, object] | None = None


_COLUMNS: Final = tuple(field.name for field in fields(_Entry))


class BatchRecord:
    """Gathers the entries of a batch; `flush` writes them.

    Of a *dry* run the entries are kept in memory until `close`, which comes after the
    rollback. *position* tells the bytes that were read of the file.
    """

    def __init__(
        self, batch: ImportBatch, position: Callable[[], int], *, dry: bool = False
    ) -> None:
        self.batch = batch
        self._position = position
        # Tells the ids of names, by kind, that the writer has added.
        self._added_ids: Callable[[], Mapping[str, Sequence[int]]] = dict
        self._added_before = dict(batch.added_names)
        self._dry = dry
        self._entries: list[_Entry] = []
        self._notes: defaultdict[int, list[list[str]]] = defaultdict(list)

    def attach(self, writer: Writer[Any]) -> None:
        """Be told what *writer* adds; it tells versions of which import they are."""
        self._added_ids = writer.added_ids
        if isinstance(writer, ArticleWriter):
            batch = self.batch
            writer.made = Made(ChangeKind.IMPORT, batch.started_by_id, batch.pk)

    def add_problem(self, problem: Problem) -> None:
        """Note a refusal before writing, or a remark on the record of its line."""
        said = _plain(problem.note)
        if problem.severity is Severity.REFUSED:
            self._add(problem.line, EntryResult.REFUSED, problem.external_id, [said])
        else:
            self._notes[problem.line].append(said)

    def add_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """Note what became of written records; refusals come as problems."""
        for each in outcomes:
            if each.result.value == EntryResult.REFUSED:
                continue
            notes = self._notes.pop(each.line, None)
            entry = self._add(
                each.line, EntryResult(each.result.value), each.external_id, notes
            )
            entry.object_id, entry.digest = each.object_id, each.digest
            entry.changes = dict(each.changes) if each.changes else None

    def flush(self, counts: ImportCounts) -> None:
        """Write the entries, and how far the import has come."""
        self.batch.records_read = counts.read
        self.batch.bytes_read = self._position()
        if self._dry:
            return
        self._write()
        self._note_names()
        self.batch.save(
            update_fields=["records_read", "bytes_read", "added_names", "seen_at"]
        )

    def finish(self, summary: Mapping[str, object]) -> None:
        """Close a batch that came to its end."""
        self.batch.summary = dict(summary)
        self.close(BatchState.FINISHED)

    def close(self, state: BatchState, *, error: str = "") -> None:
        """Write what is left, and the state."""
        for line, notes in self._notes.items():
            self._add(line, EntryResult.REMARK, "", notes)
        self._notes.clear()
        if self._dry:
            self._entries = _most_telling(self._entries)
        self._write()
        batch = self.batch
        batch.state, batch.error, batch.finished_at = state, error, timezone.now()
        batch.save()

    def _note_names(self) -> None:
        """Keep the names that were added, also those before the import was resumed."""
        self.batch.added_names = {
            kind: [*self._added_before.get(kind, ()), *ids]
            for kind, ids in self._added_ids().items()
        }

    def _add(
        self, line: int, result: EntryResult, identifier: str, notes: object
    ) -> _Entry:
        entry = _Entry(line, result, identifier[:300], notes or None)
        self._entries.append(entry)
        return entry

    def _write(self) -> None:
        entries, self._entries = self._entries, []
        columns: dict[str, list[Any]] = {
            name: [getattr(entry, name) for entry in entries] for name in _COLUMNS
        }
        columns["batch"] = [self.batch.pk] * len(entries)
        insert_values(ImportEntry, columns)


def _most_telling(entries: list[_Entry]) -> list[_Entry]:
    """At most `MAX_DRY_ENTRIES`, refusals and remarks before others, by line."""

    def is_plain(entry: _Entry) -> bool:
        return entry.result != EntryResult.REFUSED and not entry.notes

    kept = sorted(entries, key=is_plain)[:MAX_DRY_ENTRIES]
    return sorted(kept, key=lambda entry: entry.line)


def _plain(note: Note) -> list[str]:
    return [note.code, note.field, note.message]
