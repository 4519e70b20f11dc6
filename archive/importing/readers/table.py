"""Tables of text: CSV with commas or semicolons, and tab-separated files.

Public: `iter_table_rows`, `sniff_delimiter`.
"""

import csv
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from archive.importing.cells import restore_cell
from archive.importing.problems import FileUnreadable, Note, piece_of
from archive.importing.readers.lines import LONGEST_LINE, Line, not_utf8
from archive.importing.readers.rows import Refusal, Row
from archive.importing.text import clean_line, has_surrogates

DELIMITERS: Final = (",", ";", "\t")
QUOTE: Final = '"'


def sniff_delimiter(heading: str) -> str:
    """The delimiter that the heading line uses most, outside quotation marks.

    >>> sniff_delimiter('العنوان;"النص، كاملا, دون حذف";التاريخ')
    ';'
    """
    outside = "".join(heading.split(QUOTE)[::2])
    counts = Counter(outside)
    return max(DELIMITERS, key=lambda delimiter: counts[delimiter])


def iter_table_rows(
    lines: Iterable[Line], *, longest_row: int = LONGEST_LINE
) -> Iterator[Row | Refusal]:
    """A row for every record under the heading line, a refusal for one that is bad.

    Quoted cells may hold line ends. Raises `FileUnreadable` where the heading
    cannot be used.
    """
    # csv keeps this bound for the whole process; the default of 128 KiB is shorter
    # than a long article.
    csv.field_size_limit(max(csv.field_size_limit(), longest_row))
    source = _Lines(lines)
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
        except csv.Error as error:
            # The lines after the first are read again: the fault is this row's alone.
            source.rewind_to_second_line()
            yield Refusal(number, Note("bad_row", values={"detail": error}))
            continue
        if fault := source.fault:
            yield Refusal(fault.number, fault.fault or Note("bad_row"))
        elif cells:
            yield _build_row(number, columns, cells)


class _Lines:
    """The lines as text for `csv`, remembering those of the row being read."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._waiting: deque[Line] = deque()
        self._row: list[Line] = []
        self.fault: Line | None = None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self._lines)
        self._row.append(line)
        if line.fault:
            self.fault = line
            return "\n"
        # A byte that is not UTF-8 becomes half a surrogate pair, found in the cells.
        return line.content.decode("utf-8", errors="surrogateescape")

    @property
    def next_number(self) -> int:
        return self._waiting[0].number if self._waiting else 0

    def has_more(self) -> bool:
        if not self._waiting and (line := next(self._lines, None)):
            self._waiting.append(line)
        return bool(self._waiting)

    def begin_row(self) -> None:
        self._row.clear()
        self.fault = None

    def rewind_to_second_line(self) -> None:
        self._waiting.extendleft(reversed(self._row[1:]))

    def read_heading(self) -> str:
        for line in self._lines:
            if line.fault:
                raise FileUnreadable(line.fault.message)
            try:
                text = line.content.decode("utf-8")
            except UnicodeDecodeError as error:
                note = not_utf8(line.content, error.start)
                raise FileUnreadable(note.message) from error
            if text.strip():
                return text
        raise FileUnreadable(_("The file is empty: a heading line is expected."))


def _read_columns(heading: str, delimiter: str) -> Sequence[str]:
    try:
        cells = next(csv.reader([heading], delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise FileUnreadable(
            _("The heading line cannot be read: %(detail)s.") % {"detail": error}
        ) from error
    columns = [clean_line(cell) for cell in cells]
    doubled = [name for name, count in Counter(columns).items() if name and count > 1]
    if doubled:
        raise FileUnreadable(
            _("The heading has the column “%(name)s” twice. Rename one.")
            % {"name": piece_of(doubled[0])}
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
            return Refusal(number, _find_foreign_byte(content))
    named = zip(columns, cells, strict=True)
    return Row(number, {name: restore_cell(cell) for name, cell in named if name})


def _find_foreign_byte(content: bytes) -> Note:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return not_utf8(content, error.start)
    return Note("bad_row", values={"detail": ""})
