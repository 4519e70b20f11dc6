"""The reader of tables: CSV with commas or semicolons, and tab-separated values."""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Final

from django.utils.translation import gettext as _

from archive.importing.cells import restore_cell
from archive.importing.problems import FileUnreadable, Note, RecordRefused, excerpt
from archive.importing.readers.heading import (
    DELIMITERS,
    SEARCHED_LINES,
    Heading,
    Headings,
    check_columns,
    find_in_lines,
    is_heading_again,
    no_heading,
)
from archive.importing.readers.lines import (
    MAX_LINE_BYTES,
    MEBIBYTE,
    Line,
    not_utf8_note,
)
from archive.importing.readers.rows import Read, Refusal, Remark, Row
from archive.importing.text import clean_line, has_surrogates

# What Excel writes at the head of a file for itself.
_SEP_RE: Final = re.compile(r"sep=(.)", re.IGNORECASE)
# Above a heading stand captions, no megabytes.
SEARCHED_BYTES: Final = MEBIBYTE
LONGEST_HEADING: Final = 256 * 1024
# Names that an error shows.
EXAMPLES: Final = ("title", "body", "published", "source")
# Lines of one row: an unclosed quotation mark would extend it to the end of the file.
MAX_ROW_LINES: Final = 200_000
MAX_CELLS: Final = 1_000_000
# Bytes that may be read again after bad rows, in addition to the bytes read so far: a
# crafted file would be read again for every line otherwise.
REREAD_ALLOWANCE: Final = 16 * MEBIBYTE


def iter_table_rows(
    lines: Iterable[Line],
    headings: Headings | None = None,
    *,
    longest_row: int = MAX_LINE_BYTES,
) -> Iterator[Read]:
    """A row for every record below the heading line, a refusal for a malformed one.

    Quoted cells may contain line breaks. *longest_row* is in bytes. Raises
    `FileUnreadable` for an unusable heading.
    """
    # A setting of the whole process; the default of 128 KiB is too short for articles.
    csv.field_size_limit(max(csv.field_size_limit(), longest_row))
    source = _Lines(lines, longest_row=longest_row)
    headings = headings or Headings.of()
    heading, remark = source.read_heading(headings)
    if remark:
        yield remark
    columns = check_columns(heading.columns)
    for number, cells in _iter_cells(source, heading.delimiter):
        if isinstance(cells, Note):
            yield Refusal(number, cells)
        elif is_heading_again(cells, columns, headings):
            columns = check_columns([clean_line(cell) for cell in cells])
            yield Remark(number, Note("heading_again"))
        elif any(map(str.strip, cells)):
            yield _build_row(number, columns, cells)


def _iter_cells(
    source: "_Lines", delimiter: str
) -> Iterator[tuple[int, list[str] | Note]]:
    """The cells of each row, or why it cannot be read, with its first line's number."""
    while source.has_more():
        source.begin_row()
        number = source.next_number
        try:
            cells = next(csv.reader(source, delimiter=delimiter, strict=True))
        except StopIteration:
            return
        except (csv.Error, RecordRefused) as error:
            yield number, _note_of(error)
            # Lines after the first are read again: only the first must be malformed.
            source.rewind_to_second_line()
            if source.is_read_too_often():
                yield number, Note("rows_endless")
                return
            continue
        if fault := source.fault:
            yield fault.number, fault.fault or Note("bad_row")
        else:
            yield number, cells


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

    def read_heading(self, headings: Headings) -> tuple[Heading, Remark | None]:
        """Pass over the heading and what is above it; the heading, and a remark.

        Raises `FileUnreadable` where there is none.
        """
        texts = self._peek_texts()
        if not any(map(str.strip, texts)):
            raise FileUnreadable(_("The file is empty: a heading line is expected."))
        delimiter = _SEP_RE.fullmatch(texts[0].strip()) if texts else None
        heading = find_in_lines(texts, headings)
        if heading is None and delimiter:
            raise FileUnreadable(
                _("Below “%(line)s” no names of columns (a heading) were found.")
                % {"line": excerpt(texts[0])}
            )
        if heading is None:
            filled = next(text for text in texts if text.strip())
            raise no_heading([filled], EXAMPLES)
        above = [text for text in texts[: heading.index] if text.strip()]
        for _number in range(heading.index + 1):
            line = self._waiting.popleft()
        is_told = above and not (delimiter and len(above) == 1)
        values = {"line": line.number, "above": excerpt(above[0]) if above else ""}
        remark = Remark(line.number, Note("heading_found", values=values))
        return heading, remark if is_told else None

    def _peek_texts(self) -> list[str]:
        """The first lines as text, which stay to be read.

        Raises `FileUnreadable` for one that cannot be read.
        """
        texts: list[str] = []
        while len(texts) < SEARCHED_LINES and self._read_once < SEARCHED_BYTES:
            try:
                line = self._next_line()
            except StopIteration:
                break
            if line.fault and not texts:
                raise FileUnreadable(line.fault.message)
            self._waiting.append(line)
            is_short = len(line.content) <= LONGEST_HEADING
            content = line.content if is_short else b""
            texts.append(content.decode("utf-8", errors="surrogateescape"))
        return texts


def _build_row(
    number: int, columns: Sequence[str], cells: Sequence[str]
) -> Row | Refusal:
    while len(cells) > len(columns) and not cells[-1].strip():
        cells = cells[:-1]
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
