"""The reader of spreadsheets: XLSX, XLS, XLSB and ODS, one table a sheet.

Cells come as what they show: days as days, whole numbers without a decimal point. The
calamine library (Rust) opens the files; formulas are not computed but read as their
last results.
"""

import datetime as dt
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO, Final

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    ZipError,
)

from archive.importing.problems import FileUnreadable, Note
from archive.importing.readers.heading import (
    SEARCHED_LINES,
    Headings,
    check_columns,
    find_in_rows,
    is_heading_again,
    no_heading,
)
from archive.importing.readers.lines import MEBIBYTE
from archive.importing.readers.rows import Read, Remark, Row
from archive.importing.text import clean_line

Cell = int | float | str | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

# A sheet of 100,000 articles has some 400 MiB of XML; a bomb has no such bound.
MAX_UNPACKED: Final = 1024 * MEBIBYTE
MAX_EXPANSION: Final = 200
_MIDNIGHT: Final = dt.time()
_EXAMPLES: Final = ("title", "body", "published", "source")


def iter_workbook_rows(stream: BinaryIO, headings: Headings) -> Iterator[Read]:
    """A row for each record of every sheet that has a heading.

    Line numbers are those of the sheet. Raises `FileUnreadable` for a file that cannot
    be opened, and where no sheet has a heading.
    """
    _refuse_bomb(stream)
    try:
        yield from _sheets(CalamineWorkbook.from_filelike(stream), headings)
    except PasswordError as error:
        raise FileUnreadable(
            _("The spreadsheet has a password. Save it without one.")
        ) from error
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise FileUnreadable(
            _("The spreadsheet cannot be opened: %(detail)s.") % {"detail": error}
        ) from error


def _sheets(workbook: CalamineWorkbook, headings: Headings) -> Iterator[Read]:
    names = workbook.sheet_names
    found = False
    first: Sequence[str] = ()
    for name in names:
        rows = _rows_of(workbook.get_sheet_by_name(name))
        head = list(islice(rows, SEARCHED_LINES))
        first = first or next((row for row in head if any(row)), ())
        heading = find_in_rows(head, headings)
        if heading is None:
            continue
        if len(names) > 1:
            yield Remark(heading.index + 1, Note("sheet", values={"name": name}))
        found = True
        below = chain(head[heading.index + 1 :], rows)
        number = heading.index + 2
        yield from _records(below, heading.columns, headings, number)
    if not found:
        raise no_heading(first, _EXAMPLES)


def _records(
    rows: Iterable[Sequence[str]],
    columns: Sequence[str],
    headings: Headings,
    number: int,
) -> Iterator[Read]:
    columns = check_columns(columns)
    for line, cells in enumerate(rows, start=number):
        if not any(map(str.strip, cells)):
            continue
        if is_heading_again(cells, columns, headings):
            columns = check_columns([clean_line(cell) for cell in cells])
            yield Remark(line, Note("heading_again"))
            continue
        padded = [*cells, *[""] * (len(columns) - len(cells))]
        named = zip(columns, padded, strict=False)
        yield Row(line, {name: cell for name, cell in named if name})


def _rows_of(sheet: CalamineSheet) -> Iterator[list[str]]:
    for cells in sheet.iter_rows():
        yield [cell_text(cell) for cell in cells]


def cell_text(cell: Cell) -> str:
    """A cell as its sheet shows it, days in ISO 8601.

    >>> cell_text(3.0), cell_text(dt.datetime(2021, 3, 2)), cell_text(None)
    ('3', '2021-03-02', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == _MIDNIGHT:
        return cell.date().isoformat()
    if isinstance(cell, dt.date | dt.datetime | dt.time):
        return cell.isoformat()
    return str(cell)


def _refuse_bomb(stream: BinaryIO) -> None:
    """Raise `FileUnreadable` for an archive that unpacks to more than a sheet could."""
    if not zipfile.is_zipfile(stream):
        stream.seek(0)
        return
    with zipfile.ZipFile(stream) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    is_bomb = unpacked > MEBIBYTE * 16 and unpacked > packed * MAX_EXPANSION
    if unpacked > MAX_UNPACKED or is_bomb:
        raise FileUnreadable(
            _(
                "The spreadsheet unpacks to %(size)s MiB, more than is read. Save it as"
                " CSV in UTF-8, or in parts."
            )
            % {"size": unpacked // MEBIBYTE}
        )
    stream.seek(0)
