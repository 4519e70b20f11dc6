"""The date fields: their names, and the days that each allows by what is typed.

``سنة:1908``, ``before:1908``, ``date:1908..1910``; `archive.dates` reads the dates
themselves, as newspapers print them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Final

from django.utils.translation import gettext_lazy as _

from archive.dates import (
    DateNotUnderstood,
    ParsedRange,
    Trouble,
    parse_edge,
    parse_range,
)
from search.arabic.normalize import fold
from search.errors import QuerySyntaxError
from search.query.ast import DateRange

# Names of each date field; `write_dates` writes the first of a row.
_FIELD_NAMES: Final = (
    ("date", "تاريخ", "التاريخ"),
    ("year", "سنة", "السنة", "عام", "العام"),
    ("before", "قبل"),
    ("after", "بعد"),
    ("from", "since", "من", "منذ"),
    ("until", "to", "إلى", "حتى"),
)
# الخميس 15 آذار/مارس 2018 م has five, with a place more; a span has two dates and what
# joins them.
_WORDS_OF_DATE: Final = 8
_WORDS_OF_SPAN: Final = 2 * _WORDS_OF_DATE + 1
# A year and the mark of its calendar.
_WORDS_OF_YEAR: Final = 2
# How many words an unquoted date may have, by the name of its field.
MAX_WORDS_OF: Final = {
    "date": _WORDS_OF_SPAN,
    "year": _WORDS_OF_YEAR,
    "before": _WORDS_OF_DATE,
    "after": _WORDS_OF_DATE,
    "from": _WORDS_OF_DATE,
    "until": _WORDS_OF_DATE,
}

# 1908..1910, 1908.. and ..1910; three dots are an ellipsis.
SPAN_RE: Final = re.compile(r"(?<!\.)\.\.(?!\.)")
# Before the length of time in منذ:أسبوعين.
_AGO: Final = "منذ"
# The fields that leave one side open.
_BOUNDS: Final = frozenset({"before", "after", "from", "until"})
DAY: Final = timedelta(days=1)

Reader = Callable[[str, date | None], DateRange]


def find_date_field(name: str) -> str:
    """The date field that *name* is a name of, or ``""``.

    >>> find_date_field("سنه"), find_date_field("Before"), find_date_field("عنوان")
    ('year', 'before', '')
    """
    return _fields_by_name().get(fold(name), "")


def name_in_arabic(name: str) -> str:
    """The first Arabic name of the date field *name*.

    >>> name_in_arabic("before")
    'قبل'
    """
    row = next(row for row in _FIELD_NAMES if row[0] == name)
    return next(spelling for spelling in row if not spelling.isascii())


@cache
def _fields_by_name() -> dict[str, str]:
    return {fold(spelling): row[0] for row in _FIELD_NAMES for spelling in row}


def _read_span(text: str, today: date | None) -> DateRange:
    ends = SPAN_RE.split(text)
    if len(ends) == 1:
        return _read_whole(text, today)
    start, end = ends[0].strip(), "..".join(ends[1:]).strip()
    first = parse_edge(start, today) if start else None
    last = parse_edge(end, today, later=True) if end else None
    if first is None and last is None:
        raise DateNotUnderstood(Trouble.EMPTY)
    if first and last and first.first_day > last.last_day:
        raise DateNotUnderstood(Trouble.BACKWARDS, text)
    return DateRange(
        first.first_day if first else None,
        last.last_day if last else None,
        parsed=tuple(each for each in (first, last) if each),
    )


def _read_whole(text: str, today: date | None) -> DateRange:
    """The days of a text; of قبل 1950 those that the field قبل: allows."""
    try:
        parsed = parse_range(text, today)
    except DateNotUnderstood:
        word, _space, rest = text.partition(" ")
        if find_date_field(word) not in _BOUNDS or not rest:
            raise
        return READERS[find_date_field(word)](rest, today)
    return DateRange(parsed.first_day, parsed.last_day, parsed=(parsed,))


def _read_before(text: str, today: date | None) -> DateRange:
    parsed = parse_edge(text, today)
    if parsed.first_day == date.min:
        raise QuerySyntaxError(
            _("No day comes before this one. Write a later date."), fragment=text
        )
    return DateRange(None, parsed.first_day - DAY, parsed=(parsed,))


def _read_after(text: str, today: date | None) -> DateRange:
    parsed = parse_edge(text, today, later=True)
    if parsed.last_day == date.max:
        raise QuerySyntaxError(
            _("No day comes after this one. Write an earlier date."), fragment=text
        )
    return DateRange(parsed.last_day + DAY, None, parsed=(parsed,))


def _read_from(text: str, today: date | None) -> DateRange:
    parsed = _read_since(text, today)
    return DateRange(parsed.first_day, None, parsed=(parsed,))


def _read_since(text: str, today: date | None) -> ParsedRange:
    """The date that the period begins with; منذ:أسبوعين begins two weeks ago."""
    try:
        return parse_edge(text, today)
    except DateNotUnderstood:
        try:
            return parse_range(f"{_AGO} {text}", today)
        except DateNotUnderstood:
            pass
        raise


def _read_until(text: str, today: date | None) -> DateRange:
    parsed = parse_edge(text, today, later=True)
    return DateRange(None, parsed.last_day, parsed=(parsed,))


READERS: Final[dict[str, Reader]] = {
    "date": _read_span,
    "year": _read_span,
    "before": _read_before,
    "after": _read_after,
    "from": _read_from,
    "until": _read_until,
}
