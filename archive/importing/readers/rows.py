"""What a reader gives: rows of columns, and lines that hold none.

Public: `Row`, `Refusal`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from archive.importing.problems import Note


@dataclass(frozen=True, slots=True)
class Row:
    """The columns of one record as the file has them, and the line where it begins."""

    line: int
    columns: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that is no record, and why."""

    line: int
    note: Note
