"""The parser of dates and ranges of dates as newspapers and readers write them."""

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

# Characters. The longest masthead line with both calendars has about 150.
MAX_TEXT_LENGTH: Final = 250
MAX_TOKENS: Final = 24

# The difference allowed between a printed Hijri date and the tables.
CALENDAR_SLACK: Final = dt.timedelta(days=2)

# Errors of one of two dates side by side that are reported instead of the general one.
_BLAMED: Final = frozenset(
    {Trouble.IMPOSSIBLE, Trouble.DAY_FIRST, Trouble.CALENDARS_DIFFER}
)

# 2018-02-03T21:30:00+03:00, as in feeds; the time of day is dropped.
_TIMESTAMP_RE: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}"
    r"(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)

_TWO_DAYS_SHAPE: Final = "n/nM"
_AND: Final = "و"
_BETWEEN: Final = frozenset({"بين", "ما", "between", "from", "الفتره"})
_TO: Final = frozenset({"الي", "حتي", "لغايه", _AND, "to", "until", "till", "and"})


def parse_date(text: str) -> ParsedDate:
    """The date of the text, with the precision and calendar that the text gives.

    Of a text with the date in both calendars the Gregorian one is returned, with the
    Hijri one in `hijri`; they may differ by two days. Raises DateNotUnderstood only.

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
    lexemes = scan(stamp[1]) if stamp else _scan_limited(text)
    return _read(_check_limit(tokenize(lexemes), text), text)


def parse_range(text: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of the range in the text, both inclusive.

    The text is one date of any precision, or two joined by إلى, حتى, و, "to" or a dash;
    parts missing in the first are taken from the second. Raises DateNotUnderstood.

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
    """One date, or the same day in both calendars."""
    try:
        return read_tokens(tokens, text)
    except DateNotUnderstood as error:
        return _read_in_both_calendars(tokens, text, error)


def _read_in_both_calendars(
    tokens: list[Token], text: str, error: DateNotUnderstood
) -> ParsedDate:
    """The Gregorian date, with the Hijri one beside it.

    Otherwise raises *error*, the reason why the text is not one date; of a valid date
    beside an invalid one it raises the error of the latter.
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

    *error*, the reason why the text is not one date, is raised where nothing joins two.
    """
    lexemes = _split_leading_and(_scan_limited(text))
    while lexemes and lexemes[0].folded in _BETWEEN:
        lexemes = lexemes[1:]
    joints = [i for i, lexeme in enumerate(lexemes) if lexeme.folded in _TO]
    if joints:
        left, right = lexemes[: joints[0]], lexemes[joints[0] + 1 :]
        return _read_ends(tokenize(left), tokenize(right), text)
    tokens = _check_limit(tokenize(lexemes), text)
    for index, token in enumerate(tokens):
        if token.is_dash or _joins_two_days(tokens, index):
            try:
                return _read_ends(tokens[:index], tokens[index + 1 :], text)
            except DateNotUnderstood:
                continue
    raise error


def _joins_two_days(tokens: list[Token], index: int) -> bool:
    """Whether the token is the slash in 25/26 شباط, a night or a two-day meeting."""
    shape = "".join(token.kind for token in tokens[max(index - 1, 0) : index + 3])
    return shape == _TWO_DAYS_SHAPE


def _read_ends(
    left: list[Token], right: list[Token], text: str
) -> tuple[ParsedDate, ParsedDate]:
    """Both dates, the first completed with the trailing parts of the second."""
    if not left or not right:
        raise DateNotUnderstood(Trouble.ONE_END, text)
    last = read_tokens(_check_limit(right, text), _text_of(right))
    try:
        return read_tokens(_check_limit(left, text), _text_of(left)), last
    except DateNotUnderstood:
        for index in range(1, len(right)):
            first = _attempt([*left, *right[index:]])
            if isinstance(first, ParsedDate):
                return first, last
        raise


def _text_of(tokens: list[Token]) -> str:
    return " ".join(token.text for token in tokens)


def _split_leading_and(lexemes: list[Lexeme]) -> list[Lexeme]:
    """The lexemes with the و of a month such as وآذار split off."""
    split: list[Lexeme] = []
    for lexeme in lexemes:
        month = Lexeme(lexeme.kind, lexeme.text[1:], lexeme.folded[1:])
        if lexeme.folded.startswith(_AND) and _is_month(month):
            split += [Lexeme(LexemeKind.WORD, _AND, _AND), month]
        else:
            split.append(lexeme)
    return split


def _is_month(lexeme: Lexeme) -> bool:
    match = match_phrase([lexeme], 0)
    return is_month_prefix(lexeme.folded) or (
        match is not None and bool(match[0].month)
    )
