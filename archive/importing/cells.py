"""Cells of CSV tables: protection against formula injection, and lists in a cell.

Writers use `neutralize_cell` and `join_items`; readers their inverses, `restore_cell`
and `split_items`.
"""

import re
from collections.abc import Iterable
from typing import Final

from archive.names.clean import BIDI_CONTROLS

# Characters that begin a formula or a command in spreadsheets (OWASP, "CSV Injection"),
# and their full-width forms.
FORMULA_STARTS: Final = "=+-@\t\r\n\0＝＋－＠"
# Characters that spreadsheets ignore before them: white space and zero-width ones.
IGNORED_PREFIX: Final = f"\\s{BIDI_CONTROLS}\u200b\u200c\u200d\u2060\ufeff"
QUOTE: Final = "'"

ITEM_SEPARATOR: Final = "; "
# The Latin or the Arabic semicolon: "بغداد; البصرة", "بغداد؛ البصرة"
SEPARATOR_RE: Final = re.compile(r"\s*[;؛]\s*")
_ITEM_QUOTE: Final = '"'
# Characters at which this or another reader of tables splits a cell.
_ENDS_ITEM_RE: Final = re.compile(r"[;؛\r\n]")
# "الأول; الثاني" in quotation marks, those inside it doubled.
_QUOTED_RE: Final = re.compile(r'\s*"((?:[^"]|"")*)"')
_BLANKS_RE: Final = re.compile(r"\s*")

# Matches after apostrophes too: a cell that looks neutralized already gets one more, so
# that `restore_cell` is exact.
_FORMULA_RE: Final = re.compile(
    f"[{QUOTE}{IGNORED_PREFIX}]*[{re.escape(FORMULA_STARTS)}]"
)


def neutralize_cell(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would execute it.

    >>> neutralize_cell("=SUM(A1)"), neutralize_cell(" ＠نبأ"), neutralize_cell("بغداد")
    ("'=SUM(A1)", "' ＠نبأ", 'بغداد')
    """
    return QUOTE + cell if _FORMULA_RE.match(cell) else cell


def restore_cell(cell: str) -> str:
    """The inverse of `neutralize_cell`.

    >>> restore_cell("'=SUM(A1)"), restore_cell("'بغداد'")
    ('=SUM(A1)', "'بغداد'")
    """
    is_neutralized = cell.startswith(QUOTE) and _FORMULA_RE.match(cell, 1)
    return cell[1:] if is_neutralized else cell


def join_items(items: Iterable[str]) -> str:
    """The items in one cell, separated by semicolons; ambiguous items are quoted.

    >>> join_items(["بغداد", "البصرة؛ الكوفة"])
    'بغداد; "البصرة؛ الكوفة"'
    """
    return ITEM_SEPARATOR.join(_quote_item(item) for item in items)


def split_items(cell: str, separator: re.Pattern[str] = SEPARATOR_RE) -> list[str]:
    """The items of a cell, without empty ones; the inverse of `join_items`.

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
    """The item that begins at offset *start*, and the offset of the next one."""
    quoted = _QUOTED_RE.match(cell, start)
    if quoted:
        next_separator = separator.match(cell, quoted.end())
        end = (
            next_separator.end() if next_separator else _skip_blanks(cell, quoted.end())
        )
        if next_separator or end == len(cell):
            return quoted[1].replace(_ITEM_QUOTE * 2, _ITEM_QUOTE), end
    match = separator.search(cell, start)
    if match is None:
        return cell[start:], len(cell)
    return cell[start : match.start()], match.end()


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
