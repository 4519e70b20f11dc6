"""The first records of a file: a guess for each column, and how they are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Final

from archive.dates import PartialDate
from archive.importing.batches.settings import BatchOptions
from archive.importing.fields import RecordField, fold_heading
from archive.importing.kinds import ImportKind
from archive.importing.mapping.columns import FieldMapping
from archive.importing.mapping.options import MappingError
from archive.importing.mapping.sample import find_text_column
from archive.importing.opening import OpenedFile, open_rows
from archive.importing.problems import FileUnreadable, RecordRefused, excerpt
from archive.importing.readers import WINDOWS_1256, Row, SourceFile, preview_line
from archive.importing.records.validated import SourceRecord

SHOWN_ROWS: Final = 5
# What is shown of a record, by kind.
SHOWN_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "articles": ("title", "source", "published", "body"),
    "actors": ("name_ar", "name_latin", "kind", "aliases", "description"),
    "sources": ("name_ar", "name_latin", "kind", "place"),
    "topics": ("name_ar", "name_latin", "parent"),
}
# How near a heading has to be to a known one for the guess that it is meant.
_NEAR: Final = 0.85


@dataclass(frozen=True, slots=True)
class ColumnPreview:
    """A column: its first values, the guessed field, and the name it looks like."""

    name: str
    values: tuple[str, ...]
    guess: str = ""
    looks_like: str = ""


@dataclass(frozen=True, slots=True)
class RecordPreview:
    """The fields of a record as they would be stored, or why it is refused."""

    line: int
    cells: tuple[str, ...] = ()
    refusal: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilePreview:
    """What a page shows of a file before it is imported.

    `error` says why it cannot be read; `offer` is its first line in Windows-1256, where
    that may be its encoding.
    """

    format: str = ""
    columns: tuple[ColumnPreview, ...] = ()
    records: tuple[RecordPreview, ...] = ()
    remarks: tuple[str, ...] = ()
    error: str = ""
    offer: str = ""
    fields: tuple[str, ...] = field(default=())


def preview_file(
    source: SourceFile, kind: ImportKind, options: BatchOptions
) -> FilePreview:
    """The preview of a file under the options, else under the guesses."""
    preview = _preview(source, kind, options)
    guesses = {each.name: each.guess for each in preview.columns}
    if options.columns is not None or not any(
        each.looks_like and each.guess for each in preview.columns
    ):
        return preview
    return _preview(source, kind, replace(options, columns=guesses))


def _preview(
    source: SourceFile, kind: ImportKind, options: BatchOptions
) -> FilePreview:
    fields = tuple(each.name for each in kind.fields)
    head = source.peek_head()
    try:
        opened = open_rows(
            source,
            options.build_mapping(kind.fields),
            separator=options.separator,
            base_address=options.base_address,
        )
        remarks = [
            each.note.message
            for each, _ in zip(opened.rows, range(SHOWN_ROWS), strict=False)
            if not isinstance(each, Row)
        ]
    except (FileUnreadable, MappingError) as error:
        line = preview_line(head, WINDOWS_1256) if _is_undecided(head, options) else ""
        return FilePreview(error=str(error), offer=excerpt(line), fields=fields)
    return FilePreview(
        format=opened.format.value,
        columns=tuple(_columns(opened, kind.fields, options)),
        records=tuple(
            _record(row, opened.mapping, kind) for row in opened.sample[:SHOWN_ROWS]
        ),
        remarks=tuple(remarks),
        fields=fields,
    )


def _is_undecided(head: bytes, options: BatchOptions) -> bool:
    if options.encoding:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason != "unexpected end of data"
    return False


def _columns(
    opened: OpenedFile, fields: Sequence[RecordField], options: BatchOptions
) -> list[ColumnPreview]:
    names = list(dict.fromkeys(name for row in opened.sample for name in row.columns))
    usual = replace(options, columns=None).build_mapping(tuple(fields))
    long_column = find_text_column(usual, opened.sample)
    previews = []
    for name in names:
        guess = _usual_field(usual, name, names)
        near = "" if guess else _looks_like(name, fields)
        if name == long_column and not guess:
            near = near or "body"
        chosen = (options.columns or {}).get(name) if options.columns else None
        values = tuple(
            excerpt(row.columns.get(name) or "") for row in opened.sample[:SHOWN_ROWS]
        )
        shown = guess or near if chosen is None else chosen
        previews.append(ColumnPreview(name, values, shown, near))
    return previews


def _usual_field(usual: FieldMapping, name: str, names: Sequence[str]) -> str:
    """The field that is taken from the column without any mapping."""
    for field_name, alternatives in usual.rules_for(tuple(names)).items():
        # Only the first column of a field: two that are chosen would be combined.
        if alternatives and any(column.path == name for column in alternatives[0]):
            return field_name
    return ""


def _looks_like(name: str, fields: Sequence[RecordField]) -> str:
    """The field with a name nearly like the column's: names_ar is near name_ar."""
    by_name: dict[str, str] = {}
    for each in fields:
        for known in (each.name, *each.synonyms):
            by_name.setdefault(fold_heading(known), each.name)
    near = get_close_matches(fold_heading(name), list(by_name), n=1, cutoff=_NEAR)
    return by_name[near[0]] if near else ""


def _record(row: Row, mapping: FieldMapping, kind: ImportKind) -> RecordPreview:
    try:
        record, notes = kind.build(mapping.apply(row))
    except RecordRefused as refused:
        return RecordPreview(row.line, refusal=str(refused))
    said = tuple(note.message for note in notes)
    cells = tuple(_cell(getattr(record, name)) for name in SHOWN_FIELDS[kind.name])
    return RecordPreview(row.line, cells, notes=said)


def _cell(value: object) -> str:
    """What a table shows of the value of a record's field."""
    if isinstance(value, SourceRecord):
        return value.name_ar
    if isinstance(value, PartialDate):
        return value.iso()
    text = "؛ ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
    return excerpt(text)


def chosen_columns(
    names: Sequence[str], sent: Mapping[str, str], known: Sequence[str]
) -> dict[str, str]:
    """The field of each column as a form has sent them: ``column-0`` and so on.

    >>> chosen_columns(["عنوان", "x"], {"column-0": "title", "column-1": ""}, ["title"])
    {'عنوان': 'title', 'x': ''}
    """
    return {
        name: value if (value := sent.get(f"column-{i}", "")) in known else ""
        for i, name in enumerate(names)
    }
