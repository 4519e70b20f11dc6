"""Files of records, read line by line: JSON Lines and tables, plain or gzip.

A format is a module here and a row of the tables below. All readers yield the same: a
`Row` of columns, or a `Refusal`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from archive.importing.problems import FileUnreadable
from archive.importing.readers.jsonl import iter_json_rows
from archive.importing.readers.lines import (
    BOM,
    Line,
    SourceFile,
    refuse_unsupported_encoding,
)
from archive.importing.readers.rows import Refusal, Row
from archive.importing.readers.table import iter_table_rows
from archive.importing.readers.unsupported import refuse_unsupported_format

__all__ = ["Format", "Refusal", "Row", "SourceFile", "detect_format", "iter_rows"]


class Format(StrEnum):
    """The formats that can be read; the values are those of ``--format``."""

    JSONL = "jsonl"
    CSV = "csv"


SUFFIXES: Final[Mapping[str, Format]] = {
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".json": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".txt": Format.CSV,
}

_READERS: Final[
    Mapping[Format, Callable[[Iterable[Line]], Iterator[Row | Refusal]]]
] = {
    Format.JSONL: iter_json_rows,
    Format.CSV: iter_table_rows,
}


def detect_format(path: Path, head: bytes) -> Format:
    """The format by the suffixes of the file's name, else by its first character.

    >>> detect_format(Path("مقالات.csv.gz"), b"")
    <Format.CSV: 'csv'>
    """
    for suffix in reversed(path.suffixes):
        if found := SUFFIXES.get(suffix.lower()):
            return found
    return Format.JSONL if head.lstrip(BOM).lstrip()[:1] == b"{" else Format.CSV


def iter_rows(source: SourceFile, *, format: Format | None) -> Iterator[Row | Refusal]:
    """The records and refused lines of the file, in order.

    Raises `FileUnreadable` where the file as a whole cannot be read.
    """
    head = source.peek_head()
    refuse_unsupported_format(source.path, head)
    refuse_unsupported_encoding(source.path, head)
    format = format or detect_format(source.path, head)
    if format is Format.JSONL and head.lstrip(BOM).lstrip()[:1] == b"[":
        raise FileUnreadable(
            _(
                "%(path)s is one JSON list. Write one object a line, for instance:"
                " jq -c '.[]' %(path)s > records.jsonl"
            )
            % {"path": source.path}
        )
    try:
        yield from _READERS[format](source.lines())
    except FileUnreadable as error:
        raise FileUnreadable(f"{source.path}: {error}") from error
