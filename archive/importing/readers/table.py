"""The reader of tables: CSV with commas or semicolons, and tab-separated values."""

import csv
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Final

from django.utils.translation import gettext as _

from archive.importing.cells import restore_cell
from archive.importing.problems import FileUnreadable, Note, RecordRefused, excerpt
from archive.importing.readers.lines import (
    MAX_LINE_BYTES,
    MEBIBYTE,
    Line,
    not_utf8_note,
)
from archive.importing.readers.rows import Refusal, Row
from archive.importing.text import clean_line, has_surrogates

DELIMITERS: Final = (",", ";", "\t")
QUOTE: Final = '"'
# Lines of one row: an unclosed quotation mark would extend it to the end of the file.
MAX_ROW_LINES: Final = 200_000
MAX_CELLS: Final = 1_000_000
MAX_COLUMNS: Final = 1000
# Bytes that may be read again after bad rows, in addition to the bytes read so far: a
# crafted file would be read again for every line otherwise.
REREAD_ALLOWANCE: Final = 16 * MEBIBYTE


def sniff_delimiter(heading: str) -> str:
    """The most frequent delimiter of the heading line outside quotation marks.

    >>> sniff_delimiter('العنوان;"النص، كاملا, دون حذف";التاريخ')
    ';'
    """
    outside = "".join(heading.split(QUOTE)[::2])
    counts = Counter(outside)
    return max(DELIMITERS, key=lambda delimiter: counts[delimiter])


def iter_table_rows(
    lines: Iterable[Line], *, longest_row: int = MAX_LINE_BYTES
) -> Iterator[Row | Refusal]:
    """A row for every record below the heading line, a refusal for a malformed one.

    Quoted cells may contain line breaks. *longest_row* is in bytes. Raises
    `FileUnreadable` for an unusable heading.
    """
    # A setting of the whole process; the default of 128 KiB is too short for articles.
    csv.field_size_limit(max(csv.field_size_limit(), longest_row))
    source = _Lines(lines, longest_row=longest_row)
    heading = source.read_heading()
    delimiter = sniff_delimiter(heading)
    columns = _read_columns(heading, delimiter)
    while source.has_more():
        source.begin_row()
        number = source.next_number
        reader = csv.reader(source, delimiter=delimiter, strict=True)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, RecordRefused) as error:
            yield Refusal(number, _note_of(error))
            # Lines after the first are read again: only the first must be malformed.
            source.rewind_to_second_line()
            if source.is_read_too_often():
                yield Refusal(number, Note("rows_endless"))
                return
            continue
        if fault := source.fault:
            yield Refusal(fault.number, fault.fault or Note("bad_row"))
        elif cells:
            yield _build_row(number, columns, cells)


def _note_of(error: csv.Error | RecordRefused) -> Note:
    if isinstance(error, RecordRefused):
        return error.note
    return Note("bad_row", values={"detail": error})


class _Lines:
    """Decoded lines for `csv`, with a rewind to the second line of the current row.

    ``fault`` is the line of the row that could not be read, if any.
    """

    def __init__(self, lines: Iterable[Line], *, longest_row: int) -> None:
        self._lines = iter(lines)
        self._longest_row = longest_row
        self._waiting: deque[Line] = deque()
        self._row: list[Line] = []
        self._row_size = self._row_cells = 0
        self._read_once = self._read_again = 0
        self.fault: Line | None = None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._next_line()
        self._row.append(line)
        self._bound_row(line)
        if line.fault:
            self.fault = line
            return "\n"
        # A byte that is not UTF-8 becomes a lone surrogate, which `_build_row` finds.
        return line.content.decode("utf-8", errors="surrogateescape")

    def _next_line(self) -> Line:
        line = next(self._lines)
        self._read_once += len(line.content)
        return line

    def _bound_row(self, line: Line) -> None:
        """Add the size of *line*. Raises `RecordRefused` where the row is too large."""
        self._row_size += len(line.content)
        self._row_cells += sum(
            line.content.count(delimiter.encode()) for delimiter in DELIMITERS
        )
        if self._row_cells > MAX_CELLS:
            raise RecordRefused(Note("too_many_values", values={"limit": MAX_CELLS}))
        is_long = len(self._row) > 1 and self._row_size > self._longest_row
        if is_long or len(self._row) > MAX_ROW_LINES:
            limit = {"lines": MAX_ROW_LINES, "limit": self._longest_row / MEBIBYTE}
            raise RecordRefused(Note("row_too_long", values=limit))

    @property
    def next_number(self) -> int:
        return self._waiting[0].number if self._waiting else 0

    def has_more(self) -> bool:
        if not self._waiting:
            with suppress(StopIteration):
                self._waiting.append(self._next_line())
        return bool(self._waiting)

    def is_read_too_often(self) -> bool:
        return self._read_again > self._read_once + REREAD_ALLOWANCE

    def begin_row(self) -> None:
        self._row.clear()
        self._row_size = self._row_cells = 0
        self.fault = None

    def rewind_to_second_line(self) -> None:
        self._waiting.extendleft(reversed(self._row[1:]))
        self._read_again += sum(len(line.content) for line in self._row[1:])

    def read_heading(self) -> str:
        for line in self._lines:
            if line.fault:
                raise FileUnreadable(line.fault.message)
            try:
                text = line.content.decode("utf-8")
            except UnicodeDecodeError as error:
                note = not_utf8_note(line.content, error.start)
                raise FileUnreadable(note.message) from error
            if text.strip():
                return text
        raise FileUnreadable(_("The file is empty: a heading line is expected."))


def _read_columns(heading: str, delimiter: str) -> Sequence[str]:
    if heading.count(delimiter) >= MAX_COLUMNS:
        raise FileUnreadable(
            _("The heading has more than %(limit)s columns. Is it the right file?")
            % {"limit": MAX_COLUMNS}
        )
    try:
        cells = next(csv.reader([heading], delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise FileUnreadable(
            _("The heading line cannot be read: %(detail)s.") % {"detail": error}
        ) from error
    columns = [clean_line(cell) for cell in cells]
    repeated = [name for name, count in Counter(columns).items() if name and count > 1]
    if repeated:
        raise FileUnreadable(
            _("The heading has the column “%(name)s” twice. Rename one.")
            % {"name": excerpt(repeated[0])}
        )
    return columns


def _build_row(
    number: int, columns: Sequence[str], cells: Sequence[str]
) -> Row | Refusal:
    if len(cells) != len(columns):
        values = {"found": len(cells), "expected": len(columns)}
        return Refusal(number, Note("wrong_cells", values=values))
    for cell in cells:
        if has_surrogates(cell):
            content = cell.encode("utf-8", errors="surrogateescape")
            return Refusal(number, _note_of_bad_byte(content))
    named = zip(columns, cells, strict=True)
    return Row(number, {name: restore_cell(cell) for name, cell in named if name})


def _note_of_bad_byte(content: bytes) -> Note:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return not_utf8_note(content, error.start)
    return Note("bad_row", values={"detail": ""})
