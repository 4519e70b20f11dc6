"""The output of readers: rows of columns, refusals of lines, remarks on the file."""

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


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person should know of a line that is no record, as of a second heading."""

    line: int
    note: Note


Read = Row | Refusal | Remark
