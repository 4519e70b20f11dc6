"""Date keys: days, months and years as integers that the index filters and sorts by.

A day is ``yyyymmdd``, a month ``yyyymm`` and a year ``yyyy``.
"""

from datetime import date
from typing import Final

# Divisors of a day's key for the keys of its year and its month.
DAYS_OF_YEAR: Final = 10_000
DAYS_OF_MONTH: Final = 100
# Divisor of a month's key for the key of its year.
MONTHS_OF_YEAR: Final = 100


def day_number(day: date) -> int:
    """The key of a day, yyyymmdd.

    >>> day_number(date(1923, 2, 5))
    19230205
    """
    return day.year * DAYS_OF_YEAR + day.month * DAYS_OF_MONTH + day.day


def month_number(year: int, month: int) -> int:
    """The key of a month, yyyymm.

    >>> month_number(1923, 2)
    192302
    """
    return year * MONTHS_OF_YEAR + month
