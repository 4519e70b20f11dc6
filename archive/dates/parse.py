"""The parser of dates as newspapers and readers write them, places before them too."""

import datetime as dt
import re
from dataclasses import replace
from typing import Final

from archive.dates.digits import to_latin_digits
from archive.dates.doubts import is_doubtful
from archive.dates.errors import DateNotUnderstood, Trouble
from archive.dates.months import Calendar
from archive.dates.reading import ParsedDate, read_tokens
from archive.dates.scan import DASH, Lexeme, LexemeKind, scan
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

# What stands between a place and its date: «بغداد، 5 آذار», «بيروت في 14 أيار».
_AFTER_PLACE: Final = frozenset("،,:(") | frozenset(
    {DASH, "–", "—", "في", "يوم", "بتاريخ", "in", "on"}
)
MAX_PLACE_WORDS: Final = 6
# Words that join or bound dates and so stand in no place.
_NO_PLACE: Final = frozenset(
    {"من", "الي", "حتي", "لغايه", "بين", "و", "from", "to", "until", "till", "between"}
    | {"and", "since", "through"}
)


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
    return read_lexemes(scan_limited(text), text)


def read_lexemes(lexemes: list[Lexeme], text: str) -> ParsedDate:
    """The date of the lexemes of *text*, which may have a place before it."""
    try:
        return _read(tokenize_limited(lexemes, text), text)
    except DateNotUnderstood:
        place, date = split_place(lexemes)
        if not place:
            raise
        return replace(_read(tokenize_limited(date, text), text), place=place)


def split_place(lexemes: list[Lexeme]) -> tuple[str, list[Lexeme]]:
    """The words before the date, and the lexemes of the date; ``""`` for no place.

    Punctuation or في must part the two, and no word may be one of dates.

    >>> place, date = split_place(scan("بغداد، 5 آذار 1921"))
    >>> place, [lexeme.text for lexeme in date]
    ('بغداد', ['5', 'آذار', '1921'])
    >>> split_place(scan("أوائل في 1921"))[0], split_place(scan("نفط 1921"))[0]
    ('', '')
    """
    start = next((i for i in range(len(lexemes)) if _begins_date(lexemes, i)), 0)
    cut = max((i for i in range(start) if lexemes[i].folded in _AFTER_PLACE), default=0)
    words = [each for each in lexemes[:cut] if each.kind is LexemeKind.WORD]
    while words and words[0].folded in _AFTER_PLACE:
        words = words[1:]
    while words and words[-1].folded in _AFTER_PLACE:
        words = words[:-1]
    known = any(_is_of_dates(word.folded) for word in words)
    if known or not 0 < len(words) <= MAX_PLACE_WORDS or not _is_unknown(words):
        return "", lexemes
    return " ".join(word.text for word in words), lexemes[cut + 1 :]


def _begins_date(lexemes: list[Lexeme], index: int) -> bool:
    """Whether a number or a word of a date, such as a weekday, stands there."""
    if lexemes[index].kind is LexemeKind.NUMBER:
        return True
    match = match_phrase(lexemes, index)
    return match is not None and lexemes[index].folded not in _AFTER_PLACE


def _is_of_dates(word: str) -> bool:
    """Whether a folded word joins, bounds or blurs dates, or is half a month."""
    return word in _NO_PLACE or is_doubtful(word) or is_month_prefix(word)


def _is_unknown(words: list[Lexeme]) -> bool:
    """Whether one of the words is none of dates."""
    return any(match_phrase(words, index) is None for index in range(len(words)))


def scan_limited(text: str) -> list[Lexeme]:
    """The lexemes of the text, of a timestamp those of its day.

    Raises DateNotUnderstood for a text that is too long.
    """
    if len(text) > MAX_TEXT_LENGTH:
        raise DateNotUnderstood(Trouble.TOO_LONG, text)
    stamp = _TIMESTAMP_RE.fullmatch(to_latin_digits(text).strip())
    return scan(stamp[1] if stamp else text)


def tokenize_limited(lexemes: list[Lexeme], text: str) -> list[Token]:
    """The tokens of the lexemes; raises DateNotUnderstood for too many."""
    tokens = tokenize(lexemes)
    if len(tokens) > MAX_TOKENS:
        raise DateNotUnderstood(Trouble.TOO_LONG, text)
    return tokens


def text_of(tokens: list[Token]) -> str:
    """The tokens as written, with a space between them."""
    return " ".join(token.text for token in tokens)


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
        return read_tokens(tokens, text_of(tokens))
    except DateNotUnderstood as error:
        return error


def _merge_calendars(gregorian: ParsedDate, hijri: ParsedDate, text: str) -> ParsedDate:
    too_early = hijri.last_day + CALENDAR_SLACK < gregorian.first_day
    too_late = hijri.first_day - CALENDAR_SLACK > gregorian.last_day
    if too_early or too_late:
        raise DateNotUnderstood(Trouble.DATES_DIFFER, text)
    return replace(gregorian, hijri=hijri.hijri, raw=text)
