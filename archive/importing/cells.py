"""Cells of tables: kept from being taken for formulas, and lists inside them.

Public: `neutralize_cell` and `join_items` for whoever writes a table,
`restore_cell` and `split_items` for whoever reads one.
"""

import re
from collections.abc import Iterable
from typing import Final

from archive.names.clean import BIDI_CONTROLS

# The characters with which spreadsheets open a formula or a command (OWASP, "CSV
# injection"), also full-width as East Asian keyboards have them.
FORMULA_STARTS: Final = "=+-@\t\r\n\0＝＋－＠"
# What a spreadsheet passes over before them: blanks and characters without width.
IGNORED_PREFIX: Final = f"\\s{BIDI_CONTROLS}\u200b\u200c\u200d\u2060\ufeff"
QUOTE: Final = "'"

ITEM_SEPARATOR: Final = "; "
# The Latin or the Arabic semicolon: "بغداد; البصرة", "بغداد؛ البصرة"
SEPARATOR_RE: Final = re.compile(r"\s*[;؛]\s*")
_ITEM_QUOTE: Final = '"'
# What ends an item for one reader of tables or another.
_ENDS_ITEM_RE: Final = re.compile(r"[;؛\r\n]")
# "الأول; الثاني" with its quotation marks, those inside doubled
_QUOTED_RE: Final = re.compile(r'\s*"((?:[^"]|"")*)"')
_BLANKS_RE: Final = re.compile(r"\s*")

# A cell that already looks neutralized gets one more apostrophe, so that reading
# is exact.
_FORMULA_RE: Final = re.compile(
    f"[{QUOTE}{IGNORED_PREFIX}]*[{re.escape(FORMULA_STARTS)}]"
)


def neutralize_cell(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would execute.

    >>> neutralize_cell("=SUM(A1)"), neutralize_cell(" ＠نبأ"), neutralize_cell("بغداد")
    ("'=SUM(A1)", "' ＠نبأ", 'بغداد')
    """
    return QUOTE + cell if _FORMULA_RE.match(cell) else cell


def restore_cell(cell: str) -> str:
    """The cell as it was before `neutralize_cell`.

    >>> restore_cell("'=SUM(A1)"), restore_cell("'بغداد'")
    ('=SUM(A1)', "'بغداد'")
    """
    is_neutralized = cell.startswith(QUOTE) and _FORMULA_RE.match(cell, 1)
    return cell[1:] if is_neutralized else cell


def join_items(items: Iterable[str]) -> str:
    """The items in one cell; one that could be taken for several stands in quotes.

    >>> join_items(["بغداد", "البصرة؛ الكوفة"])
    'بغداد; "البصرة؛ الكوفة"'
    """
    return ITEM_SEPARATOR.join(_quote_item(item) for item in items)


def split_items(cell: str, separator: re.Pattern[str] = SEPARATOR_RE) -> list[str]:
    """The items of a cell without empty ones; what `join_items` quoted is one item.

    >>> split_items('بغداد؛ البصرة; "الحلة; الكوفة"')
    ['بغداد', 'البصرة', 'الحلة; الكوفة']
    """
    items = []
    start = 0
    while start < len(cell):
        item, start = _next_item(cell, start, separator)
        items.append(item)
    return [item for item in items if item]


def _next_item(cell: str, start: int, separator: re.Pattern[str]) -> tuple[str, int]:
    """The item at *start*, and where the next one begins."""
    quoted = _QUOTED_RE.match(cell, start)
    if quoted:
        after = separator.match(cell, quoted.end())
        end = after.end() if after else _skip_blanks(cell, quoted.end())
        if after or end == len(cell):
            return quoted[1].replace(_ITEM_QUOTE * 2, _ITEM_QUOTE), end
    found = separator.search(cell, start)
    if found is None:
        return cell[start:], len(cell)
    return cell[start : found.start()], found.end()


def _skip_blanks(cell: str, start: int) -> int:
    blanks = _BLANKS_RE.match(cell, start)
    return blanks.end() if blanks else start


def _quote_item(item: str) -> str:
    is_plain = (
        item == item.strip()
        and not item.startswith(_ITEM_QUOTE)
        and not _ENDS_ITEM_RE.search(item)
    )
    if is_plain:
        return item
    return _ITEM_QUOTE + item.replace(_ITEM_QUOTE, _ITEM_QUOTE * 2) + _ITEM_QUOTE
