"""Dates and spans of dates as newspapers and readers write them.

Public: `parse_date`, `parse_range`.
"""

import datetime as dt
import re
from dataclasses import replace
from typing import Final

from archive.dates.digits import to_latin_digits
from archive.dates.errors import DateNotUnderstood, Trouble
from archive.dates.months import Calendar
from archive.dates.reading import ParsedDate, read_tokens
from archive.dates.scan import Lexeme, LexemeKind, scan
from archive.dates.tokens import Token, tokenize
from archive.dates.words import is_month_prefix, match_phrase

MAX_TEXT_LENGTH: Final = 250
"""Characters: the longest masthead line with both calendars has about 150."""
MAX_TOKENS: Final = 24

CALENDAR_SLACK: Final = dt.timedelta(days=2)
"""How far a printed Hijri date may lie from the tables and still be the same day."""

# What can be wrong with one of two dates side by side.
_BLAMED: Final = frozenset(
    {Trouble.IMPOSSIBLE, Trouble.DAY_FIRST, Trouble.CALENDARS_DIFFER}
)

# 2018-02-03T21:30:00+03:00 as feeds write it; the clock time is dropped.
_TIMESTAMP_RE: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}"
    r"(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)

_TWO_DAYS_SHAPE: Final = "n/nM"
_AND: Final = "و"
_BETWEEN: Final = frozenset({"بين", "ما", "between", "from", "الفتره"})
_TO: Final = frozenset({"الي", "حتي", "لغايه", _AND, "to", "until", "till", "and"})


def parse_date(text: str) -> ParsedDate:
    """The date that the text spells, with the precision and calendar it has there.

    A text with the date in both calendars gives the Gregorian one, with the Hijri one
    in `hijri`; they must agree to two days. Raises DateNotUnderstood, and nothing else.

    >>> parse_date("الأحد ٣ شباط/فبراير ٢٠١٨م").partial
    PartialDate(year=2018, month=2, day=3)
    >>> parse_date("أغسطس 2017").precision
    <Precision.MONTH: 'month'>
    >>> ramadan = parse_date("رمضان 1345 هـ")
    >>> ramadan.first_day, ramadan.last_day
    (datetime.date(1927, 3, 4), datetime.date(1927, 4, 2))
    >>> parse_date("31 شباط 2018")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    archive.dates.errors.DateNotUnderstood: There is no such date as “31 شباط 2018”...
    """
    stamp = _TIMESTAMP_RE.fullmatch(to_latin_digits(text[:MAX_TEXT_LENGTH]).strip())
    pieces = scan(stamp[1]) if stamp else _scan_limited(text)
    return _read(_check_limit(tokenize(pieces), text), text)


def parse_range(text: str) -> tuple[dt.date, dt.date]:
    """The first and the last day that the text spans, both included.

    The text is one date of any precision or two joined by إلى, حتى, و, "to" or a dash;
    what the first leaves out is taken from the second. Raises DateNotUnderstood.

    >>> parse_range("بين 5 و 7 أكتوبر 1960")
    (datetime.date(1960, 10, 5), datetime.date(1960, 10, 7))
    >>> parse_range("1906-1910")
    (datetime.date(1906, 1, 1), datetime.date(1910, 12, 31))
    """
    try:
        parsed = parse_date(text)
    except DateNotUnderstood as error:
        first, last = _parse_ends(text, error)
        if first.first_day > last.last_day:
            raise DateNotUnderstood(Trouble.BACKWARDS, text) from error
        return first.first_day, last.last_day
    return parsed.first_day, parsed.last_day


def _scan_limited(text: str) -> list[Lexeme]:
    if len(text) > MAX_TEXT_LENGTH:
        raise DateNotUnderstood(Trouble.TOO_LONG, text)
    return scan(text)


def _check_limit(tokens: list[Token], text: str) -> list[Token]:
    if len(tokens) > MAX_TOKENS:
        raise DateNotUnderstood(Trouble.TOO_LONG, text)
    return tokens


def _read(tokens: list[Token], text: str) -> ParsedDate:
    """One date, or one day in both calendars."""
    try:
        return read_tokens(tokens, text)
    except DateNotUnderstood as error:
        return _read_in_both_calendars(tokens, text, error)


def _read_in_both_calendars(
    tokens: list[Token], text: str, error: DateNotUnderstood
) -> ParsedDate:
    """The Gregorian date with the Hijri one beside it.

    Raises `error`, why the text is not one date, unless it is one good date beside
    one that cannot be: then that half is blamed.
    """
    for cut in range(1, len(tokens)):
        halves = [_attempt(tokens[:cut]), _attempt(tokens[cut:])]
        dates = [half for half in halves if isinstance(half, ParsedDate)]
        by_calendar = {date.calendar: date for date in dates}
        if len(by_calendar) == len(halves):
            return _merge_calendars(
                by_calendar[Calendar.GREGORIAN], by_calendar[Calendar.HIJRI], text
            )
        for half in halves:
            if (
                dates
                and isinstance(half, DateNotUnderstood)
                and half.trouble in _BLAMED
            ):
                raise half
    raise error


def _attempt(tokens: list[Token]) -> ParsedDate | DateNotUnderstood:
    try:
        return read_tokens(tokens, _text_of(tokens))
    except DateNotUnderstood as error:
        return error


def _merge_calendars(gregorian: ParsedDate, hijri: ParsedDate, text: str) -> ParsedDate:
    too_early = hijri.last_day + CALENDAR_SLACK < gregorian.first_day
    too_late = hijri.first_day - CALENDAR_SLACK > gregorian.last_day
    if too_early or too_late:
        raise DateNotUnderstood(Trouble.DATES_DIFFER, text)
    return replace(gregorian, hijri=hijri.hijri, raw=text)


def _parse_ends(text: str, error: DateNotUnderstood) -> tuple[ParsedDate, ParsedDate]:
    """The two dates of a range. Raises DateNotUnderstood.

    `error` is why the text is not one date; it stands where no word joins two.
    """
    pieces = _split_leading_and(_scan_limited(text))
    while pieces and pieces[0].folded in _BETWEEN:
        pieces = pieces[1:]
    places = [i for i, piece in enumerate(pieces) if piece.folded in _TO]
    if places:
        left, right = pieces[: places[0]], pieces[places[0] + 1 :]
        return _read_ends(tokenize(left), tokenize(right), text)
    tokens = _check_limit(tokenize(pieces), text)
    for place, token in enumerate(tokens):
        if token.is_dash or _joins_two_days(tokens, place):
            try:
                return _read_ends(tokens[:place], tokens[place + 1 :], text)
            except DateNotUnderstood:
                continue
    raise error


def _joins_two_days(tokens: list[Token], place: int) -> bool:
    """Whether the token is the stroke of 25/26 شباط, a night or a two-day meeting."""
    around = "".join(token.kind for token in tokens[max(place - 1, 0) : place + 3])
    return around == _TWO_DAYS_SHAPE


def _read_ends(
    left: list[Token], right: list[Token], text: str
) -> tuple[ParsedDate, ParsedDate]:
    """Both ends, the first completed with as much of the second's end as it lacks."""
    if not left or not right:
        raise DateNotUnderstood(Trouble.ONE_END, text)
    last = read_tokens(_check_limit(right, text), _text_of(right))
    try:
        return read_tokens(_check_limit(left, text), _text_of(left)), last
    except DateNotUnderstood:
        for place in range(1, len(right)):
            first = _attempt([*left, *right[place:]])
            if isinstance(first, ParsedDate):
                return first, last
        raise


def _text_of(tokens: list[Token]) -> str:
    return " ".join(token.text for token in tokens)


def _split_leading_and(pieces: list[Lexeme]) -> list[Lexeme]:
    """The pieces with و cut from a month it is written on: وآذار."""
    split: list[Lexeme] = []
    for piece in pieces:
        bare = Lexeme(piece.form, piece.text[1:], piece.folded[1:])
        if piece.folded.startswith(_AND) and _is_month(bare):
            split.append(Lexeme(LexemeKind.WORD, _AND, _AND))
            piece = bare
        split.append(piece)
    return split


def _is_month(piece: Lexeme) -> bool:
    found = match_phrase([piece], 0)
    return is_month_prefix(piece.folded) or (found is not None and bool(found[0].month))
