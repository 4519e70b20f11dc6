"""Whether the archive has a quotation word for word, altered, or not at all."""

from search.quotations.alignment import Change, Step, align
from search.quotations.checking import Checked, Verdict, check, find_gaps
from search.quotations.splitting import MOST_QUOTATIONS, split

__all__ = [
    "MOST_QUOTATIONS",
    "Change",
    "Checked",
    "Step",
    "Verdict",
    "align",
    "check",
    "find_gaps",
    "split",
]
