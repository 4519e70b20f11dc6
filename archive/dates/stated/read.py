"""The reading of a stated date: what it says, how sure that is, and what it printed."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from archive.dates.digits import to_latin_digits
from archive.dates.errors import DateNotUnderstood, Trouble
from archive.dates.hijri import LAST_HIJRI_YEAR
from archive.dates.months import Calendar
from archive.dates.partial import PartialDate, Precision
from archive.dates.ranges import ParsedRange, parse_range
from archive.dates.stated.column import (
    FIRST_SERIAL,
    LAST_SERIAL,
    SERIAL_RE,
    ColumnDates,
)
from archive.dates.stated.doubt import Doubt, DoubtKind
from archive.dates.stated.machine import (
    ZEROS,
    drop_clock,
    drop_label,
    drop_trailing_signs,
    find_wrong_clock,
    has_zeros,
    is_epoch,
    read_machine,
    split_multipart,
    split_uncertain,
    swap_day_and_month,
)
from archive.dates.stated.shorthand import (
    has_two_digit_year,
    spell_out_years,
    split_vague,
)
from archive.dates.stated.weekdays import find_weekday

# Excel's day 1 is 1900-01-01, and it counts a 29 February 1900 that never was, so that
# from March 1900 the days are those after 1899-12-30.
_SERIAL_EPOCH: Final = dt.date(1899, 12, 30)
# The first book printed in Arabic letters from movable type is of 1514.
FIRST_PRINTED_YEAR: Final = 1514
# An issue may bear the date of its next week or month.
_AHEAD: Final = dt.timedelta(days=366)
_NO_COLUMN: Final = ColumnDates()
# Doubts that make a reading a guess, which never replaces a date that is known.
GUESSES: Final = frozenset(
    {
        DoubtKind.DAY_OR_MONTH,
        DoubtKind.CALENDAR_GUESSED,
        DoubtKind.EPOCH,
        DoubtKind.FUTURE,
        DoubtKind.BEFORE_PRINT,
        DoubtKind.UNCERTAIN,
        DoubtKind.VAGUE,
    }
)


@dataclass(frozen=True, slots=True)
class StatedDate:
    """The Gregorian days from `start` to `end`, both inclusive; None where it is none.

    `partial` is the narrowest year, month or day that holds them all, None where they
    fall into two years. `precision` and `calendar` are those of the text. `printed` is
    the text as stated.
    """

    printed: str
    start: dt.date | None = None
    end: dt.date | None = None
    partial: PartialDate | None = None
    precision: Precision = Precision.UNKNOWN
    calendar: Calendar | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_guessed(self) -> bool:
        """Whether another reading is as good."""
        return any(doubt.kind in GUESSES for doubt in self.doubts)


def read_stated(
    text: str, *, today: dt.date | None = None, column: ColumnDates = _NO_COLUMN
) -> StatedDate:
    """The date that *text* states; *column* is what its neighbors tell of it.

    Without *today*, no date is found to be in the future.

    >>> read_stated("Tue, 02 Mar 2021 10:00:00 +0300").partial
    PartialDate(year=2021, month=3, day=2)
    >>> str(read_stated("25/26 شباط 2021").end), read_stated("0000-00-00").partial
    ('2021-02-26', None)
    >>> [doubt.kind.value for doubt in read_stated("السبت 2 مارس 2021").doubts]
    ['weekday']
    """
    printed = " ".join(text.split())
    plain = to_latin_digits(printed)
    if not plain:
        return StatedDate(printed, doubts=(Doubt(DoubtKind.NOTHING),))
    bare = drop_trailing_signs(split_multipart(drop_clock(drop_label(plain)) or plain))
    bare, is_uncertain = split_uncertain(spell_out_years(bare))
    day = bare[:10]
    if day in ZEROS and bare == day:
        return _unread(printed, DoubtKind.ZERO)
    if serial := _read_serial(printed, bare, column):
        return _with_doubts(serial, bare, today, is_uncertain=is_uncertain)
    try:
        stated = _read_part(printed, bare, column)
    except DateNotUnderstood as error:
        if error.trouble is Trouble.NO_YEAR and has_two_digit_year(bare):
            return _unread(printed, DoubtKind.TWO_DIGIT_YEAR)
        reason = Doubt(DoubtKind.NOT_UNDERSTOOD, error=error)
        return StatedDate(printed, doubts=(reason,))
    return _with_doubts(stated, bare, today, is_uncertain=is_uncertain)


def _read_part(printed: str, bare: str, column: ColumnDates) -> StatedDate:
    """The date, or the whole month or year of which the text names a part."""
    try:
        return _read(printed, bare, column)
    except DateNotUnderstood as error:
        whole, is_vague = split_vague(bare)
        if error.trouble is not Trouble.VAGUE or not is_vague:
            raise
        stated = _read(printed, whole, column)
        if stated.precision is Precision.DAY:
            raise
        return _add(stated, DoubtKind.VAGUE)


def _read(printed: str, bare: str, column: ColumnDates) -> StatedDate:
    try:
        machine = read_machine(bare)
    except ValueError as error:
        raise DateNotUnderstood(Trouble.IMPOSSIBLE, printed) from error
    if machine and machine.year > LAST_HIJRI_YEAR:
        stated = _of_partial(printed, machine)
        return _add(stated, DoubtKind.PARTLY_ZERO) if has_zeros(bare) else stated
    swapped = swap_day_and_month(bare)
    if column.month_first and swapped != bare:
        return _add(_of_range(printed, parse_range(swapped), is_sure=True),
                    DoubtKind.MONTH_FIRST)  # fmt: skip
    try:
        found = parse_range(machine.iso() if machine else bare)
    except DateNotUnderstood as error:
        if error.trouble is not Trouble.DAY_FIRST or swapped == bare:
            raise
        stated = _of_range(printed, parse_range(swapped), is_sure=True)
        return _add(stated, DoubtKind.MONTH_FIRST)
    if found.is_relative:
        raise DateNotUnderstood(Trouble.RELATIVE, printed)
    return _of_range(printed, found, is_sure=column.day_first)


def _of_partial(printed: str, partial: PartialDate) -> StatedDate:
    return StatedDate(
        printed,
        partial.first_day(),
        partial.last_day(),
        partial,
        partial.precision,
        Calendar.GREGORIAN,
    )


def _of_range(printed: str, found: ParsedRange, *, is_sure: bool) -> StatedDate:
    """The days of a range; *is_sure*: which number is the day is known."""
    partial = PartialDate.holding(found.first_day, found.last_day)
    dates = found.dates
    if len(dates) == 1:
        partial = dates[0].partial
    stated = StatedDate(
        printed,
        found.first_day,
        found.last_day,
        partial,
        dates[-1].precision if dates else _precision_of(partial),
        Calendar.HIJRI if found.is_hijri else Calendar.GREGORIAN,
    )
    if found.is_swappable and not is_sure:
        stated = _add(stated, DoubtKind.DAY_OR_MONTH)
    if found.is_calendar_guessed:
        stated = _add(stated, DoubtKind.CALENDAR_GUESSED)
    if any(date.approximate for date in dates):
        stated = _add(stated, DoubtKind.COMPUTED)
    if found.has_two_ends and partial:
        stated = _add(stated, DoubtKind.SEVERAL_DAYS)
    if partial is None:
        stated = _add(stated, DoubtKind.TWO_YEARS)
    return _add(stated, DoubtKind.PLACE, found.place) if found.place else stated


def _precision_of(partial: PartialDate | None) -> Precision:
    return partial.precision if partial else Precision.YEAR


def _read_serial(printed: str, bare: str, column: ColumnDates) -> StatedDate | None:
    match = SERIAL_RE.fullmatch(bare)
    if match is None or not FIRST_SERIAL <= int(match[1]) <= LAST_SERIAL:
        return None
    day = PartialDate.from_date(_SERIAL_EPOCH + dt.timedelta(days=int(match[1])))
    if column.serial:
        return _add(_of_partial(printed, day), DoubtKind.SERIAL)
    values = {"piece": printed, "date": day.iso()}
    return StatedDate(printed, doubts=(Doubt(DoubtKind.MAYBE_SERIAL, values),))


def _with_doubts(
    stated: StatedDate, bare: str, today: dt.date | None, *, is_uncertain: bool
) -> StatedDate:
    """The date with the doubts that its own days raise."""
    start, end = stated.start, stated.end
    if start is None or end is None:
        return stated
    if is_uncertain:
        stated = _add(stated, DoubtKind.UNCERTAIN)
    if stated.partial and is_epoch(stated.partial):
        stated = _add(stated, DoubtKind.EPOCH)
    if today and start > today + _AHEAD:
        stated = _add(stated, DoubtKind.FUTURE)
    if end.year < FIRST_PRINTED_YEAR:
        stated = _add(stated, DoubtKind.BEFORE_PRINT)
    if clock := find_wrong_clock(to_latin_digits(stated.printed)):
        stated = _add(stated, DoubtKind.CLOCK, clock)
    weekday = find_weekday(stated.printed)
    is_one_day = start == end and stated.calendar is Calendar.GREGORIAN
    if is_one_day and weekday not in {None, start.weekday()}:
        stated = _add(stated, DoubtKind.WEEKDAY)
    return stated


def _add(stated: StatedDate, kind: DoubtKind, piece: str = "") -> StatedDate:
    date = stated.partial.iso() if stated.partial else str(stated.start)
    doubt = Doubt(kind, {"piece": piece or stated.printed, "date": date})
    return replace(stated, doubts=(*stated.doubts, doubt))


def _unread(printed: str, kind: DoubtKind) -> StatedDate:
    return StatedDate(printed, doubts=(Doubt(kind, {"piece": printed}),))
