"""Parts of a month or a year: النصف الأول من شباط 1923, first quarter of 1923, Q1 1923.

Also the three tens of a month, العشر الأواخر من رمضان, and its middle day, which only
Hijri months have: النصف من شعبان.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from archive.dates.errors import DateNotUnderstood, Trouble
from archive.dates.hijri import HijriDate
from archive.dates.partial import MONTHS_IN_A_YEAR, PartialDate, Precision
from archive.dates.ranges.parsed import ParsedRange
from archive.dates.scan import Lexeme, LexemeKind, scan

HALVES: Final = 2
THIRDS: Final = 3
QUARTERS: Final = 4
# The first days of the halves and of the tens of a month.
_MONTH_STARTS: Final = {HALVES: (1, 16), THIRDS: (1, 11, 21)}
_MIDDLE_DAY: Final = 15


@dataclass(frozen=True, slots=True)
class Part:
    """Part *number* of *of* equal ones, from 1; 0 of 0 is the middle day of a month."""

    of: int
    number: int


_MIDDLE: Final = Part(0, 0)
_PHRASES: Final = {
    Part(HALVES, 1): "النصف الأول، نصف أول، first half، the first half، H1",
    Part(HALVES, 2): "النصف الثاني، النصف الآخر، النصف الأخير، second half، "
    "the second half، H2",
    Part(THIRDS, 1): "الثلث الأول، العشر الأوائل، العشر الأول، العشر الأولى، "
    "first third، the first third",
    Part(THIRDS, 2): "الثلث الثاني، العشر الأواسط، العشر الأوسط، العشر الوسطى، "
    "second third، the second third",
    Part(THIRDS, 3): "الثلث الثالث، الثلث الأخير، العشر الأواخر، العشر الأخيرة، "
    "last third، the last third",
    Part(QUARTERS, 1): "الربع الأول، first quarter، the first quarter، Q1",
    Part(QUARTERS, 2): "الربع الثاني، second quarter، the second quarter، Q2",
    Part(QUARTERS, 3): "الربع الثالث، third quarter، the third quarter، Q3",
    Part(QUARTERS, 4): "الربع الرابع، الربع الأخير، fourth quarter، last quarter، "
    "the fourth quarter، the last quarter، Q4",
    _MIDDLE: "النصف",
}
_LEADING: Final = frozenset({"في", "خلال", "من", "in", "during"})
_LONGEST_PHRASE: Final = 3


def read_part(
    lexemes: list[Lexeme], text: str, read: Callable[[list[Lexeme]], ParsedRange]
) -> ParsedRange | None:
    """The days of a part of what *read* reads behind it; None for any other text.

    Raises DateNotUnderstood where the rest is no date, or has no such part.
    """
    while lexemes and lexemes[0].folded in _LEADING:
        lexemes = lexemes[1:]
    for length in range(_LONGEST_PHRASE, 0, -1):
        phrase = tuple(lexeme.folded for lexeme in lexemes[:length])
        part = _parts_by_phrase().get(phrase)
        if part is not None and len(lexemes) > length:
            whole = read(_without_of(lexemes[length:]))
            first, last = _cut_years(whole, part) or _cut(whole, part, text)
            return replace(whole, raw=text, first_day=first, last_day=last)
    return None


def _without_of(lexemes: list[Lexeme]) -> list[Lexeme]:
    """The lexemes behind من, of or a comma."""
    while lexemes and (
        lexemes[0].kind is LexemeKind.SIGN or lexemes[0].folded in {"من", "of", "ل"}
    ):
        lexemes = lexemes[1:]
    return lexemes


@cache
def _parts_by_phrase() -> dict[tuple[str, ...], Part]:
    return {
        tuple(lexeme.folded for lexeme in scan(phrase)): part
        for part, row in _PHRASES.items()
        for phrase in row.split("، ")
    }


def _cut(whole: ParsedRange, part: Part, text: str) -> tuple[dt.date, dt.date]:
    date = _date_of(whole)
    if date is None or date.precision is Precision.DAY:
        raise DateNotUnderstood(Trouble.VAGUE, text)
    if part is _MIDDLE:
        if not isinstance(date, HijriDate) or date.month is None:
            raise DateNotUnderstood(Trouble.VAGUE, text)
        day = HijriDate(date.year, date.month, _MIDDLE_DAY).first_day()
        return day, day
    days = _cut_year(date, part) if date.month is None else _cut_month(date, part)
    if days is None:
        raise DateNotUnderstood(Trouble.VAGUE, text)
    return days


def _cut_years(whole: ParsedRange, part: Part) -> tuple[dt.date, dt.date] | None:
    """The years of a part of a century; None for what is no such range of years."""
    first, last = whole.first_day.year, whole.last_day.year
    years = (PartialDate(first).first_day(), PartialDate(last).last_day())
    count = last - first + 1
    whole_years = (whole.first_day, whole.last_day) == years and not whole.has_two_ends
    if part is _MIDDLE or not whole_years or count == 1 or count % part.of:
        return None
    length = count // part.of
    start = first + (part.number - 1) * length
    return (
        PartialDate(start).first_day(),
        PartialDate(start + length - 1).last_day(),
    )


def _date_of(whole: ParsedRange) -> PartialDate | HijriDate | None:
    """The one month or year that the range is, in its own calendar."""
    if whole.has_two_ends:
        return None
    if whole.is_hijri and whole.dates[0].hijri:
        return whole.dates[0].hijri
    date = PartialDate.holding(whole.first_day, whole.last_day)
    whole_days = (whole.first_day, whole.last_day)
    is_whole = date and (date.first_day(), date.last_day()) == whole_days
    return date if is_whole else None


def _cut_year(
    year: PartialDate | HijriDate, part: Part
) -> tuple[dt.date, dt.date] | None:
    months = MONTHS_IN_A_YEAR // part.of
    last = part.number * months
    ends = (replace(year, month=month) for month in (last - months + 1, last))
    first_month, last_month = ends
    return first_month.first_day(), last_month.last_day()


def _cut_month(
    month: PartialDate | HijriDate, part: Part
) -> tuple[dt.date, dt.date] | None:
    """None for the quarters of a month, which nobody counts alike."""
    starts = _MONTH_STARTS.get(part.of)
    if starts is None:
        return None
    first = replace(month, day=starts[part.number - 1]).first_day()
    if part.number == part.of:
        return first, month.last_day()
    return first, replace(month, day=starts[part.number] - 1).first_day()
