"""CSV: a row for each article, for spreadsheets or, raw, for programs."""

import csv
from collections.abc import Iterable, Iterator
from typing import Final

from archive.importing.cells import neutralize_cell
from search.export.about import About
from search.export.columns import list_columns
from search.export.entries import Entry

CONTENT_TYPE: Final = "text/csv; charset=utf-8; header=present"
# Without it Excel reads UTF-8 as the code page of the machine.
BYTE_ORDER_MARK: Final = "\ufeff"

Cells = Iterable[str]


def write_rows(rows: Iterable[Cells]) -> Iterator[str]:
    """A table of anything for spreadsheets: each row as a line, no cell a formula.

    It opens with a byte order mark.

    >>> list(write_rows([["=قطن", "سوق"]]))[1]
    "'=قطن,سوق\\r\\n"
    """
    yield BYTE_ORDER_MARK
    yield from write_raw_rows([neutralize_cell(cell) for cell in row] for row in rows)


class _Echo:
    """A file whose ``write`` returns the row, so that ``writerow`` returns it too."""

    def write(self, row: str) -> str:
        return row


def write_table(entries: Iterable[Entry], about: About) -> Iterator[str]:
    """The table for spreadsheets: headings in the reader's language, no formula.

    It opens with a byte order mark.
    """
    yield BYTE_ORDER_MARK
    headings = [str(column.heading) for column in list_columns(about)]
    yield from write_raw_rows([headings])
    rows = _iter_rows(entries, about)
    yield from write_raw_rows([neutralize_cell(cell) for cell in row] for row in rows)


def write_raw_table(entries: Iterable[Entry], about: About) -> Iterator[str]:
    """The table for programs: names for headings, cells unchanged, no mark."""
    yield from write_raw_rows([[column.name for column in list_columns(about)]])
    yield from write_raw_rows(_iter_rows(entries, about))


def _iter_rows(entries: Iterable[Entry], about: About) -> Iterator[Cells]:
    columns = list_columns(about)
    for entry in entries:
        yield [column.read(entry, about) for column in columns]


def write_raw_rows(rows: Iterable[Cells]) -> Iterator[str]:
    """A table of anything for programs: each row as a line, cells unchanged."""
    # The dialect's line end is RFC 4180's.
    writer = csv.writer(_Echo(), dialect="excel")
    for row in rows:
        yield writer.writerow(row)
