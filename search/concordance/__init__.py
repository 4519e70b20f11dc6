"""Concordances: the words of a search in their contexts, line by line.

The engine says where words stand and sorts by the words beside them; texts are read for
the lines of one page only.
"""

from search.concordance.lines import Line, Tokens, cut_line
from search.concordance.options import Options, read_options
from search.concordance.pages import (
    PAGE_SIZE,
    Page,
    PlacedLine,
    WordChoice,
    iter_lines,
    list_labels,
    read_page,
)
from search.concordance.table import write_table

__all__ = [
    "PAGE_SIZE",
    "Line",
    "Options",
    "Page",
    "PlacedLine",
    "Tokens",
    "WordChoice",
    "cut_line",
    "iter_lines",
    "list_labels",
    "read_options",
    "read_page",
    "write_table",
]
