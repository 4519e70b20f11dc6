"""The publication date of a record: reading and writing."""

import datetime as dt
import functools
import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from archive.dates import (
    FIRST_PRINTED_YEAR,
    LAST_HIJRI_YEAR,
    Doubt,
    DoubtKind,
    PartialDate,
    StatedDate,
    is_epoch,
    read_stated,
)
from archive.importing.problems import excerpt
from archive.importing.records.values import Values, as_text
from archive.importing.text import clean_line, shorten

FIELD: Final = "published"
IN_FILE: Final = "published_in_file"
AS_PRINTED: Final = "published_as_printed"

# Marks a Gregorian year that would be taken for a Hijri one.
GREGORIAN_ERA: Final = " م"

# "1923-05-14", "1923-05-14T00:00:00+02:00", "1923"; "1324 م" from `write_date`
_MACHINE_RE: Final = re.compile(
    r"([0-9]{4}(?:-[0-9]{2}){0,2})(?:[T ][0-9:.,]{5,15}(?:Z|[+-][0-9:]{4,6})?| م)?"
)


# "20210302", "20210302T100000Z"
_COMPACT_RE: Final = re.compile(r"[0-9]{8}(?:T?[0-9]{4,6}Z?)?")

# Where objects keep a date: CSL, Zotero, MongoDB, JSON-LD, WordPress.
_DATE_KEYS: Final = (
    "date-parts", "raw", "literal", "$date", "@value", "rendered", "date", "value",
)  # fmt: skip

# Days recur in the records of a file.
_CACHE_SIZE: Final = 1024

_AMBIGUOUS: Final = frozenset({DoubtKind.DAY_OR_MONTH, DoubtKind.CALENDAR_GUESSED})
_UNREAD: Final = frozenset(
    {DoubtKind.NOT_UNDERSTOOD, DoubtKind.TWO_YEARS, DoubtKind.MAYBE_SERIAL}
)
# What the precision of the date says already, and what holds of every Hijri date.
_SILENT: Final = frozenset(
    {DoubtKind.NOTHING, DoubtKind.PARTLY_ZERO, DoubtKind.COMPUTED, DoubtKind.SERIAL}
)


@dataclass(frozen=True, slots=True)
class Publication:
    """The date to the precision known, the date as printed, and whether it is a guess.

    A guess has another reading that is as good: 3/5/2021, or a year without its era.
    """

    date: PartialDate | None
    printed: str
    is_guessed: bool = False


def read_publication(values: Values) -> Publication:
    """The date to the precision known, and the date as printed.

    A date that cannot be parsed is kept as printed, with a warning. The date as printed
    is parsed only where the record has no field for the date itself.
    """
    printed = values.short_line(AS_PRINTED)
    is_dated = FIELD in values.given()
    text = date_text(values.raw(FIELD)) if is_dated else printed
    if not text:
        return Publication(None, printed)
    date, today = read_machine_date(text), dt.date.today()
    if date and FIRST_PRINTED_YEAR <= date.year <= today.year and not is_epoch(date):
        return Publication(date, printed)
    stated = read_stated(text, today=today, column=values.column_dates())
    for doubt in stated.doubts:
        _note(values, doubt, text)
    is_certain = date is not None
    date = date or stated.partial
    is_plain = is_certain or (stated.partial and _COMPACT_RE.fullmatch(text))
    if not printed and not is_plain and not _is_zero(stated):
        printed = values.fit_shortened(AS_PRINTED, text)
    return Publication(date, printed, is_guessed=stated.is_guessed)


def date_text(value: object) -> str:
    """The text of a date, of the objects too in which CSL and databases wrap one.

    Raises `RecordRefused` for any other value.

    >>> date_text({"date-parts": [[1925, 5]]}), date_text([[1925, 5, 3], [1925, 6, 1]])
    ('1925-05', '1925-05-03/1925-06-01')
    >>> date_text({"$date": "2021-03-02T00:00:00Z"})
    '2021-03-02T00:00:00Z'
    """
    if isinstance(value, dict):
        for key in _DATE_KEYS:
            if value.get(key):
                return date_text(value[key])
    if isinstance(value, list) and value:
        if all(isinstance(part, list) for part in value):
            return "/".join(date_text(part) for part in value if part)
        if all(isinstance(part, str | int) for part in value):
            parts = [str(part).strip() for part in value]
            if all(part.isdigit() for part in parts):
                return "-".join(part.zfill(2) for part in parts)
        if len(value) == 1:
            return date_text(value[0])
    return clean_line(as_text(FIELD, value))


def _is_zero(stated: StatedDate) -> bool:
    return any(doubt.kind is DoubtKind.ZERO for doubt in stated.doubts)


def _note(values: Values, doubt: Doubt, text: str) -> None:
    """Add the warning about a doubt, if it is one that the record should have."""
    if doubt.kind in _SILENT:
        return
    if doubt.kind in _AMBIGUOUS:
        values.note("date_ambiguous", FIELD, piece=excerpt(text), **_date_of(doubt))
    elif doubt.kind is DoubtKind.PLACE:
        values.note("date_place", FIELD, piece=excerpt(doubt.values["piece"]))
    elif doubt.kind in _UNREAD:
        values.note("date_kept_as_printed", FIELD, detail=doubt.sentence(gettext))
    else:
        values.note("date_doubtful", FIELD, detail=doubt.sentence(gettext))


def _date_of(doubt: Doubt) -> dict[str, str]:
    return {"date": doubt.values.get("date", "")}


def read_form_in_file(values: Values, date: PartialDate | None) -> str:
    """The date as the file has it, ``""`` where that is how `write_date` writes it.

    A record of an export has the form of an earlier file in a field of its own.
    """
    if IN_FILE in values.given():
        return values.short_line(IN_FILE)
    written = date_text(values.raw(FIELD))
    if written == write_date(date):
        return ""
    return shorten(written, limit=values.limit(IN_FILE))


def read_machine_date(text: str) -> PartialDate | None:
    """The date of an ISO spelling that is certainly Gregorian; None for any other text.

    >>> read_machine_date("1923-05-14 02:51:32"), read_machine_date("1324-01-01")
    (PartialDate(year=1923, month=5, day=14), None)
    """
    match = _MACHINE_RE.fullmatch(text)
    if match is None:
        return None
    try:
        date = PartialDate.from_iso(match[1])
    except ValueError:
        return None
    is_certain = date.year > LAST_HIJRI_YEAR or text.endswith(GREGORIAN_ERA)
    return date if is_certain else None


@functools.lru_cache(maxsize=_CACHE_SIZE)
def write_date(date: PartialDate | None) -> str:
    """The date as written to records, from which `read_publication` reads it back.

    >>> write_date(PartialDate(1923, 5)), write_date(PartialDate(1405))
    ('1923-05', '1405 م')
    """
    if date is None:
        return ""
    return date.iso() + (GREGORIAN_ERA if date.year <= LAST_HIJRI_YEAR else "")
