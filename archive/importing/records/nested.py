"""Records inside a record: the source, the actors and the authors of an article."""

from collections.abc import Callable
from typing import TypeVar

from archive.importing.problems import Note, RecordRefused
from archive.importing.records.authorities import build_mention
from archive.importing.records.validated import ActorRecord
from archive.importing.records.values import Values

Record = TypeVar("Record")
Value = TypeVar("Value")


def build_nested_actor(values: Values, field: str, item: object) -> ActorRecord:
    """The actor that an item of *field* names or describes."""
    return build_nested(values, field, build_mention, named_item(item))


def named_item(value: object) -> dict[str, object]:
    """The item as an object; a text is its name."""
    return value if isinstance(value, dict) else {"name": value}


def build_nested(
    values: Values,
    field: str,
    build: Callable[[Value], tuple[Record, list[Note]]],
    value: Value,
) -> Record:
    """A record nested in *field*; its notes are prefixed with the field's name."""
    try:
        record, notes = build(value)
    except RecordRefused as refused:
        raise RecordRefused(_prefix_field(field, refused.note)) from refused
    values.notes.extend(_prefix_field(field, note) for note in notes)
    return record


def _prefix_field(field: str, note: Note) -> Note:
    return Note(note.code, f"{field}.{note.field}", note.values)
