"""Undoing an import of actors, sources or topics.

What a person has edited since, a later import has changed, or anything refers to stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from archive.importing.writing import ALIASES
from archive.models import (
    Actor,
    ActorAlias,
    BatchState,
    EntryResult,
    ImportBatch,
    ImportEntry,
    Named,
    Source,
    Topic,
)

CHUNK: Final = 500


@dataclass(slots=True)
class Undone:
    """How many records were removed, put back, and kept as they are."""

    removed: int = 0
    restored: int = 0
    kept: int = 0


# By kind of batch: the model, and what refers to a row that stays because of it.
NAMES: Final[Mapping[str, tuple[type[Named], tuple[str, ...]]]] = {
    "actors": (
        Actor,
        ("article_links", "authorships", "relations", "relations_to", "merges"),
    ),
    "sources": (Source, ("articles",)),
    "topics": (Topic, ("articles", "children")),
}


def iter_chunks(batch: ImportBatch, result: EntryResult) -> Iterator[list[ImportEntry]]:
    """The entries with the result that have a row, the last first, in chunks."""
    entries = batch.entries.filter(result=result, object_id__isnull=False)
    chunk: list[ImportEntry] = []
    for entry in entries.order_by("-pk").iterator(chunk_size=CHUNK):
        chunk.append(entry)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def undo_names(batch: ImportBatch, undone: Undone) -> None:
    """Put back the names that the batch changed, then remove those that it added.

    Call it in a transaction.
    """
    for entries in iter_chunks(batch, EntryResult.UPDATED):
        _restore(batch, entries, undone)
    # Topics below others were added after them, so that the last go first.
    for entries in iter_chunks(batch, EntryResult.ADDED):
        _remove(batch, entries, undone)


def _restore(
    batch: ImportBatch, entries: Sequence[ImportEntry], undone: Undone
) -> None:
    model, _referring = NAMES[batch.kind]
    rows = model._default_manager.in_bulk([entry.object_id for entry in entries])
    for entry in entries:
        row = rows.get(entry.object_id or 0)
        if row is None or not entry.changes:
            continue
        if _restore_row(row, entry.changes):
            undone.restored += 1
        else:
            undone.kept += 1


def _restore_row(row: Named, changes: Mapping[str, Any]) -> bool:
    """Put back what still is as the batch has left it; whether anything was."""
    is_changed = False
    for name, (old, new) in changes.items():
        if name == ALIASES:
            # One that somebody has described since is that person's.
            added = ActorAlias.objects.filter(
                actor=row.pk, name__in=new, kind="", began="", ended=""
            )
            is_changed |= bool(added.delete()[0])
        elif getattr(row, name) == new:
            setattr(row, name, old)
            is_changed = True
    if is_changed:
        # Not `update`: keys follow the name, and articles are indexed again.
        row.save()
    return is_changed


def _remove(batch: ImportBatch, entries: Sequence[ImportEntry], undone: Undone) -> None:
    model, referring = NAMES[batch.kind]
    ids = [entry.object_id for entry in entries if entry.object_id is not None]
    kept = _touched_since(batch, model, ids)
    for pk in ids:
        row = model._default_manager.filter(pk=pk).first()
        if row is None:
            continue
        if pk in kept or any(getattr(row, name).exists() for name in referring):
            undone.kept += 1
            continue
        row.delete()
        undone.removed += 1


def _touched_since(
    batch: ImportBatch, model: type[Named], ids: Sequence[int]
) -> set[int]:
    """The rows that a person has edited since, or a later import has changed."""
    edits = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        object_id__in=[str(pk) for pk in ids],
        action_time__gte=batch.created_at,
    )
    later = ImportEntry.objects.filter(
        object_id__in=ids, result=EntryResult.UPDATED, batch__kind=batch.kind
    ).exclude(Q(batch=batch) | Q(batch__state=BatchState.UNDONE))
    edited = {int(pk) for pk in edits.values_list("object_id", flat=True) if pk}
    return edited | {pk for pk in later.values_list("object_id", flat=True) if pk}
