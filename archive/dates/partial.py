"""A Gregorian date known to the day, to the month or to the year."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import total_ordering
from typing import Final, Self

MONTHS_IN_A_YEAR: Final = 12
# Every month has these days; of the others the calendar has to be asked.
_SHORTEST_MONTH: Final = 28

# 1923, 1923-05, 1923-05-14
_ISO_RE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Precision(StrEnum):
    """The precision to which a date is known. A `PartialDate` is never UNKNOWN."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, month: int | None, day: int | None) -> Self:
        """The precision of a date with these parts and a year."""
        if day is not None:
            return cls.DAY
        return cls.YEAR if month is None else cls.MONTH


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day; unknown parts are None.

    Sorted by first day, the less precise of two equal ones first. Raises ValueError for
    a day without a month and for a date that does not exist.

    >>> PartialDate(1923, 5) < PartialDate(1923, 5, 1) < PartialDate(1923, 6)
    True
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("A day needs its month.")
        if not dt.MINYEAR <= self.year <= dt.MAXYEAR:
            raise ValueError(f"There is no year {self.year}.")
        if self.month is not None and not 1 <= self.month <= MONTHS_IN_A_YEAR:
            raise ValueError(f"There is no month {self.month}.")
        if self.day is None or 1 <= self.day <= _SHORTEST_MONTH:
            return
        if not 1 <= self.day <= self.last_day().day:
            month = f"{self.year:04}-{self.month:02}"
            raise ValueError(f"There is no day {self.day} in {month}.")

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._order() < other._order()

    def _order(self) -> tuple[int, int, int]:
        return self.year, self.month or 0, self.day or 0

    @classmethod
    def from_iso(cls, text: str) -> Self:
        """The date from "1923-05-14", "1923-05" or "1923".

        Raises ValueError for any other text and for dates that do not exist.

        >>> PartialDate.from_iso("1923-05")
        PartialDate(year=1923, month=5, day=None)
        """
        match = _ISO_RE.fullmatch(text)
        if match is None:
            raise ValueError(
                f"{text!r} is not a date: write 1923-05-14, 1923-05 or 1923."
            )
        year, month, day = (int(part) if part else None for part in match.groups())
        return cls(year or 0, month, day)

    @classmethod
    def from_date(cls, day: dt.date) -> Self:
        """The day, with day precision.

        >>> PartialDate.from_date(dt.date(1923, 5, 14)).iso()
        '1923-05-14'
        """
        return cls(day.year, day.month, day.day)

    @classmethod
    def holding(cls, first: dt.date, last: dt.date) -> Self | None:
        """The narrowest date that contains both days; None if their years differ.

        >>> PartialDate.holding(dt.date(1927, 3, 5), dt.date(1927, 4, 3))
        PartialDate(year=1927, month=None, day=None)
        """
        if first == last:
            return cls.from_date(first)
        if first.year != last.year:
            return None
        return cls(first.year, first.month if first.month == last.month else None)

    @property
    def precision(self) -> Precision:
        """The precision to which the date is known.

        >>> PartialDate(1923, 5).precision
        <Precision.MONTH: 'month'>
        """
        return Precision.of(self.month, self.day)

    def first_day(self) -> dt.date:
        """The first day of the date.

        >>> PartialDate(1924, 2).first_day()
        datetime.date(1924, 2, 1)
        """
        return dt.date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> dt.date:
        """The last day of the date.

        >>> PartialDate(1924, 2).last_day()
        datetime.date(1924, 2, 29)
        """
        month = self.month or MONTHS_IN_A_YEAR
        length = calendar.monthrange(self.year, month)[1]
        if self.day is not None and self.day <= length:
            length = self.day
        return dt.date(self.year, month, length)

    def iso(self) -> str:
        """ISO 8601 as far as it is known: 1923-05-14, 1923-05 or 1923.

        >>> PartialDate(1923, 5, 14).iso()
        '1923-05-14'
        """
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)
