"""How the dates of a search were read, in the words of the interface.

Days in both calendars where the Hijri one applies, and notes on what could have been
read otherwise. Whatever is not part of a date is named, never left out in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.dates import ParsedRange, about, format_hijri_range, format_range
from search.query.ast import DateRange, Query, walk

ARABIC = "ar"


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date as typed and as read: Gregorian ``days``, and ``hijri`` ones or ``""``."""

    typed: str
    days: str
    hijri: str
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the date field, as typed."""
        return self.typed.partition(":")[0]

    @property
    def value(self) -> str:
        """The date behind the colon of the field, as typed."""
        return self.typed.partition(":")[2]

    @property
    def plain(self) -> str:
        """The reading as a line of text."""
        days = f"{self.days} ({self.hijri})" if self.hijri else self.days
        return " ".join((f"{days}.", *self.notes) if self.notes else (days,))


def read_query_dates(query: Query, as_of: date | None) -> tuple[DateReading, ...]:
    """The readings of the date fields that were typed in a query, in order."""
    ranges = [
        node for node in walk(query) if isinstance(node, DateRange) and node.parsed
    ]
    return tuple(
        describe(node.first, node.last, node.parsed, typed=node.typed, as_of=as_of)
        for node in ranges
    )


def has_relative_dates(query: Query) -> bool:
    """Whether a date of the query depends on the day on which it is read."""
    return any(
        parsed.is_relative
        for node in walk(query)
        if isinstance(node, DateRange)
        for parsed in node.parsed
    )


def describe(
    first: date | None,
    last: date | None,
    parsed: Iterable[ParsedRange],
    *,
    typed: str,
    as_of: date | None,
) -> DateReading:
    """The reading of *parsed* as the days from *first* to *last*."""
    ranges = tuple(parsed)
    language = ARABIC if (get_language() or ARABIC).startswith(ARABIC) else "en"
    days, hijri = (
        _write_days(first, last, language),
        _write_hijri(first, last, language),
    )
    if any(each.is_hijri for each in ranges):
        days = about(days, language)
    else:
        hijri = about(hijri, language)
    notes = tuple(_iter_notes(ranges, as_of, language))
    return DateReading(typed, _bound(first, last, days), hijri, notes)


def _bound(first: date | None, last: date | None, days: str) -> str:
    """The days with from or until before them, where a side is open."""
    if not days or (first and last):
        return days
    sentence = _("from %(date)s") if first else _("until %(date)s")
    return sentence % {"date": days}


def _write_days(first: date | None, last: date | None, language: str) -> str:
    start, end = first or last, last or first
    if start is None or end is None:
        return ""
    return format_range(
        start, end, language, months=settings.MONTH_NAMES, digits=settings.DIGITS
    )


def _write_hijri(first: date | None, last: date | None, language: str) -> str:
    start, end = first or last, last or first
    if start is None or end is None:
        return ""
    return format_hijri_range(start, end, language, digits=settings.DIGITS)


def _iter_notes(
    ranges: tuple[ParsedRange, ...], as_of: date | None, language: str
) -> Iterator[str]:
    if as_of and any(each.is_relative for each in ranges):
        yield _("Counted from %(day)s.") % {"day": _write_days(as_of, as_of, language)}
    if any(each.is_swappable for each in ranges):
        yield _("The day was read first, then the month.")
    if any(each.is_calendar_guessed for each in ranges):
        yield _("The year was taken for a Hijri one: write AD after a Gregorian one.")
    for each in ranges:
        if each.place:
            yield _("“%(words)s” before the date was not looked for.") % {
                "words": each.place
            }
