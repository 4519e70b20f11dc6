"""Dates as files, feeds and forms state them, with the doubts about each.

Machines write what no newspaper prints: clock times, zeros for what is unknown, days
counted by a spreadsheet. `read_stated` reads these too, and never raises.
"""

from archive.dates.stated.column import ColumnDates
from archive.dates.stated.doubt import Doubt, DoubtKind
from archive.dates.stated.machine import is_epoch
from archive.dates.stated.read import FIRST_PRINTED_YEAR, StatedDate, read_stated

__all__ = [
    "FIRST_PRINTED_YEAR",
    "ColumnDates",
    "Doubt",
    "DoubtKind",
    "StatedDate",
    "is_epoch",
    "read_stated",
]
