"""The syntax of date fields: ``سنة:1908``, ``before:1908``, ``date:1908..1910``.

`archive.dates` reads the dates themselves, as newspapers print them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.dates import (
    Calendar,
    DateNotUnderstood,
    Precision,
    Trouble,
    parse_date,
    parse_range,
)
from search.arabic.normalize import fold
from search.errors import QuerySyntaxError
from search.query.ast import DateRange
from search.query.lexer import Kind, Lexeme

# Names of each date field; `write_dates` writes the first of a row.
_FIELD_NAMES: Final = (
    ("date", "تاريخ", "التاريخ"),
    ("year", "سنة", "السنة", "عام", "العام"),
    ("before", "قبل"),
    ("after", "بعد"),
    ("from", "since", "من", "منذ"),
    ("until", "to", "إلى", "حتى"),
)
# الخميس 15 آذار/مارس 2018 م has five; a span has two dates and what joins them.
_WORDS_OF_DATE: Final = 6
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
_SPAN_RE: Final = re.compile(r"(?<!\.)\.\.(?!\.)")
# 12/31/2018, whose day and month have changed places.
_MONTH_FIRST_RE: Final = re.compile(r"\b(\d{1,2})(\W)(\d{1,2})(?=\2)")
# A year that is taken for a Hijri one unless an era abbreviation stands behind it. So
# an abbreviation is told from a word that does not belong to the date.
_AMBIGUOUS_YEAR: Final = "1445"
_GREGORIAN_ERA: Final = "م"
# Punctuation behind a date is not part of it, as behind a word.
_PUNCTUATION: Final = "؟?!…"
_DAY: Final = timedelta(days=1)


def find_date_field(name: str) -> str:
    """The date field that *name* is a name of, or ``""``.

    >>> find_date_field("سنه"), find_date_field("Before"), find_date_field("عنوان")
    ('year', 'before', '')
    """
    return _fields_by_name().get(fold(name), "")


@cache
def _fields_by_name() -> dict[str, str]:
    return {fold(spelling): row[0] for row in _FIELD_NAMES for spelling in row}


def list_date_texts(
    name: str, lexemes: Sequence[Lexeme], text: str
) -> list[tuple[str, int]]:
    """Texts that may be the date behind the field *name*, with the offset of each end.

    *lexemes* of *text* are what follows the field. A quotation is one candidate; of
    words, the first, the first two and so on.

    >>> from search.query.lexer import scan
    >>> list_date_texts("year", list(scan("1445 هـ مصر")), "1445 هـ مصر")
    [('1445', 4), ('1445 هـ', 7)]
    """
    words: list[Lexeme] = []
    for lexeme in lexemes[: MAX_WORDS_OF[name]]:
        if lexeme.kind is Kind.QUOTED and not words:
            return [(lexeme.text, lexeme.end)]
        if lexeme.kind is not Kind.WORD:
            break
        words.append(lexeme)
    return [(text[words[0].start : word.end], word.end) for word in words]


def read_dates(name: str, texts: Sequence[str]) -> tuple[DateRange, int]:
    """The days that the date field *name* allows, and the index of the text it took.

    *texts* are the first word behind the colon, the first two words, and so on. The
    longest that is a date is taken. Raises QuerySyntaxError: its fragment is the text
    that is no date, its correction what to write instead, or ``""``.

    >>> read_dates("before", ["شباط", "شباط 1908", "شباط 1908 نفط"])
    (DateRange(first=None, last=datetime.date(1908, 1, 31)), 1)
    """
    if _is_as_written(name, texts[0]):
        return _READERS[name](texts[0]), 0
    fragment, error = texts[0], DateNotUnderstood(Trouble.EMPTY)
    for index in reversed(range(len(texts))):
        if index and not _may_end(name, texts[index]):
            continue
        try:
            return _READERS[name](texts[index].rstrip(_PUNCTUATION)), index
        except DateNotUnderstood as misread:
            # Of 31 شباط 2018 نفط the first three words are the date that is not.
            if error.trouble in (Trouble.EMPTY, Trouble.WORD):
                fragment, error = texts[index], misread
    raise _syntax_error(
        error.sentence(gettext), fragment, _correct(fragment, error)
    ) from error


def write_dates(dates: DateRange) -> str:
    """Query text for *dates*. Raises ValueError where neither side is known.

    >>> write_dates(DateRange(date(1908, 1, 1), date(1910, 12, 31)))
    'date:1908-01-01..1910-12-31'
    >>> write_dates(DateRange(None, date(1907, 12, 31)))
    'before:1908-01-01'
    """
    first, last = dates.first, dates.last
    if first is None and last is None:
        raise ValueError("A range of dates has a first or a last day.")
    if first is not None and first == last:
        return f"date:{_write_day(first)}"
    if last is None and first is not None and first > date.min:
        return f"after:{_write_day(first - _DAY)}"
    if first is None and last is not None and last < date.max:
        return f"before:{_write_day(last + _DAY)}"
    return "date:" + "..".join(_write_day(day) if day else "" for day in (first, last))


def _write_day(day: date) -> str:
    """The day in digits, with its era where its year might be read as Hijri."""
    year = parse_date(f"{day.year:04}")
    era = "" if year.calendar is Calendar.GREGORIAN else _GREGORIAN_ERA
    return f"{day.isoformat()}{era}"


def _is_as_written(name: str, text: str) -> bool:
    """Whether `write_dates` wrote *text*, to which no other word belongs then."""
    try:
        return write_dates(_READERS[name](text)) == f"{name}:{text}"
    except (DateNotUnderstood, QuerySyntaxError):
        return False


def _may_end(name: str, text: str) -> bool:
    """Whether the last of several words belongs to the date and not to the query."""
    try:
        if name == "year" and parse_date(text).precision is not Precision.YEAR:
            return False
        year = parse_date(f"{_AMBIGUOUS_YEAR} {text.split()[-1]}")
    except DateNotUnderstood:
        return True
    return not (year.precision is Precision.YEAR and year.calendar_guessed)


def _read_span(text: str) -> DateRange:
    ends = _SPAN_RE.split(text)
    if len(ends) == 1:
        return DateRange(*parse_range(text))
    start, end = ends[0].strip(), "..".join(ends[1:]).strip()
    first = parse_date(start).first_day if start else None
    last = parse_date(end).last_day if end else None
    if first is None and last is None:
        raise DateNotUnderstood(Trouble.EMPTY)
    if first and last and first > last:
        raise DateNotUnderstood(Trouble.BACKWARDS, text)
    return DateRange(first, last)


def _read_before(text: str) -> DateRange:
    first = parse_date(text).first_day
    if first == date.min:
        raise _syntax_error(
            _("No day comes before this one. Write a later date."), text
        )
    return DateRange(None, first - _DAY)


def _read_after(text: str) -> DateRange:
    last = parse_date(text).last_day
    if last == date.max:
        raise _syntax_error(
            _("No day comes after this one. Write an earlier date."), text
        )
    return DateRange(last + _DAY, None)


def _read_from(text: str) -> DateRange:
    return DateRange(parse_date(text).first_day, None)


def _read_until(text: str) -> DateRange:
    return DateRange(None, parse_date(text).last_day)


_READERS: Final[dict[str, Callable[[str], DateRange]]] = {
    "date": _read_span,
    "year": _read_span,
    "before": _read_before,
    "after": _read_after,
    "from": _read_from,
    "until": _read_until,
}


def _correct(text: str, error: DateNotUnderstood) -> str:
    """The date whose parts *text* has in the wrong order, or ``""``."""
    if error.trouble is Trouble.DAY_FIRST:
        return _MONTH_FIRST_RE.sub(r"\3\2\1", text)
    ends = _SPAN_RE.split(text)
    if error.trouble is Trouble.BACKWARDS and len(ends) > 1:
        return "..".join(end.strip() for end in reversed(ends))
    return ""


def _syntax_error(
    message: str | Promise, text: str, instead: str = ""
) -> QuerySyntaxError:
    return QuerySyntaxError(message, fragment=text, correction=instead)
