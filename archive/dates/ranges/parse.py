"""The parser of ranges: a date, a part of one, a relative one, or two with a joint."""

import datetime as dt
from typing import Final

from archive.dates.errors import DateNotUnderstood
from archive.dates.parse import read_lexemes, scan_limited, split_place
from archive.dates.ranges.centuries import read_century
from archive.dates.ranges.joined import read_joined
from archive.dates.ranges.parsed import ParsedRange
from archive.dates.ranges.parts import read_part
from archive.dates.ranges.relative import read_relative
from archive.dates.scan import Lexeme, LexemeKind
from archive.dates.words import is_month_prefix, match_phrase

_AND: Final = "و"

# Words before one end of a period, which say nothing that the end does not: of a first
# day «من بداية 1923», of a last one «حتى نهاية آذار».
_BEFORE_FIRST: Final = (
    "من", "منذ", "ابتدا", "اعتبارا", "بدايه", "بدايات", "مطلع", "مستهل", "اول",
    "from", "since", "starting", "the", "start", "beginning", "of", "in", "في",
)  # fmt: skip
_BEFORE_LAST: Final = (
    "الي", "حتي", "والي", "وحتي", "لغايه", "غايه", "نهايه", "ختام", "اخر",
    "to", "until", "till", "through", "the", "end", "of", "in", "في",
)  # fmt: skip


def parse_range(text: str, today: dt.date | None = None) -> ParsedRange:
    """The days that the text names, both ends inclusive.

    The text is one date of any precision, a part of one, or two joined by إلى, حتى,
    "to" or a dash, of which the first takes what it lacks from the second; a double
    issue, as تموز/آب 1965; or relative to *today*. Raises DateNotUnderstood.

    >>> both = parse_range("بين 5 و 7 أكتوبر 1960")
    >>> both.first_day, both.last_day
    (datetime.date(1960, 10, 5), datetime.date(1960, 10, 7))
    >>> str(parse_range("تموز/آب 1965").last_day)
    '1965-08-31'
    >>> str(parse_range("سلخ رمضان 1441").first_day)
    '2020-05-23'
    >>> str(parse_range("أمس", dt.date(2026, 11, 30)).first_day)
    '2026-11-29'
    """
    lexemes = split_leading_and(scan_limited(text))
    try:
        return read_unit(lexemes, text, today)
    except DateNotUnderstood as error:
        place, rest = split_place(lexemes)
        return read_joined(rest, text, place=place, error=error, today=today)


def parse_edge(
    text: str, today: dt.date | None = None, *, later: bool = False
) -> ParsedRange:
    """The days of a text that bounds a period, at its *later* end or its earlier one.

    Words that say the same as the place of the text are taken for granted: منذ 1923 and
    بداية 1923 before a first day, حتى 1923 and نهاية 1923 before a last one.

    >>> str(parse_edge("نهاية شباط 1923", later=True).last_day)
    '1923-02-28'
    >>> str(parse_edge("منذ شباط 1923").first_day)
    '1923-02-01'
    """
    try:
        return parse_range(text, today)
    except DateNotUnderstood:
        lexemes = scan_limited(text)
        before = _BEFORE_LAST if later else _BEFORE_FIRST
        rest = lexemes
        while rest and rest[0].folded in before:
            rest = rest[1:]
        if not rest or rest == lexemes:
            raise
        return read_unit(rest, text, today)


def read_unit(lexemes: list[Lexeme], text: str, today: dt.date | None) -> ParsedRange:
    """The days of lexemes that name no two ends. Raises DateNotUnderstood."""
    found = (
        read_relative(lexemes, text, today)
        or read_part(lexemes, text, lambda rest: read_unit(rest, text, today))
        or read_century(lexemes, text, today)
    )
    return found or ParsedRange.of_date(read_lexemes(lexemes, text), text)


def split_leading_and(lexemes: list[Lexeme]) -> list[Lexeme]:
    """The lexemes with the و of a month such as وآذار split off.

    >>> [each.text for each in split_leading_and(scan_limited("شباط وآذار"))]
    ['شباط', 'و', 'آذار']
    """
    split: list[Lexeme] = []
    for lexeme in lexemes:
        rest = Lexeme(lexeme.kind, lexeme.text[1:], lexeme.folded[1:])
        if lexeme.folded.startswith(_AND) and _is_month(rest):
            split += [Lexeme(LexemeKind.WORD, _AND, _AND), rest]
        else:
            split.append(lexeme)
    return split


def _is_month(lexeme: Lexeme) -> bool:
    match = match_phrase([lexeme], 0)
    return is_month_prefix(lexeme.folded) or (
        match is not None and bool(match[0].month)
    )
