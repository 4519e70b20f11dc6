"""Tokens of one date in one calendar are read into a `ParsedDate`.

No day, month or century is guessed. Numbers are in the order day, month, year unless
the year comes first. A year up to 1500 without an era is Hijri, because nothing was
printed in Arabic before 1514.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from archive.dates.errors import DateNotUnderstood, Trouble
from archive.dates.hijri import LAST_HIJRI_YEAR, MAX_MONTH_DAYS, HijriDate
from archive.dates.months import Calendar
from archive.dates.partial import MONTHS_IN_A_YEAR, PartialDate, Precision
from archive.dates.tokens import Kind, Token

_FULL_YEAR_DIGITS: Final = 4

# The shapes of dates, and the order of their parts: d day, m month, y year.
_PARTS_OF_SHAPE: Final = {
    "y": "y",
    "My": "my",
    "yM": "ym",
    "n/y": "my",
    "y/n": "ym",
    "nMy": "dmy",
    "Mny": "mdy",
    "yMn": "ymd",
    "n/n/y": "dmy",
    "y/n/n": "ymd",
}
_DAY_FIRST_SHAPE: Final = "n/n/y"


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """The date in a text, and the Gregorian days from `first_day` to `last_day`.

    `precision` is that of the text in its own calendar. `partial` is the narrowest
    Gregorian date that contains these days: less precise than a Hijri month, None for a
    Hijri year in two Gregorian ones. `hijri` is the Hijri date of the text, if it has
    one. `ambiguous`: day and month can be exchanged, or the calendar was guessed from a
    year without an era, which `calendar_guessed` distinguishes. `approximate`: the
    Gregorian days of the Hijri date are computed. `place`: what stands before the date,
    as بغداد in a dateline.
    """

    raw: str
    calendar: Calendar
    precision: Precision
    first_day: dt.date
    last_day: dt.date
    partial: PartialDate | None
    hijri: HijriDate | None = None
    ambiguous: bool = False
    calendar_guessed: bool = False
    approximate: bool = False
    place: str = ""


def read_tokens(tokens: list[Token], raw: str) -> ParsedDate:
    """The date of the tokens; *raw* is their text, for the result and for errors.

    Raises DateNotUnderstood.

    >>> from archive.dates.scan import scan
    >>> from archive.dates.tokens import tokenize
    >>> read_tokens(tokenize(scan("٣ شباط ٢٠١٨")), "٣ شباط ٢٠١٨").partial
    PartialDate(year=2018, month=2, day=3)
    """
    tokens = _drop_loose_separators(_merge_month_pairs(tokens))
    era, tokens = _split_off_era(tokens, raw)
    shape = "".join("/" if token.kind is Kind.SEPARATOR else token.kind
                    for token in tokens)  # fmt: skip
    if Kind.YEAR not in shape:
        raise DateNotUnderstood(Trouble.NO_YEAR if shape else Trouble.EMPTY, raw)
    if shape not in _PARTS_OF_SHAPE:
        raise DateNotUnderstood(Trouble.ORDER, raw)
    valued = [token for token in tokens if token.kind is not Kind.SEPARATOR]
    parts = dict(zip(_PARTS_OF_SHAPE[shape], valued, strict=True))
    if any(token.is_last_day for token in valued) and Kind.MONTH not in shape:
        raise DateNotUnderstood(Trouble.ORDER, raw)
    calendar, guessed = _decide_calendar(parts, era, raw)
    year, month = parts["y"].number, _number_of(parts.get("m"))
    day = _number_of(parts.get("d"))
    if "d" in parts and parts["d"].is_last_day:
        day = _last_day(_build_date(calendar, year, month, None, raw))
    if shape == _DAY_FIRST_SHAPE and _is_month_first(day, month):
        raise DateNotUnderstood(Trouble.DAY_FIRST, raw)
    swappable = (
        shape == _DAY_FIRST_SHAPE and day != month and (day or 0) <= MONTHS_IN_A_YEAR
    )
    date = _build_date(calendar, year, month, day, raw)
    return _build_parsed(date, raw, swappable=swappable, guessed=guessed)


def _build_parsed(
    date: PartialDate | HijriDate, raw: str, *, swappable: bool, guessed: bool
) -> ParsedDate:
    hijri = date if isinstance(date, HijriDate) else None
    return ParsedDate(
        raw=raw,
        calendar=Calendar.GREGORIAN if hijri is None else Calendar.HIJRI,
        precision=date.precision,
        first_day=date.first_day(),
        last_day=date.last_day(),
        partial=date if isinstance(date, PartialDate) else date.gregorian(),
        hijri=hijri,
        ambiguous=swappable or guessed,
        calendar_guessed=guessed,
        approximate=hijri is not None and hijri.approximate,
    )


def _build_date(
    calendar: Calendar, year: int, month: int | None, day: int | None, raw: str
) -> PartialDate | HijriDate:
    build = HijriDate if calendar is Calendar.HIJRI else PartialDate
    try:
        return build(year, month, day)
    except ValueError as error:
        raise DateNotUnderstood(Trouble.IMPOSSIBLE, raw) from error


def _last_day(month: PartialDate | HijriDate) -> int:
    """The number of a month's last day, in its own calendar."""
    days = (month.last_day() - month.first_day()).days + 1
    return min(days, MAX_MONTH_DAYS) if isinstance(month, HijriDate) else days


def _decide_calendar(
    parts: dict[str, Token], era: Calendar | None, raw: str
) -> tuple[Calendar, bool]:
    """The calendar, and whether it was guessed from the year alone."""
    year = parts["y"]
    by_month = parts["m"].calendar if "m" in parts else None
    if by_month and era and by_month is not era:
        raise DateNotUnderstood(Trouble.CALENDARS_DIFFER, raw)
    if era:
        return era, False
    if len(year.text) < _FULL_YEAR_DIGITS:
        raise DateNotUnderstood(Trouble.NO_YEAR, raw)
    by_year = Calendar.HIJRI if year.number <= LAST_HIJRI_YEAR else Calendar.GREGORIAN
    if by_month and by_month is not by_year:
        # تموز 1324 is an Ottoman fiscal date, رمضان 2018 colloquial.
        raise DateNotUnderstood(Trouble.CALENDARS_DIFFER, raw)
    return by_year, by_month is None and by_year is Calendar.HIJRI


def _is_month_first(day: int | None, month: int | None) -> bool:
    """Whether the numbers are a date in American order only, as 2/14/2018."""
    return (day or 0) <= MONTHS_IN_A_YEAR < (month or 0)


def _number_of(token: Token | None) -> int | None:
    if token is None:
        return None
    return token.month.number if token.month else token.number


def _merge_month_pairs(tokens: list[Token]) -> list[Token]:
    """The tokens with names of the same month merged: شباط/فبراير.

    Raises DateNotUnderstood for two different months.
    """
    merged: list[Token] = []
    for token in tokens:
        before = next((t for t in reversed(merged) if t.kind is not Kind.SEPARATOR),
                      None)  # fmt: skip
        if token.month is None or before is None or before.month is None:
            merged.append(token)
            continue
        if token.month.number == before.month.number and (
            token.month.calendar is before.month.calendar
        ):
            continue
        pair = f"{before.text}/{token.text}"
        raise DateNotUnderstood(Trouble.MONTHS_DIFFER, pair)
    return merged


def _drop_loose_separators(tokens: list[Token]) -> list[Token]:
    """The tokens with separators between two numbers only, one at a place."""
    result: list[Token] = []
    numbers = {Kind.DAY_OR_MONTH, Kind.YEAR}
    for token in tokens:
        if token.kind is Kind.SEPARATOR:
            if result and result[-1].kind in numbers:
                result.append(token)
            continue
        if token.kind not in numbers and result and result[-1].kind is Kind.SEPARATOR:
            result.pop()
        result.append(token)
    if result and result[-1].kind is Kind.SEPARATOR:
        result.pop()
    return result


def _split_off_era(
    tokens: list[Token], raw: str
) -> tuple[Calendar | None, list[Token]]:
    """The era, such as م or هـ, after the year or at the end, and the other tokens."""
    indices = [i for i, token in enumerate(tokens) if token.kind is Kind.ERA]
    if not indices:
        return None, tokens
    index = indices[0]
    rest = tokens[:index] + tokens[index + 1 :]
    follows_year = index > 0 and tokens[index - 1].kind is Kind.YEAR
    is_last = index == len(tokens) - 1
    if len(indices) > 1 or not (follows_year or is_last):
        raise DateNotUnderstood(Trouble.ORDER, raw)
    return tokens[index].era, rest
