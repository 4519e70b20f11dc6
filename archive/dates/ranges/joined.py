"""Two dates with a joint: من … إلى …, بين … و…, 1906-1910, 25/26 شباط, تموز/آب."""

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Final

from archive.dates.errors import DateNotUnderstood, Trouble
from archive.dates.months import levantine_spellings
from archive.dates.parse import text_of, tokenize_limited
from archive.dates.ranges.parsed import ParsedRange
from archive.dates.ranges.relative import read_relative
from archive.dates.reading import ParsedDate, read_tokens
from archive.dates.scan import Lexeme, scan
from archive.dates.tokens import Kind, Token

_BETWEEN: Final = frozenset({"بين", "مابين", "between"})
_LEADING: Final = _BETWEEN | frozenset(
    {"ما", "from", "الفتره", "فتره", "المده", "خلال", "اثنا", "ابتدا", "في", "من"}
    | {"during", "in", "the", "period", "years", "السنوات", "الاعوام"}
)
_AND: Final = frozenset({"و", "and"})
_TO: Final = _AND | frozenset(
    {"الي", "والي", "حتي", "وحتي", "لغايه", "ولغايه"}
    | {"to", "until", "till", "through", "thru"}
)
# Words behind a joint that change nothing: إلى غاية, حتى نهاية آذار.
_AFTER_JOINT: Final = frozenset({"غايه", "نهايه", "end", "the", "of"})
# Words before the first end that change nothing: من بداية شباط إلى ….
_BEFORE_FIRST: Final = frozenset({"بدايه", "مطلع", "beginning", "start", "of"})
_SLASH: Final = "/"
_DAY: Final = dt.timedelta(days=1)


def read_joined(
    lexemes: list[Lexeme],
    text: str,
    *,
    place: str,
    error: DateNotUnderstood,
    today: dt.date | None,
) -> ParsedRange:
    """The days from the first of the one date to the last of the other.

    *error*, the reason why the text is not one date, is raised where nothing joins two.
    """
    found = _read(lexemes, text, error, today)
    if found.first_day > found.last_day:
        raise DateNotUnderstood(Trouble.BACKWARDS, text) from error
    return replace(found, place=place)


def _read(
    lexemes: list[Lexeme], text: str, error: DateNotUnderstood, today: dt.date | None
) -> ParsedRange:
    start = next(
        (i for i, each in enumerate(lexemes) if each.folded not in _LEADING),
        len(lexemes),
    )
    is_between = any(lexeme.folded in _BETWEEN for lexeme in lexemes[:start])
    inner = lexemes[start:]
    joint = next((i for i, each in enumerate(inner) if each.folded in _TO), None)
    if joint is None:
        try:
            tokens = tokenize_limited(inner, text)
        except DateNotUnderstood:
            raise error from None
        return _read_by_signs(tokens, text, error)
    left = _without_leading(inner[:joint], _BEFORE_FIRST)
    right = _without_leading(inner[joint + 1 :], _AFTER_JOINT)
    ends = _read_ends(left, right, text, today)
    if inner[joint].folded in _AND and not is_between and not _follow(*ends):
        raise DateNotUnderstood(Trouble.APART, text)
    return _join(*ends, text)


def _without_leading(lexemes: list[Lexeme], words: frozenset[str]) -> list[Lexeme]:
    while lexemes and lexemes[0].folded in words:
        lexemes = lexemes[1:]
    return lexemes


def _read_by_signs(
    tokens: list[Token], text: str, error: DateNotUnderstood
) -> ParsedRange:
    """Two dates with a dash between them, or a slash where they follow one another."""
    for index, token in enumerate(tokens):
        if token.kind is not Kind.SEPARATOR:
            continue
        try:
            ends = read_dates(tokens[:index], tokens[index + 1 :], text)
        except DateNotUnderstood:
            continue
        is_joined = _are_double(*ends, tokens, index) or _is_interval(tokens, index)
        if token.is_dash or (token.text == _SLASH and is_joined):
            first, last = (ParsedRange.of_date(end, text) for end in ends)
            return _join(first, last, text)
    raise error


def _are_double(
    first: ParsedDate, last: ParsedDate, tokens: list[Token], index: int
) -> bool:
    """Whether a slash joins them to one date: a night, a double issue, two years.

    شباط/مارس are no two months but a month and a wrong name for it.
    """
    alike = first.precision is last.precision and first.calendar is last.calendar
    pair = [tokens[index - 1], tokens[index + 1]]
    named = [token.text for token in pair if token.month]
    mixed = len(named) == len(pair) and len({*map(_is_levantine, named)}) > 1
    return alike and not mixed and first.last_day + _DAY == last.first_day


def _is_interval(tokens: list[Token], index: int) -> bool:
    """Whether a slash joins two ISO dates: 2021-02-25/2021-03-01."""
    sides = tokens[:index], tokens[index + 1 :]
    return all(len(side) > 1 and side[0].kind is Kind.YEAR for side in sides) and all(
        token.is_dash for side in sides for token in side[1::2]
    )


def _read_ends(
    left: list[Lexeme], right: list[Lexeme], text: str, today: dt.date | None
) -> tuple[ParsedRange, ParsedRange]:
    relative = [read_relative(side, text, today) for side in (left, right)]
    if not any(relative):
        first, last = read_dates(
            tokenize_limited(left, text), tokenize_limited(right, text), text
        )
        return ParsedRange.of_date(first, text), ParsedRange.of_date(last, text)
    ends = [
        found or ParsedRange.of_date(_read_side(side, text), text)
        for found, side in zip(relative, (left, right), strict=True)
    ]
    return ends[0], ends[1]


def _read_side(side: list[Lexeme], text: str) -> ParsedDate:
    tokens = tokenize_limited(side, text)
    if not tokens:
        raise DateNotUnderstood(Trouble.ONE_END, text)
    return read_tokens(tokens, text_of(tokens))


def read_dates(
    left: list[Token], right: list[Token], text: str
) -> tuple[ParsedDate, ParsedDate]:
    """Both dates, the first completed with the trailing parts of the second.

    A month that stands before both days is that of both: October 5-7, 1973.
    """
    if not left or not right:
        raise DateNotUnderstood(Trouble.ONE_END, text)
    is_month_first = left[0].kind is Kind.MONTH and left[-1].kind is Kind.DAY_OR_MONTH
    if is_month_first and not any(token.kind is Kind.MONTH for token in right):
        last = read_tokens([*left[:-1], *right], text_of(right))
        return read_tokens([*left, *right[1:]], text_of(left)), last
    last = read_tokens(right, text_of(right))
    try:
        return read_tokens(left, text_of(left)), last
    except DateNotUnderstood:
        for index in range(1, len(right)):
            tokens = [*left, *right[index:]]
            try:
                return read_tokens(tokens, text_of(tokens)), last
            except DateNotUnderstood:
                continue
        raise


def _follow(first: ParsedRange, last: ParsedRange) -> bool:
    """Whether no day lies between the two."""
    return first.last_day + _DAY == last.first_day


def _join(first: ParsedRange, last: ParsedRange, text: str) -> ParsedRange:
    return ParsedRange(
        text,
        first.first_day,
        last.last_day,
        (*first.dates, *last.dates),
        has_two_ends=True,
        is_relative=first.is_relative or last.is_relative,
        is_hijri=first.is_hijri and last.is_hijri,
    )


@cache
def _levantine_names() -> frozenset[tuple[str, ...]]:
    return frozenset(_words_of(spelling) for spelling in levantine_spellings())


def _is_levantine(name: str) -> bool:
    return _words_of(name) in _levantine_names()


def _words_of(name: str) -> tuple[str, ...]:
    return tuple(lexeme.folded for lexeme in scan(name))
