"""The output of readers: rows of columns, and refusals of lines."""

from collections.abc import Mapping
from dataclasses import dataclass

from archive.importing.problems import Note


@dataclass(frozen=True, slots=True)
class Row:
    """The columns of a record as in the file, and the number of its first line."""

    line: int
    columns: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that is not a record, and the reason."""

    line: int
    note: Note
