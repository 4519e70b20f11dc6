"""Formatting of ranges of days in both calendars, without bidirectional controls."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from archive.dates.display import (
    ABOUT,
    ARABIC,
    ENGLISH,
    Digits,
    MonthStyle,
    format_hijri,
    format_partial,
)
from archive.dates.hijri import LAST_HIJRI_YEAR, HijriDate
from archive.dates.partial import PartialDate

AnyDate = PartialDate | HijriDate

_DASH: Final = " – "
_GREGORIAN_ERA: Final = {ARABIC: "م", ENGLISH: "AD"}


def format_range(
    first: dt.date,
    last: dt.date,
    language: str = ARABIC,
    *,
    months: str = MonthStyle.BOTH,
    digits: str = Digits.LATIN,
) -> str:
    """The Gregorian days from *first* to *last*, whole months and years as such.

    `parse_range` reads the same days from it. Raises as `format_partial`.

    >>> format_range(dt.date(1973, 10, 5), dt.date(1973, 10, 7))
    '5 – 7 تشرين الأول/أكتوبر 1973'
    >>> format_range(dt.date(1923, 2, 1), dt.date(1924, 12, 31), "en")
    'February 1923 – December 1924'
    >>> format_range(dt.date(1914, 1, 1), dt.date(1918, 12, 31))
    '1914 – 1918'
    """

    def write(date: AnyDate) -> str:
        if isinstance(date, HijriDate):
            raise TypeError("A Gregorian range has Gregorian ends.")
        text = format_partial(date, language, months=months, digits=digits)
        era = f" {_GREGORIAN_ERA[language]}" if date.year <= LAST_HIJRI_YEAR else ""
        return text + era

    ends = PartialDate.from_date(first), PartialDate.from_date(last)
    return _format(*_widen(*ends), write)


def format_hijri_range(
    first: dt.date,
    last: dt.date,
    language: str = ARABIC,
    *,
    digits: str = Digits.LATIN,
) -> str:
    """The same days in the Hijri calendar; ``""`` outside its tables.

    >>> format_hijri_range(dt.date(1927, 3, 4), dt.date(1927, 4, 2))
    'رمضان 1345 هـ'
    """
    ends = HijriDate.from_day(first), HijriDate.from_day(last)
    if ends[0] is None or ends[1] is None:
        return ""

    def write(date: AnyDate) -> str:
        if isinstance(date, PartialDate):
            raise TypeError("A Hijri range has Hijri ends.")
        return format_hijri(date, language, digits=digits)

    return _format(*_widen(ends[0], ends[1]), write)


def about(text: str, language: str = ARABIC) -> str:
    """The text as a computed date; ``""`` for none.

    >>> about("رمضان 1345 هـ")
    'نحو رمضان 1345 هـ'
    """
    return f"{ABOUT[language]} {text}" if text else ""


def _widen(first: AnyDate, last: AnyDate) -> tuple[AnyDate, AnyDate]:
    """Both ends as years or months, where the days between them are whole ones."""
    build = type(first)
    years = build(first.year), build(last.year)
    months = build(first.year, first.month), build(last.year, last.month)
    for wide in (years, months):
        ends = wide[0].first_day(), wide[1].last_day()
        if ends == (first.first_day(), last.last_day()):
            return wide
    return first, last


def _format(first: AnyDate, last: AnyDate, write: Callable[[AnyDate], str]) -> str:
    if first == last:
        return write(last)
    shared: AnyDate | None = None
    if first.month and first.year == last.year:
        is_one_month = first.day and first.month == last.month
        shared = type(last)(last.year, last.month if is_one_month else None)
    ending = f" {write(shared)}" if shared else ""
    return f"{write(first).removesuffix(ending)}{_DASH}{write(last)}"
