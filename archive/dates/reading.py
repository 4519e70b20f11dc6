"""Tokens of one date, in one calendar, read into a `ParsedDate`.

Public: `ParsedDate`, `read_tokens`. The rules that keep a date from being invented:
no day, month or century is guessed; numbers are day first unless the year leads;
an unmarked year up to 1500 is Hijri, for nothing was printed in Arabic before 1514.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from archive.dates.errors import DateNotUnderstood, Trouble
from archive.dates.hijri import LAST_YEAR, HijriDate
from archive.dates.months import Calendar
from archive.dates.partial import MONTHS_IN_A_YEAR, PartialDate, Precision
from archive.dates.tokens import Kind, Token

_FULL_YEAR_DIGITS: Final = 4

# The shapes a date is written in, and what its parts are: day, month, year.
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
    """What a text says about a date, and the Gregorian days it can mean.

    `precision` is that of the text in its own calendar; `partial` is the narrowest
    Gregorian date that holds every day meant, vaguer than the text for a Hijri month,
    None for a Hijri year over two Gregorian ones. `hijri` is set when the text has a
    Hijri date, beside a Gregorian one or alone. `ambiguous`: day and month could
    change places, or the calendar is a guess from the size of an unmarked year, which
    `calendar_guessed` tells apart. `approximate`: computed Hijri days.
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


def read_tokens(tokens: list[Token], raw: str) -> ParsedDate:
    """The date that the tokens spell; `raw` is the text to keep and to blame.

    Raises DateNotUnderstood.

    >>> from archive.dates.scan import scan
    >>> from archive.dates.tokens import tokenize
    >>> read_tokens(tokenize(scan("٣ شباط ٢٠١٨")), "٣ شباط ٢٠١٨").partial
    PartialDate(year=2018, month=2, day=3)
    """
    tokens = _drop_loose_separators(_merge_month_pairs(tokens))
    marked, tokens = _split_off_era(tokens, raw)
    shape = "".join("/" if token.kind is Kind.SEPARATOR else token.kind
                    for token in tokens)  # fmt: skip
    if Kind.YEAR not in shape:
        raise DateNotUnderstood(Trouble.NO_YEAR if shape else Trouble.EMPTY, raw)
    if shape not in _PARTS_OF_SHAPE:
        raise DateNotUnderstood(Trouble.ORDER, raw)
    valued = [token for token in tokens if token.kind is not Kind.SEPARATOR]
    parts = dict(zip(_PARTS_OF_SHAPE[shape], valued, strict=True))
    calendar, guessed = _decide_calendar(parts, marked, raw)
    year = parts["y"].number
    month, day = _number_of(parts.get("m")), _number_of(parts.get("d"))
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


def _decide_calendar(
    parts: dict[str, Token], marked: Calendar | None, raw: str
) -> tuple[Calendar, bool]:
    """The calendar, and whether only the year's size decided it."""
    year = parts["y"]
    named = parts["m"].calendar if "m" in parts else None
    if named and marked and named is not marked:
        raise DateNotUnderstood(Trouble.CALENDARS_DIFFER, raw)
    if marked:
        return marked, False
    if len(year.text) < _FULL_YEAR_DIGITS:
        raise DateNotUnderstood(Trouble.NO_YEAR, raw)
    by_year = Calendar.HIJRI if year.number <= LAST_YEAR else Calendar.GREGORIAN
    if named and named is not by_year:
        # تموز 1324 is an Ottoman fiscal date, رمضان 2018 a way of speaking.
        raise DateNotUnderstood(Trouble.CALENDARS_DIFFER, raw)
    return by_year, named is None and by_year is Calendar.HIJRI


def _is_month_first(day: int | None, month: int | None) -> bool:
    """Whether 2/14/2018 would be a date the American way."""
    return (day or 0) <= MONTHS_IN_A_YEAR < (month or 0)


def _number_of(token: Token | None) -> int | None:
    if token is None:
        return None
    return token.month.number if token.month else token.number


def _merge_month_pairs(tokens: list[Token]) -> list[Token]:
    """شباط/فبراير as one month; raises DateNotUnderstood where the two differ."""
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
    """Only separators between two numbers, the first of several, are kept."""
    kept: list[Token] = []
    numbers = {Kind.DAY_OR_MONTH, Kind.YEAR}
    for token in tokens:
        if token.kind is Kind.SEPARATOR:
            if kept and kept[-1].kind in numbers:
                kept.append(token)
            continue
        if token.kind not in numbers and kept and kept[-1].kind is Kind.SEPARATOR:
            kept.pop()
        kept.append(token)
    if kept and kept[-1].kind is Kind.SEPARATOR:
        kept.pop()
    return kept


def _split_off_era(
    tokens: list[Token], raw: str
) -> tuple[Calendar | None, list[Token]]:
    """The calendar named by م or هـ beside the year or at the end, and the rest."""
    places = [i for i, token in enumerate(tokens) if token.kind is Kind.MARK]
    if not places:
        return None, tokens
    place = places[0]
    rest = tokens[:place] + tokens[place + 1 :]
    follows_year = place > 0 and tokens[place - 1].kind is Kind.YEAR
    is_last = place == len(tokens) - 1
    if len(places) > 1 or not (follows_year or is_last):
        raise DateNotUnderstood(Trouble.ORDER, raw)
    return tokens[place].mark, rest
