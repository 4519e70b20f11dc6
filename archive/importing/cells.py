"""Cells of tables that a spreadsheet must not take for formulas.

Public: `neutralize_cell` for whoever writes a table, `restore_cell` for whoever
reads one.
"""

from typing import Final

# The characters with which spreadsheets open a formula or a command: OWASP,
# "CSV injection".
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
QUOTE: Final = "'"


def neutralize_cell(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would execute.

    >>> neutralize_cell("=SUM(A1)"), neutralize_cell("بغداد")
    ("'=SUM(A1)", 'بغداد')
    """
    # A cell that already looks neutralized gets one more, so that reading is exact.
    bare = cell.lstrip(QUOTE)
    return QUOTE + cell if bare.startswith(FORMULA_STARTS) else cell


def restore_cell(cell: str) -> str:
    """The cell as it was before `neutralize_cell`.

    >>> restore_cell("'=SUM(A1)"), restore_cell("'بغداد'")
    ('=SUM(A1)', "'بغداد'")
    """
    is_neutralized = cell.startswith(QUOTE) and cell.lstrip(QUOTE).startswith(
        FORMULA_STARTS
    )
    return cell[1:] if is_neutralized else cell
