"""The report file of an import: one row for every refusal and every warning."""

import csv
import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO

from django.utils.translation import gettext as _

from archive.importing.cells import neutralize_cell
from archive.importing.problems import FileUnreadable, Problem

COLUMNS: Final = ("line", "external_id", "severity", "code", "field", "message")
CSV_SUFFIX: Final = ".csv"
# With a byte order mark, from which spreadsheets detect UTF-8.
CSV_ENCODING: Final = "utf-8-sig"


class ReportFile:
    """A report written during the import: CSV for the suffix .csv, else JSON Lines.

    Without a path, `add` does nothing. Entering raises `FileUnreadable` where the file
    cannot be written.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._stack = ExitStack()
        self._write: Callable[[Mapping[str, object]], object] = len

    def __enter__(self) -> Self:
        if self._path is None:
            return self
        is_table = self._path.suffix.lower() == CSV_SUFFIX
        encoding = CSV_ENCODING if is_table else "utf-8"
        try:
            stream = self._path.open("w", encoding=encoding, newline="")
        except OSError as error:
            raise FileUnreadable(
                _("The report %(path)s cannot be written: %(detail)s.")
                % {"path": self._path, "detail": error.strerror}
            ) from error
        self._stack.enter_context(stream)
        self._write = _table(stream) if is_table else _lines(stream)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def add(self, problem: Problem) -> None:
        """Write the row of a problem."""
        values = (
            problem.line,
            problem.external_id,
            problem.severity.value,
            problem.note.code,
            problem.note.field,
            problem.note.message,
        )
        self._write(dict(zip(COLUMNS, values, strict=True)))


def _table(stream: TextIO) -> Callable[[Mapping[str, object]], object]:
    writer = csv.DictWriter(stream, COLUMNS)
    writer.writeheader()
    return lambda row: writer.writerow(
        {name: neutralize_cell(_printable(value)) for name, value in row.items()}
    )


def _lines(stream: TextIO) -> Callable[[Mapping[str, object]], object]:
    def write(row: Mapping[str, object]) -> None:
        stream.write(_printable(json.dumps(row, ensure_ascii=False)) + "\n")

    return write


def _printable(value: object) -> str:
    """The value as text that UTF-8 can encode: lone surrogates become "?"."""
    return str(value).encode("utf-8", errors="replace").decode("utf-8")
