"""Hijri dates and the Gregorian days they correspond to.

From 1343 AH on the days are those of the Saudi Umm al-Qura calendar (`hijridate`);
earlier ones are those of the tabular civil calendar and flagged approximate. Months
began by sighting the crescent, so that a printed date may differ from either by a day
or two; conversions are shown with «نحو», about.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final, Self

from hijridate import Gregorian, Hijri

from archive.dates.partial import MONTHS_IN_A_YEAR, PartialDate, Precision

# The years for which hijridate 2.6.0 has month tables (`ummalqura.HIJRI_RANGE`).
FIRST_TABULATED_YEAR: Final = 1343
LAST_HIJRI_YEAR: Final = 1500

MAX_MONTH_DAYS: Final = 30

# 1 Muharram 1 AH = 16 July 622 Julian = 19 July 622 Gregorian, the civil epoch
# (Reingold and Dershowitz, Calendrical Calculations, "The Islamic Calendar").
EPOCH: Final = dt.date(622, 7, 19).toordinal()

# The tabular calendar: a cycle of 30 years has 10,631 days and 11 leap years.
_CYCLE_YEARS: Final = 30
_CYCLE_DAYS: Final = 10_631
_LEAP_YEARS: Final = 11
_YEAR_DAYS: Final = 354
_SHORT_MONTH: Final = 29
_MONTH_LENGTHS: Final = (_SHORT_MONTH, MAX_MONTH_DAYS)

# The days on which hijridate's tables begin (1 Muharram 1343) and end.
_FIRST_TABULATED_DAY: Final = dt.date(1924, 8, 1)
_LAST_TABULATED_DAY: Final = dt.date(2077, 11, 16)


@dataclass(frozen=True, slots=True)
class HijriDate:
    """A Hijri year, month or day; unknown parts are None.

    Any month may have a day 30, because months that began by sighting do not follow
    the tables. Raises ValueError outside years 1 to 1500 and for impossible dates.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("A day needs its month.")
        if not 1 <= self.year <= LAST_HIJRI_YEAR:
            raise ValueError(f"There is no conversion for the Hijri year {self.year}.")
        if self.month is not None and not 1 <= self.month <= MONTHS_IN_A_YEAR:
            raise ValueError(f"There is no month {self.month}.")
        if self.day is not None and not 1 <= self.day <= MAX_MONTH_DAYS:
            raise ValueError(f"A Hijri month has no day {self.day}.")

    @classmethod
    def from_day(cls, day: dt.date) -> Self | None:
        """The Hijri date of a Gregorian day; None outside 1 to 1500 AH.

        >>> HijriDate.from_day(dt.date(2024, 3, 24))
        HijriDate(year=1445, month=9, day=14)
        """
        if day > _LAST_TABULATED_DAY or day.toordinal() < EPOCH:
            return None
        if day >= _FIRST_TABULATED_DAY:
            year, month, number = Gregorian.fromdate(day).to_hijri().datetuple()
            if number <= MAX_MONTH_DAYS:
                return cls(year, month, number)
            # hijridate 2.6.0 has three months of 31 days; no Hijri month is so long.
            return cls.from_day(day + dt.timedelta(days=1))
        return cls(*_tabular_date(day.toordinal()))

    @property
    def precision(self) -> Precision:
        """The precision to which the date is known.

        >>> HijriDate(1345, 9).precision
        <Precision.MONTH: 'month'>
        """
        return Precision.of(self.month, self.day)

    @property
    def approximate(self) -> bool:
        """Whether the Gregorian days are computed, or the tables are implausible.

        hijridate 2.6.0 has eight months of 28 or 31 days, all before 1365.

        >>> HijriDate(1324, 1, 1).approximate, HijriDate(1445, 9, 14).approximate
        (True, False)
        """
        if self.year < FIRST_TABULATED_YEAR:
            return True
        if self.month is None:
            return False
        length = Hijri(self.year, self.month, 1).month_length()
        return length not in _MONTH_LENGTHS or (self.day or 1) > length

    def first_day(self) -> dt.date:
        """The first Gregorian day of the date.

        >>> HijriDate(1324).first_day()
        datetime.date(1906, 2, 25)
        """
        return _month_start(self.year, self.month or 1) + dt.timedelta(
            days=(self.day or 1) - 1
        )

    def last_day(self) -> dt.date:
        """The last Gregorian day of the date.

        >>> HijriDate(1345, 9).last_day()
        datetime.date(1927, 4, 2)
        """
        if self.day is not None:
            return self.first_day()
        if (self.year, self.month or MONTHS_IN_A_YEAR) == (
            LAST_HIJRI_YEAR,
            MONTHS_IN_A_YEAR,
        ):
            return _LAST_TABULATED_DAY
        month = self.month or MONTHS_IN_A_YEAR
        years, following = divmod(month, MONTHS_IN_A_YEAR)
        return _month_start(self.year + years, following + 1) - dt.timedelta(days=1)

    def gregorian(self) -> PartialDate | None:
        """The narrowest Gregorian date that contains it; None if it is in two years.

        >>> HijriDate(1445, 9, 14).gregorian()
        PartialDate(year=2024, month=3, day=24)
        >>> HijriDate(1345, 9).gregorian()
        PartialDate(year=1927, month=None, day=None)
        """
        return PartialDate.holding(self.first_day(), self.last_day())


def _month_start(year: int, month: int) -> dt.date:
    if year >= FIRST_TABULATED_YEAR:
        return dt.date.fromordinal(Hijri(year, month, 1).to_gregorian().toordinal())
    return dt.date.fromordinal(_tabular_start(year, month))


def _tabular_start(year: int, month: int) -> int:
    """The ordinal of a month's first day; months have 30 and 29 days alternately."""
    leap_days = (3 + _LEAP_YEARS * year) // _CYCLE_YEARS
    days = _YEAR_DAYS * (year - 1) + _SHORT_MONTH * (month - 1) + month // 2
    return EPOCH + days + leap_days


def _tabular_date(ordinal: int) -> tuple[int, int, int]:
    # Half a cycle is added, so that the division rounds at ends of years.
    elapsed = (ordinal - EPOCH) * _CYCLE_YEARS + _CYCLE_YEARS // 2
    year = elapsed // _CYCLE_DAYS + 1
    month = MONTHS_IN_A_YEAR
    while _tabular_start(year, month) > ordinal:
        month -= 1
    return year, month, ordinal - _tabular_start(year, month) + 1
