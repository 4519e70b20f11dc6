"""Cells of tables that a spreadsheet must not take for formulas.

Public: `neutralize_cell` for whoever writes a table, `restore_cell` for whoever
reads one.
"""

import re
from typing import Final

from archive.names import BIDI_CONTROLS

# The characters with which spreadsheets open a formula or a command (OWASP, "CSV
# injection"), also full-width as East Asian keyboards have them.
FORMULA_STARTS: Final = "=+-@\t\r\n\0＝＋－＠"
# What a spreadsheet passes over before them: blanks and characters without width.
PASSED_OVER: Final = f"\\s{BIDI_CONTROLS}\u200b\u200c\u200d\u2060\ufeff"
QUOTE: Final = "'"

# A cell that already looks neutralized gets one more apostrophe, so that reading
# is exact.
_FORMULA_RE: Final = re.compile(f"[{QUOTE}{PASSED_OVER}]*[{re.escape(FORMULA_STARTS)}]")


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
