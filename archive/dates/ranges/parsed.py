"""The days that a text names, with what the reader should know about the reading."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from archive.dates.months import Calendar
from archive.dates.reading import ParsedDate


@dataclass(frozen=True, slots=True)
class ParsedRange:
    """The Gregorian days from `first_day` to `last_day`, both inclusive.

    `dates` are the dates that were read: one, two of a range, none of relative ones.
    `has_two_ends`: the text names both ends. `is_relative`: the days depend on the day
    on which the text is read. `is_hijri`: all are of the Hijri calendar, so that the
    days are computed. `place`: what stands before the date.
    """

    raw: str
    first_day: dt.date
    last_day: dt.date
    dates: tuple[ParsedDate, ...] = ()
    has_two_ends: bool = False
    is_relative: bool = False
    is_hijri: bool = False
    place: str = ""

    @classmethod
    def of_date(cls, date: ParsedDate, raw: str) -> ParsedRange:
        """The days of one date."""
        return cls(
            raw,
            date.first_day,
            date.last_day,
            (date,),
            is_hijri=date.calendar is Calendar.HIJRI,
            place=date.place,
        )

    @property
    def is_swappable(self) -> bool:
        """Whether a month of it could be a day: 3/2/1908."""
        return any(date.ambiguous and not date.calendar_guessed for date in self.dates)

    @property
    def is_calendar_guessed(self) -> bool:
        """Whether the calendar was guessed from a year without an era: 1345."""
        return any(date.calendar_guessed for date in self.dates)
