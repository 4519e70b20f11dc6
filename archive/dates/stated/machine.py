"""Spellings of dates that programs write: ISO 8601 with all its forms, zeros, clocks.

Each is rewritten to a text that `parse_range` reads, or read to the end.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from archive.dates.partial import PartialDate

# Days from which programs count and which they write for no date: of Unix, Excel,
# .NET, SQL Server, OLE.
_EPOCHS: Final = frozenset({"1970-01-01", "1899-12-30", "1899-12-31", "1753-01-01"})
ZEROS: Final = frozenset({"0001-01-01", "0000-00-00", "0000-01-01", "1900-01-00"})

# A time of day with its zone, and the words and signs before it.
_CLOCK: Final = (
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r"(?:\s*(?:[ap]\.?m\b\.?|(?:صباح|مساء|ظهر|عصر|ليل)[اً]{0,2}|[صم](?!\w)))?"
    r"(?:\s*\(?(?:Z|UTC|GMT|EST|EDT|CET|CEST|AST|EET|MSK|بتوقيت\s+\w+(?:\s+\w+)?)\b\)?)?"
    r"(?:\s*[+-][0-9]{2}:?[0-9]{2}\b)?(?:\s*\([^()]{1,60}\))?"
)
_BEFORE_CLOCK: Final = (
    r"(?:\s*[,،|@T·•\-–—]|\s+at|\s+الساعة|\s+ساعة|\s+عند|\s+تمام)*\s*"
)
# A full hour: «الساعة 3 مساءً», «الساعة الثالثة عصرًا», «at 3 pm», «10 صباحًا».
_HOURS: Final = (
    "[0-9]{1,2}|الواحدة|الثانية|الثالثة|الرابعة|الخامسة|السادسة|السابعة|الثامنة|التاسعة"
    "|العاشرة|الحادية عشرة?|الثانية عشرة?"
)
_PART_OF_DAY: Final = r"(?:(?:صباح|مساء|ظهر|عصر|ليل)[اً]{0,2}|[ap]\.?m\b\.?)(?!\w)"
_FULL_HOUR: Final = (
    rf"(?:\s*[,،|\-–—])?(?:\s*(?:\bat|(?:عند\s+|تمام\s+|في\s+)*(?:ال)?ساعة)\s+(?:{_HOURS})"
    rf"(?:\s*{_PART_OF_DAY})?|\s+(?:{_HOURS})\s+{_PART_OF_DAY})(?!\w)"
)
CLOCK_RE: Final = re.compile(
    f"{_BEFORE_CLOCK}(?<![0-9]){_CLOCK}|{_FULL_HOUR}", re.IGNORECASE
)

_CLOCK_PARTS_RE: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_HOURS_A_DAY: Final = 24
_LAST_MINUTE: Final = 59
_LEAP_SECOND: Final = 60

# What sites write before a date.
_LABEL_RE: Final = re.compile(
    r"\s*(?:(?:تاريخ|آخر|تم|date|last)\s+)?"
    r"(?:ال)?(?:نشر|نشرت|تحديث|إضافة|منشور|published|posted|updated|created|publish)"
    r"(?:\s+(?:في|بتاريخ|يوم|on|at|date))?\s*[:：\-]?\s*",
    re.IGNORECASE,
)
# 20210302, 20210302T100000Z, 20210302100000
_BASIC_RE: Final = re.compile(
    r"((?:1[5-9]|20|21)[0-9]{2})(0[0-9]|1[0-2])([0-2][0-9]|3[01])"
    r"(?:(?:[T ]?(?:[01][0-9]|2[0-4])[0-5][0-9](?:[0-5][0-9])?|T[0-9]{4}(?:[0-9]{2})?)"
    r"(?:[.,][0-9]+)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_BASIC_CLOCK_RE: Final = re.compile(
    r"[0-9]{8}T([0-9]{2})([0-9]{2})([0-9]{2})?(?:\D.*)?"
)
_WEEK_RE: Final = re.compile(r"[0-9]{4}-?W[0-9]{2}(?:-?[1-7])?")
_ORDINAL_RE: Final = re.compile(r"([0-9]{4})-([0-9]{3})")
# Year first, or day first; a part of zeros alone is not known.
_YEAR_FIRST_RE: Final = re.compile(
    r"([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2})?)?\2*"
)
_DAY_FIRST_RE: Final = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
# Zotero's "multipart" dates: 2016-00-00 2016
_MULTIPART_RE: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})\s+(.*[0-9].*)", re.DOTALL
)
_TRAILING_RE: Final = re.compile(r"([0-9]{4}(?:[-/][0-9]{1,2}){0,2})[-/]+")
# EDTF level 1: 1925?, 1925-05~, 1925%; and the marks of cataloguers: [1925?], 1925؟
_UNCERTAIN_RE: Final = re.compile(r"\[?\s*(.*?[0-9هـم])\s*([?؟~%]+)\s*\]?")
# What cataloguers write before it: نحو ١٩٠٥, ca. 1905, c1905.
_ABOUT_RE: Final = re.compile(
    r"\[?\s*(?:نحو|حوالي|حوالى|قرابة|زهاء|about|(?:circa|ca|cop|c|©)\.?(?!\w*[^\W\d]))"
    r"\s*(.*[0-9هـم])\s*\]?",
    re.IGNORECASE,
)
_ZERO_RE: Final = re.compile(r"\b0+\b")


def is_epoch(date: PartialDate) -> bool:
    """Whether programs count from this day, and write it for no date.

    >>> is_epoch(PartialDate(1970, 1, 1)), is_epoch(PartialDate(1970, 1, 2))
    (True, False)
    """
    return date.iso() in _EPOCHS


def drop_label(text: str) -> str:
    """The text without the words that sites write before a date.

    >>> drop_label("آخر تحديث: 2 مارس 2021")
    '2 مارس 2021'
    """
    return _LABEL_RE.sub("", text, count=1) if _LABEL_RE.match(text) else text


def drop_clock(text: str) -> str:
    """The text without time of day, zone and what joins them to the date.

    >>> drop_clock("Tue, 02 Mar 2021 10:00:00 +0300")
    'Tue, 02 Mar 2021'
    >>> drop_clock("2 مارس 2021 - 10:15 ص"), drop_clock("2 مارس 2021 الساعة 3 مساءً")
    ('2 مارس 2021', '2 مارس 2021')
    """
    return " ".join(CLOCK_RE.sub(" ", text).split())


def find_wrong_clock(text: str) -> str:
    """The time of day in the text that no day has; ``""`` where there is none.

    >>> find_wrong_clock("2020-05-03T25:61"), find_wrong_clock("2020-05-03T24:00")
    ('25:61', '')
    """
    basic = _BASIC_CLOCK_RE.fullmatch(text)
    clocks = [basic] if basic else map(_find_parts, CLOCK_RE.finditer(text))
    for match in clocks:
        if match and _is_wrong(*(int(part or 0) for part in match.groups())):
            return ":".join(part for part in match.groups() if part)
    return ""


def _find_parts(clock: re.Match[str]) -> re.Match[str] | None:
    return _CLOCK_PARTS_RE.search(clock[0])


def _is_wrong(hours: int, minutes: int, seconds: int) -> bool:
    # 24:00 is the end of a day, and 23:59:60 a leap second.
    late = hours >= _HOURS_A_DAY and bool(hours > _HOURS_A_DAY or minutes or seconds)
    return late or minutes > _LAST_MINUTE or seconds > _LEAP_SECOND


def split_uncertain(text: str) -> tuple[str, bool]:
    """The date without its mark of doubt, and whether it has one.

    >>> split_uncertain("[1925?]"), split_uncertain("1925")
    (('1925', True), ('1925', False))
    >>> split_uncertain("نحو 1905"), split_uncertain("c1905")
    (('1905', True), ('1905', True))
    """
    match = _UNCERTAIN_RE.fullmatch(text) or _ABOUT_RE.fullmatch(text)
    return (match[1], True) if match else (text, False)


def split_multipart(text: str) -> str:
    """The machine's half of a date that stands beside its own text.

    >>> split_multipart("2016-00-00 2016"), split_multipart("1925-05-00 أيار 1925")
    ('2016-00-00', '1925-05-00')
    """
    match = _MULTIPART_RE.fullmatch(text)
    return match[1] if match else text


def read_machine(text: str) -> PartialDate | None:
    """The date of a form that only machines write; None for any other text.

    Raises ValueError where the text has such a form and there is no such date.

    >>> read_machine("20210302T100000Z"), read_machine("2021-W09-2")
    (PartialDate(year=2021, month=3, day=2), PartialDate(year=2021, month=3, day=2))
    >>> read_machine("1925-05-00"), read_machine("2 مارس 2021")
    (PartialDate(year=1925, month=5, day=None), None)
    """
    for pattern, read in _READERS:
        if match := pattern.fullmatch(text):
            return read(match)
    return None


def _read_basic(match: re.Match[str]) -> PartialDate:
    return _known_parts(match[1], match[2], match[3])


def _read_week(match: re.Match[str]) -> PartialDate:
    # A week without its day is known to its month at best.
    text = match[0]
    if not re.search(r"W[0-9]{2}-?[1-7]$", text):
        first = dt.date.fromisoformat(text)
        week = PartialDate.holding(first, first + dt.timedelta(days=6))
        if week is None:
            raise ValueError(text)
        return week
    return PartialDate.from_date(dt.date.fromisoformat(text))


def _read_ordinal(match: re.Match[str]) -> PartialDate:
    year, day = int(match[1]), int(match[2])
    date = dt.date(year, 1, 1) + dt.timedelta(days=day - 1)
    if day < 1 or date.year != year:
        raise ValueError(match[0])
    return PartialDate.from_date(date)


def _read_year_first(match: re.Match[str]) -> PartialDate | None:
    if int(match[3]) and int(match[4] or "1"):
        return None
    return _known_parts(match[1], match[3], match[4] or "0")


def _read_day_first(match: re.Match[str]) -> PartialDate | None:
    if int(match[1]) and int(match[3]):
        return None
    return _known_parts(match[4], match[3], match[1])


def _known_parts(year: str, month: str, day: str) -> PartialDate:
    """The date as far as its parts are no zeros."""
    if not int(month):
        return PartialDate(int(year))
    return PartialDate(int(year), int(month), int(day) or None)


_READERS: Final[
    tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], PartialDate | None]], ...]
] = (
    (_BASIC_RE, _read_basic),
    (_WEEK_RE, _read_week),
    (_ORDINAL_RE, _read_ordinal),
    (_YEAR_FIRST_RE, _read_year_first),
    (_DAY_FIRST_RE, _read_day_first),
)


def has_zeros(text: str) -> bool:
    """Whether a part of a date of numbers is written as zeros.

    >>> has_zeros("1925-05-00"), has_zeros("00/05/1925"), has_zeros("2020-05")
    (True, True, False)
    """
    return _ZERO_RE.search(text) is not None


def swap_day_and_month(text: str) -> str:
    """A date of numbers with its first two exchanged; any other text as it is.

    >>> swap_day_and_month("03/25/2021")
    '25/03/2021'
    """
    match = _DAY_FIRST_RE.fullmatch(text)
    return f"{match[3]}{match[2]}{match[1]}{match[2]}{match[4]}" if match else text


def drop_trailing_signs(text: str) -> str:
    """A date of RIS without the signs for parts that it does not have.

    >>> drop_trailing_signs("1925/05//"), drop_trailing_signs("1925///")
    ('1925/05', '1925')
    """
    match = _TRAILING_RE.fullmatch(text)
    return match[1] if match else text
