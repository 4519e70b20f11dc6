"""A file opened for import: its format, its records, and a mapping that knows them.

The first records are read ahead, so that wrong columns are told before anything is
written.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from archive.importing.mapping.columns import FieldMapping
from archive.importing.mapping.sample import check_named, learn
from archive.importing.readers import (
    TABLES,
    Format,
    Headings,
    Read,
    Remark,
    Row,
    SourceFile,
    detect_format,
    iter_rows,
)

SAMPLE_ROWS: Final = 200
# Characters of the sample, so that long records do not fill memory.
SAMPLE_CHARACTERS: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """The format, the mapping, the first records, and all of them in order."""

    format: Format
    mapping: FieldMapping
    sample: tuple[Row, ...]
    rows: Iterator[Read]


def open_rows(
    source: SourceFile,
    mapping: FieldMapping,
    *,
    format: Format | None = None,
    separator: str = "",
    base_address: str = "",
) -> OpenedFile:
    """Open the records of a file.

    Raises `FileUnreadable` where it cannot be read, and `MappingError` where the
    mapping names columns that a table does not have.
    """
    format = format or detect_format(source.path, source.peek_head())
    is_table = format in TABLES
    if is_table:
        mapping = mapping.with_separator(separator)
    mapping = replace(mapping, base_address=base_address)
    headings = Headings.of(sorted(mapping.named_columns()))
    rows = iter_rows(source, format=format, headings=headings)
    head = _read_head(rows)
    sample = tuple(row for row in head if isinstance(row, Row))
    if is_table and sample:
        check_named(mapping, list(sample[0].columns))
    mapping, notes = learn(mapping, sample)
    remarks = [Remark(0, note) for note in notes]
    return OpenedFile(format, mapping, sample, chain(remarks, head, rows))


def _read_head(rows: Iterator[Read]) -> list[Read]:
    head: list[Read] = []
    characters = 0
    for row in rows:
        head.append(row)
        if isinstance(row, Row):
            values = row.columns.values()
            characters += sum(len(value) for value in values if isinstance(value, str))
        if len(head) >= SAMPLE_ROWS or characters >= SAMPLE_CHARACTERS:
            break
    return head
