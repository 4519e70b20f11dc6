"""How the dates of one column are written, told by all of its cells together.

One cell, 3/5/2021 or 44257, does not tell; a column in which 3/25/2021 stands does.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from archive.dates.digits import to_latin_digits
from archive.dates.partial import MONTHS_IN_A_YEAR

_NUMERIC_RE: Final = re.compile(
    r"([0-9]{1,2})([/.\-])([0-9]{1,2})\2[0-9]{4}(?:[ T].*)?", re.DOTALL
)
# Days counted from 1899-12-30: those of 1927 to 2064, which have five digits as no year
# has, and fractions for the time of day.
SERIAL_RE: Final = re.compile(r"([1-5][0-9]{4})(?:\.[0-9]+)?")
FIRST_SERIAL: Final = 10_000
LAST_SERIAL: Final = 60_000
# Numbers among the filled cells of a column from which it is one of counted days.
_SERIAL_SHARE: Final = 0.8
_FEWEST_SERIALS: Final = 2


@dataclass(frozen=True, slots=True)
class ColumnDates:
    """What the cells of a column say about each of them.

    `month_first`: some can only be read with the month before the day, and none with
    the day before the month. `day_first`: the other way round. `serial`: days counted
    by a spreadsheet.
    """

    month_first: bool = False
    day_first: bool = False
    serial: bool = False

    @classmethod
    def of(cls, cells: Iterable[str]) -> "ColumnDates":
        """What the cells say; empty ones say nothing.

        >>> ColumnDates.of(["3/5/2021", "3/25/2021"]).month_first
        True
        >>> ColumnDates.of(["44257", "44258", ""]).serial
        True
        """
        filled = [to_latin_digits(cell).strip() for cell in cells if cell.strip()]
        pairs = [
            (int(match[1]), int(match[3]))
            for cell in filled
            if (match := _NUMERIC_RE.fullmatch(cell))
        ]
        serials = sum(SERIAL_RE.fullmatch(cell) is not None for cell in filled)
        month_first = any(_only_month_first(*pair) for pair in pairs)
        day_first = any(_only_month_first(*reversed(pair)) for pair in pairs)
        return cls(
            month_first=month_first and not day_first,
            day_first=day_first and not month_first,
            serial=serials >= max(_FEWEST_SERIALS, _SERIAL_SHARE * len(filled)),
        )


def _only_month_first(first: int, second: int) -> bool:
    return first <= MONTHS_IN_A_YEAR < second
