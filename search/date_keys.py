"""Days and months as the numbers that the index keeps, counts and sorts by.

A day is ``yyyymmdd``, a month ``yyyymm`` and a year ``yyyy``.
"""

from datetime import date
from typing import Final

# What the number of a day is divided by for those of its year and its month.
DAYS_OF_YEAR: Final = 10_000
DAYS_OF_MONTH: Final = 100
# What the number of a month is divided by for that of its year.
MONTHS_OF_YEAR: Final = 100


def day_number(day: date) -> int:
    """The day as the number yyyymmdd.

    >>> day_number(date(1923, 2, 5))
    19230205
    """
    return day.year * DAYS_OF_YEAR + day.month * DAYS_OF_MONTH + day.day


def month_number(year: int, month: int) -> int:
    """The month as the number yyyymm.

    >>> month_number(1923, 2)
    192302
    """
    return year * MONTHS_OF_YEAR + month
