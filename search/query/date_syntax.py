"""The syntax of date fields: where a date ends in a query, and how one is written.

`archive.dates` reads the dates themselves, as newspapers print them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext

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
from search.query.date_fields import DAY, MAX_WORDS_OF, READERS, SPAN_RE
from search.query.lexer import Kind, Lexeme

# 12/31/2018, whose day and month have changed places.
_MONTH_FIRST_RE: Final = re.compile(r"\b(\d{1,2})(\W)(\d{1,2})(?=\2)")
# A year that is taken for a Hijri one unless an era abbreviation stands behind it. So
# an abbreviation is told from a word that does not belong to the date.
_AMBIGUOUS_YEAR: Final = "1445"
_GREGORIAN_ERA: Final = "م"
# Punctuation behind a date is not part of it, as behind a word.
_PUNCTUATION: Final = "؟?!…"
# In «بين 5 و 7 أكتوبر» the و joins dates and is no operator of the query.
_BETWEEN: Final = frozenset(map(fold, ("بين", "between")))
# The first word of such a date is not its own, and what follows it is not read.
_ABOUT_A_WORD: Final = frozenset(
    {Trouble.VAGUE, Trouble.SEASON, Trouble.RELATIVE, Trouble.HALF_A_MONTH}
)


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
        is_between = any(fold(word.text) in _BETWEEN for word in words)
        if lexeme.kind is not Kind.WORD and not (
            lexeme.kind is Kind.AND and is_between
        ):
            break
        words.append(lexeme)
    return [(text[words[0].start : word.end], word.end) for word in words]


def read_dates(
    name: str, texts: Sequence[str], today: date | None = None
) -> tuple[DateRange, int]:
    """The days that the date field *name* allows, and the index of the text it took.

    *texts* are the first word behind the colon, the first two words, and so on. The
    longest that is a date is taken; relative ones count from *today*. Raises
    QuerySyntaxError: its fragment is the text that is no date, its correction what to
    write instead, or ``""``.

    >>> read_dates("before", ["شباط", "شباط 1908", "شباط 1908 نفط"])
    (DateRange(first=None, last=datetime.date(1908, 1, 31)), 1)
    """
    if _is_as_written(name, texts[0]):
        return READERS[name](texts[0], None), 0
    fragment, error = texts[0], DateNotUnderstood(Trouble.EMPTY)
    for index in reversed(range(len(texts))):
        if index and not _may_end(name, texts, index, today):
            continue
        try:
            return READERS[name](texts[index].rstrip(_PUNCTUATION), today), index
        except DateNotUnderstood as misread:
            # Of 31 شباط 2018 نفط the first three words are the date that is not.
            if error.trouble in (Trouble.EMPTY, Trouble.WORD):
                fragment, error = texts[index], misread
            if misread.trouble is Trouble.APART:
                # A part of 1908 و1910 would be read as if the rest were not there.
                break
    if error.trouble in _ABOUT_A_WORD:
        fragment = _find_whole(texts, today)
    raise QuerySyntaxError(
        error.sentence(gettext),
        fragment=fragment,
        correction=_correct(fragment, error),
    ) from error


def _find_whole(texts: Sequence[str], today: date | None) -> str:
    """The longest text whose words behind the first are a date, else the first text.

    So the date ends where it would without أوائل before it.
    """
    for text in reversed(texts[1:]):
        try:
            parse_range(text[len(texts[0]) :], today)
        except DateNotUnderstood:
            continue
        return text
    return texts[0]


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
        return f"after:{_write_day(first - DAY)}"
    if first is None and last is not None and last < date.max:
        return f"before:{_write_day(last + DAY)}"
    return "date:" + "..".join(_write_day(day) if day else "" for day in (first, last))


def _write_day(day: date) -> str:
    """The day in digits, with its era where its year might be read as Hijri."""
    year = parse_date(f"{day.year:04}")
    era = "" if year.calendar is Calendar.GREGORIAN else _GREGORIAN_ERA
    return f"{day.isoformat()}{era}"


def _is_as_written(name: str, text: str) -> bool:
    """Whether `write_dates` wrote *text*, to which no other word belongs then."""
    try:
        return write_dates(READERS[name](text, None)) == f"{name}:{text}"
    except (DateNotUnderstood, QuerySyntaxError):
        return False


def _may_end(name: str, texts: Sequence[str], index: int, today: date | None) -> bool:
    """Whether the last of several words belongs to the date and not to the query."""
    text = texts[index]
    try:
        if name == "year" and parse_date(text).precision is not Precision.YEAR:
            return False
        parse_range(texts[index - 1], today)
        year = parse_date(f"{_AMBIGUOUS_YEAR} {text.split()[-1]}")
    except DateNotUnderstood:
        return True
    return not (year.precision is Precision.YEAR and year.calendar_guessed)


def _correct(text: str, error: DateNotUnderstood) -> str:
    """The date whose parts *text* has in the wrong order, or ``""``."""
    if error.trouble is Trouble.DAY_FIRST:
        return _MONTH_FIRST_RE.sub(r"\3\2\1", text)
    ends = SPAN_RE.split(text)
    if error.trouble is Trouble.BACKWARDS and len(ends) > 1:
        return "..".join(end.strip() for end in reversed(ends))
    return ""
