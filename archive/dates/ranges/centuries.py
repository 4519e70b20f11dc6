"""Centuries and decades: القرن التاسع عشر, the 1960s, ستينيات القرن الماضي."""

import datetime as dt
from functools import cache
from typing import Final

from archive.dates.errors import DateNotUnderstood, Trouble
from archive.dates.hijri import LAST_HIJRI_YEAR, HijriDate
from archive.dates.months import Calendar
from archive.dates.partial import PartialDate
from archive.dates.ranges.parsed import ParsedRange
from archive.dates.scan import Lexeme, LexemeKind, fold
from archive.dates.words import match_phrase

YEARS_OF_CENTURY: Final = 100
YEARS_OF_DECADE: Final = 10
# The centuries that may be Hijri ones; nobody means them by a later number.
_LAST_HIJRI_CENTURY: Final = LAST_HIJRI_YEAR // YEARS_OF_CENTURY
_LATEST_CENTURY: Final = 30

_CENTURY: Final = frozenset({"القرن", "قرن", "century"})
_IGNORED: Final = frozenset(
    {"في", "من", "عقد", "خلال", "the", "of", "in", "during", "decade"}
    | {"th", "st", "nd", "rd"}
)
_PAST: Final = frozenset({"الماضي", "المنصرم", "last"})
_DECADES: Final = {
    20: "العشرينيات، العشرينات، عشرينيات، عشرينات، twenties",
    30: "الثلاثينيات، الثلاثينات، ثلاثينيات، ثلاثينات، thirties",
    40: "الأربعينيات، الأربعينات، أربعينيات، أربعينات، forties",
    50: "الخمسينيات، الخمسينات، خمسينيات، خمسينات، fifties",
    60: "الستينيات، الستينات، ستينيات، ستينات، sixties",
    70: "السبعينيات، السبعينات، سبعينيات، سبعينات، seventies",
    80: "الثمانينيات، الثمانينات، ثمانينيات، ثمانينات، eighties",
    90: "التسعينيات، التسعينات، تسعينيات، تسعينات، nineties",
}


def read_century(
    lexemes: list[Lexeme], text: str, today: dt.date | None
) -> ParsedRange | None:
    """The days of a century, or of a decade of one; None for any other text.

    The twentieth century is 1901 to 2000, its sixties are 1960 to 1969. Raises
    DateNotUnderstood for a decade without its century, and for a century that either
    calendar may count.

    >>> from archive.dates.scan import scan
    >>> read = read_century(scan("ستينيات القرن العشرين"), "", None)
    >>> read and (read.first_day.year, read.last_day.year)
    (1960, 1969)
    """
    rest = [each for each in lexemes if each.kind is not LexemeKind.SIGN]
    rest = [each for each in rest if each.folded not in _IGNORED]
    if _is_numbered_decade(rest):
        return _years(int(rest[0].text), YEARS_OF_DECADE, text)
    decade = next((_decades()[w.folded] for w in rest if w.folded in _decades()), None)
    rest = [each for each in rest if each.folded not in _decades()]
    is_century = any(each.folded in _CENTURY for each in rest)
    if decade is None and not is_century:
        return None
    numbered = [each for each in rest if each.folded not in _CENTURY]
    if not is_century or not numbered:
        trouble = Trouble.VAGUE if numbered or decade is not None else Trouble.WORD
        raise DateNotUnderstood(trouble, text)
    return _read_number(numbered, decade, text, today)


def _read_number(
    words: list[Lexeme], decade: int | None, text: str, today: dt.date | None
) -> ParsedRange:
    if len(words) == 1 and words[0].folded in _PAST:
        if today is None:
            raise DateNotUnderstood(Trouble.RELATIVE, text)
        century = (today.year - 1) // YEARS_OF_CENTURY
        return _of_century(century, Calendar.GREGORIAN, decade, text, relative=True)
    match = match_phrase(words, 0)
    if words[0].kind is LexemeKind.NUMBER:
        century, after = int(words[0].text[:4]), 1
    elif match and match[0].day:
        century, after = match[0].day, match[1]
    else:
        raise DateNotUnderstood(Trouble.WORD, words[0].text)
    era = match_phrase(words, after) if after < len(words) else None
    if after < len(words) and not (era and era[0].era and era[1] == len(words)):
        raise DateNotUnderstood(Trouble.WORD, words[after].text)
    calendar = era[0].era if era else None
    if calendar is None and century <= _LAST_HIJRI_CENTURY:
        raise DateNotUnderstood(Trouble.CENTURY, text)
    return _of_century(century, calendar or Calendar.GREGORIAN, decade, text)


def _of_century(
    century: int,
    calendar: Calendar,
    decade: int | None,
    text: str,
    *,
    relative: bool = False,
) -> ParsedRange:
    if not 1 <= century <= _LATEST_CENTURY:
        raise DateNotUnderstood(Trouble.IMPOSSIBLE, text)
    before = (century - 1) * YEARS_OF_CENTURY
    if decade is None:
        first, years = before + 1, YEARS_OF_CENTURY
    else:
        first, years = before + decade, YEARS_OF_DECADE
    return _years(first, years, text, calendar, relative=relative)


def _years(
    first: int,
    count: int,
    text: str,
    calendar: Calendar = Calendar.GREGORIAN,
    *,
    relative: bool = False,
) -> ParsedRange:
    build = HijriDate if calendar is Calendar.HIJRI else PartialDate
    try:
        ends = build(first).first_day(), build(first + count - 1).last_day()
    except ValueError as error:
        raise DateNotUnderstood(Trouble.IMPOSSIBLE, text) from error
    is_hijri = calendar is Calendar.HIJRI
    return ParsedRange(text, *ends, is_relative=relative, is_hijri=is_hijri)


def _is_numbered_decade(words: list[Lexeme]) -> bool:
    """Whether the words are 1960s, cut into a number and a letter."""
    if len(words) != 2 or words[0].kind is not LexemeKind.NUMBER:
        return False
    number = words[0].text
    return len(number) == 4 and number.endswith("0") and words[1].folded == "s"


@cache
def _decades() -> dict[str, int]:
    return {
        fold(w): decade for decade, row in _DECADES.items() for w in row.split("، ")
    }
