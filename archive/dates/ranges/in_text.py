"""Dates in a running text: where they stand and how they are read.

A month's name counts with a day before it or a year behind it, else it is a word: آب,
ناصر and May are more than months. A date without a year of its own gets none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from archive.dates.digits import to_latin_digits
from archive.dates.errors import DateNotUnderstood
from archive.dates.months import Calendar, Month, month_spellings
from archive.dates.ranges.parse import parse_range
from archive.dates.ranges.parsed import ParsedRange
from archive.dates.scan import fold

_MONTH_WORDS: Final = 3
_GREGORIAN_DAYS: Final = 31
_MARKS: Final = "\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}ـ"
_WORD_RE: Final = re.compile(rf"[^\W\d_][^\W\d_{_MARKS}'’]*(?:[{_MARKS}][^\W\d_]*)*")
# "25", "25/26", "5 - 7" and what may stand before the month.
_DAYS_RE: Final = re.compile(
    r"(?<![\d/.,٫])(\d{1,2})(?:\s?[/–-]\s?(\d{1,2}))?\s*(?:من\s+)?(?:شهر\s+)?$"
)
# Days in words: غرة, السابع من, الحادي والعشرين من شهر.
_ORDINAL: Final = (
    "ال(?:[أا]ول|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر|حادي|عشرين|ثلاثين)"
)
_DAY_WORDS_RE: Final = re.compile(
    rf"(?<!\w)((?:غر[ةه]|سلخ|{_ORDINAL}(?:\s+عشر|\s+وال(?:عشرين|ثلاثين))?))"
    r"\s+(?:من\s+)?(?:شهر\s+)?$"
)
# "5, 1923" behind May.
_ENGLISH_DAY_RE: Final = re.compile(r"\s(\d{1,2})(?:st|nd|rd|th)?,?(?=\s\d{4})")
_LONGEST_BEFORE: Final = 40
# A leap year, to read days in words without a year of their own.
_ANY_YEAR: Final = 2000

# "2020", "من عام 2020م", "سنة 1345 هـ"
_YEAR_RE: Final = re.compile(
    r"\s*[,،]?\s*(?:من\s+)?(?:سنة|عام)?\s*(\d{4})(?![\d/])"
    r"(?:\s?(?:هـ|ه|م|ميلادية|هجرية|AD|AH)(?!\w))?"
)
# The same month by another name: شباط/فبراير, آذار (مارس)
_OTHER_NAME_RE: Final = re.compile(r"\s?(?:/\s?|\(\s?)")
_NUMERIC_RE: Final = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}\s?([/.-])\s?\d{1,2}\s?\1\s?\d{4}|\d{4}([/.-])\d{1,2}\2\d{1,2})"
    r"(?![\d/]|[.-]\d)(?:\s?(?:هـ|م)(?!\w))?"
)
_YEAR_ALONE_RE: Final = re.compile(
    r"(?<!\w)(?:سنة|عام)\s+(\d{4})(?![\d/])(?:\s?(?:هـ|ه|م)(?!\w))?"
)


@dataclass(frozen=True, slots=True)
class DateInText:
    """A date as a text has it, from ``start`` to ``end`` in code points.

    ``reading`` is ``None`` where the date has no year of its own, or cannot be read;
    ``month`` and ``days`` (one, or the first and the last) are those that it says.
    """

    start: int
    end: int
    printed: str
    reading: ParsedRange | None
    month: Month | None = None
    days: tuple[int, ...] = ()

    @property
    def has_year(self) -> bool:
        """Whether the date says its year."""
        return self.reading is not None


def find_dates(text: str) -> list[DateInText]:
    """The dates of *text* by their places; none overlaps another.

    >>> text = "ليلة 25/26 شباط الماضي، وفي 8 آذار، ثم في 5 كانون الثاني 2020 صوّت"
    >>> for date in find_dates(text):
    ...     print(date.printed, date.days, date.reading and date.reading.first_day)
    25/26 شباط (25, 26) None
    8 آذار (8,) None
    5 كانون الثاني 2020 (5,) 2020-01-05
    """
    latin = to_latin_digits(text)
    found: list[DateInText] = []
    for date in sorted(_iter_dates(latin), key=lambda each: (each.start, -each.end)):
        if not found or date.start >= found[-1].end:
            found.append(replace(date, printed=text[date.start : date.end]))
    return found


def _iter_dates(text: str) -> Iterator[DateInText]:
    for pattern in (_NUMERIC_RE, _YEAR_ALONE_RE):
        for match in pattern.finditer(text):
            reading = _read(match[0])
            if reading:
                yield DateInText(match.start(), match.end(), match[0], reading)
    words = list(_WORD_RE.finditer(text))
    for index in range(len(words)):
        if date := _date_at(text, words, index):
            yield date


def _date_at(text: str, words: list[re.Match[str]], index: int) -> DateInText | None:
    """The date whose month begins with the word at *index*."""
    if not (found := _month_at(text, words, index)):
        return None
    month, month_end = found
    start, days = _days_before(text, words[index].start())
    if not days and (after := _ENGLISH_DAY_RE.match(text, month_end)):
        days, month_end = (int(after[1]),), after.end()
    year = _YEAR_RE.match(text, month_end)
    if not days and not year:
        return None
    end = year.end() if year else month_end
    reading = _read(text[start:end]) if year else None
    return DateInText(start, end, text[start:end], reading, month, days)


def _days_before(text: str, end: int) -> tuple[int, tuple[int, ...]]:
    """Where the days before a month begin, and their numbers; none: its own start."""
    begin = max(0, end - _LONGEST_BEFORE)
    if numbers := _DAYS_RE.search(text, begin, end):
        days = tuple(int(day) for day in numbers.groups() if day)
        if max(days) <= _GREGORIAN_DAYS and min(days):
            return numbers.start(), days
    elif words := _DAY_WORDS_RE.search(text, begin, end):
        reading = _read(f"{words[1]} آذار {_ANY_YEAR}")
        if reading and reading.first_day == reading.last_day:
            return words.start(), (reading.first_day.day,)
    return end, ()


def _month_at(
    text: str, words: list[re.Match[str]], index: int
) -> tuple[Month, int] | None:
    """The month that the word at *index* begins, and where its names end."""
    own = _longest_month(text, words, index)
    if own is None:
        return None
    month, last = own
    end = words[last].end()
    other = _OTHER_NAME_RE.match(text, end)
    if other and last + 1 < len(words) and words[last + 1].start() == other.end():
        second = _longest_month(text, words, last + 1)
        if second and second[0] == month:
            end = words[second[1]].end()
            if "(" in other[0] and text[end : end + 1] == ")":
                end += 1
    return month, end


def _longest_month(
    text: str, words: list[re.Match[str]], index: int
) -> tuple[Month, int] | None:
    names = _months()
    if fold(words[index][0]) not in _first_words():
        return None
    for count in range(_MONTH_WORDS, 0, -1):
        last = index + count - 1
        if last >= len(words):
            continue
        phrase = tuple(text[words[index].start() : words[last].end()].split())
        month = names.get(tuple(map(fold, phrase)))
        if month:
            return month, last
    return None


@cache
def _months() -> dict[tuple[str, ...], Month]:
    return {
        tuple(map(fold, spelling.split())): month
        for spelling, month in month_spellings()
        if not any(char.isdigit() for char in spelling)
    }


@cache
def _first_words() -> frozenset[str]:
    return frozenset(names[0] for names in _months())


def _read(printed: str) -> ParsedRange | None:
    try:
        return parse_range(printed)
    except DateNotUnderstood:
        return None


def with_year_of(date: DateInText, published: dt.date) -> ParsedRange | None:
    """A date without a year as it fell last before *published*, to be offered.

    >>> (date,) = find_dates("في 8 آذار المنصرم")
    >>> with_year_of(date, dt.date(2021, 3, 20)).first_day
    datetime.date(2021, 3, 8)
    """
    if date.month is None or date.month.calendar is not Calendar.GREGORIAN:
        return None
    for year in (published.year, published.year - 1):
        reading = _read(f"{date.printed} {year}")
        if reading and reading.first_day <= published:
            return reading
    return None
