"""Lists of queries or names, as people have them: lines, or the cells of a table."""

import csv
import io
from typing import Final

from search.export.tables import BYTE_ORDER_MARK

MOST_QUERIES: Final = 1_000
# Headings that are no queries, in the files that people have.
_HEADINGS: Final = frozenset({"query", "name", "queries", "names", "البحث", "الاسم"})


def read_lines(text: str) -> list[str]:
    """A query for each line, as it is typed, without a heading and empty lines.

    >>> read_lines('الاسم\\n"طه حسين"\\n\\nمي زيادة')
    ['"طه حسين"', 'مي زيادة']
    """
    lines = text.removeprefix(BYTE_ORDER_MARK).splitlines()
    return _without_heading([line.strip() for line in lines])


def read_table(text: str) -> list[str]:
    """The first cell of each row of a CSV, without a heading and empty cells.

    >>> read_table("الاسم,ملاحظة\\nطه حسين,كاتب\\n\\nمي زيادة")
    ['طه حسين', 'مي زيادة']
    """
    lines = io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")
    try:
        rows = list(csv.reader(lines, strict=True))
    except csv.Error:
        # A list with a stray quotation mark is no table.
        return read_lines(text)
    return _without_heading([row[0].strip() for row in rows if row])


def _without_heading(cells: list[str]) -> list[str]:
    # No database but SQLite can keep NUL.
    queries = [query for cell in cells if (query := cell.replace("\0", "").strip())]
    return queries[1:] if queries and queries[0].casefold() in _HEADINGS else queries
