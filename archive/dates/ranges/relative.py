"""Dates that depend on the day of reading: أمس, last month, رمضان الماضي."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from archive.dates.errors import DateNotUnderstood, Trouble
from archive.dates.hijri import HijriDate
from archive.dates.months import Calendar
from archive.dates.parse import read_lexemes
from archive.dates.ranges.parsed import ParsedRange
from archive.dates.ranges.relative_words import PAST, PRESENT, rules
from archive.dates.ranges.spans import Days
from archive.dates.reading import ParsedDate
from archive.dates.scan import Lexeme, LexemeKind
from archive.dates.words import match_phrase

# Words before a relative date that change nothing: خلال الشهر الماضي, in the last week.
_LEADING: Final = frozenset({"خلال", "في", "من", "during", "in", "on"})

# A date without its year, and what stands for the year, in the order of the words.
_YEARS: Final = (
    (rf"(?P<date>.+) (?:من |في )?(?:ال)?(?:عام|سنه) {PAST}", 1),
    (rf"(?P<date>.+) (?:من |في )?(?:(?:هذا|هذه) )?ال(?:عام|سنه)(?: {PRESENT})?", 0),
    (r"(?P<date>.+) (?:of |in )?(?:last|the last) year", 1),
    (r"(?P<date>.+) (?:of |in )?(?:this|the current) year", 0),
    (rf"(?P<date>.+) {PAST}", None),
    (r"last (?P<date>.+)", None),
)
# 29 شباط is in one of eight years at worst, 1896 to 1904.
_MOST_YEARS_BACK: Final = 9


def read_relative(
    lexemes: list[Lexeme], text: str, today: dt.date | None
) -> ParsedRange | None:
    """The days of a relative date; None for any other text.

    Raises DateNotUnderstood where *today* is None, and for days beyond the calendar.

    >>> from archive.dates.scan import scan
    >>> read = read_relative(scan("3 شباط الماضي"), "", dt.date(2026, 11, 30))
    >>> read and str(read.first_day)
    '2026-02-03'
    """
    words = [each for each in lexemes if each.kind is not LexemeKind.SIGN]
    while words and words[0].folded in _LEADING:
        words = words[1:]
    try:
        days = _read_rules(words, today) or _read_without_year(words, today)
    except (ValueError, OverflowError) as error:
        if isinstance(error, DateNotUnderstood):
            raise DateNotUnderstood(error.trouble, error.piece or text) from error
        raise DateNotUnderstood(Trouble.IMPOSSIBLE, text) from error
    return ParsedRange(text, *days, is_relative=True) if days else None


def _read_rules(words: list[Lexeme], today: dt.date | None) -> Days | None:
    joined = " ".join(word.folded for word in words)
    for pattern, take in rules():
        match = pattern.fullmatch(joined)
        if match is None:
            continue
        if today is None:
            raise DateNotUnderstood(Trouble.RELATIVE, " ".join(w.text for w in words))
        return take(match, today)
    return None


def _read_without_year(words: list[Lexeme], today: dt.date | None) -> Days | None:
    """The days of رمضان الماضي, 3 شباط من العام الماضي, last February."""
    joined = " ".join(word.folded for word in words)
    for pattern, back in _YEARS:
        match = re.fullmatch(pattern, joined)
        if match is None:
            continue
        start = len(joined[: match.start("date")].split())
        date = words[start : start + len(match["date"].split())]
        if not _has_month(date):
            continue
        if today is None:
            raise DateNotUnderstood(Trouble.RELATIVE, " ".join(w.text for w in words))
        return _find_year(date, back, today)
    return None


def _has_month(words: list[Lexeme]) -> bool:
    """Whether the words name a month and no year."""
    meanings = [match_phrase(words, index) for index in range(len(words))]
    has_year = any(w.kind is LexemeKind.NUMBER and len(w.text) > 2 for w in words)
    return not has_year and any(found and found[0].month for found in meanings)


def _find_year(date: list[Lexeme], back: int | None, today: dt.date) -> Days:
    """The days of the date in the year so many before today's, or in its latest."""
    error: DateNotUnderstood | None = None
    for dated in _in_years(date, today, back):
        if isinstance(dated, DateNotUnderstood):
            error = dated
        elif back is not None or dated.last_day < today:
            return dated.first_day, dated.last_day
    raise error or DateNotUnderstood(Trouble.IMPOSSIBLE)


def _in_years(
    date: list[Lexeme], today: dt.date, back: int | None
) -> Iterator[ParsedDate | DateNotUnderstood]:
    hijri = HijriDate.from_day(today)
    meanings = [match_phrase(date, index) for index in range(len(date))]
    months = [found[0].month for found in meanings if found and found[0].month]
    is_hijri = months[0].calendar is Calendar.HIJRI
    year = hijri.year if is_hijri and hijri else today.year
    backs = range(_MOST_YEARS_BACK) if back is None else (back,)
    for each in backs:
        number = f"{year - each:04}"
        dated = [*date, Lexeme(LexemeKind.NUMBER, number, number)]
        try:
            yield read_lexemes(dated, " ".join(word.text for word in date))
        except DateNotUnderstood as error:
            yield error
