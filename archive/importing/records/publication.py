"""The publication date of a record: reading and writing."""

import re
from typing import Final

from django.utils.translation import gettext

from archive.dates import (
    LAST_HIJRI_YEAR,
    DateNotUnderstood,
    PartialDate,
    parse_date,
)
from archive.importing.problems import excerpt
from archive.importing.records.values import Values
from archive.importing.text import shorten

FIELD: Final = "published"
IN_FILE: Final = "published_in_file"
AS_PRINTED: Final = "published_as_printed"

# Marks a Gregorian year that would be taken for a Hijri one.
GREGORIAN_ERA: Final = " م"

# "1923-05-14", "1923-05-14T00:00:00+02:00", "1923"; "1324 م" from `write_date`
_MACHINE_RE: Final = re.compile(
    r"([0-9]{4}(?:-[0-9]{2}){0,2})(?:[T ][0-9:.,]{5,15}(?:Z|[+-][0-9:]{4,6})?| م)?"
)


def read_publication(values: Values) -> tuple[PartialDate | None, str]:
    """The date to the precision known, and the date as printed.

    A date that cannot be parsed is kept as printed, with a warning. The date as printed
    is parsed only where the record has no field for the date itself.
    """
    printed = values.short_line(AS_PRINTED)
    is_dated = FIELD in values.given()
    text = values.long_line(FIELD) if is_dated else printed
    if not text:
        return None, printed
    date = read_machine_date(text)
    if date:
        return date, printed
    date = _parse(values, text)
    if not printed and not (date and _MACHINE_RE.fullmatch(text)):
        printed = values.fit_shortened(AS_PRINTED, text)
    return date, printed


def read_form_in_file(values: Values, date: PartialDate | None) -> str:
    """The date as the file has it, ``""`` where that is how `write_date` writes it.

    A record of an export has the form of an earlier file in a field of its own.
    """
    if IN_FILE in values.given():
        return values.short_line(IN_FILE)
    written = values.long_line(FIELD)
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


def write_date(date: PartialDate | None) -> str:
    """The date as written to records, from which `read_publication` reads it back.

    >>> write_date(PartialDate(1923, 5)), write_date(PartialDate(1405))
    ('1923-05', '1405 م')
    """
    if date is None:
        return ""
    return date.iso() + (GREGORIAN_ERA if date.year <= LAST_HIJRI_YEAR else "")


def _parse(values: Values, text: str) -> PartialDate | None:
    try:
        parsed = parse_date(text)
    except DateNotUnderstood as error:
        values.note("date_kept_as_printed", FIELD, detail=error.sentence(gettext))
        return None
    if parsed.partial is None:
        detail = gettext("“%(piece)s” falls into two years.") % {"piece": excerpt(text)}
        values.note("date_kept_as_printed", FIELD, detail=detail)
        return None
    if parsed.ambiguous:
        date = parsed.partial.iso()
        values.note("date_ambiguous", FIELD, piece=excerpt(text), date=date)
    if parsed.place:
        values.note("date_place", FIELD, piece=excerpt(parsed.place))
    return parsed.partial
