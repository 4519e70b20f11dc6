"""The date of publication, from whatever a file says about it.

Public: `read_publication`.
"""

import re
from typing import Final

from django.utils.translation import gettext

from archive.dates import DateNotUnderstood, PartialDate, parse_date
from archive.importing.problems import excerpt
from archive.importing.records.values import Values

FIELD: Final = "published"
AS_PRINTED: Final = "published_as_printed"

# Nothing was printed in Arabic before 1514: a plain year up to this one is Hijri.
LAST_HIJRI_YEAR: Final = 1500
GREGORIAN_ERA: Final = " م"

# "1923-05-14", "1923-05-14T00:00:00+02:00", "1923"; "1324 م" as `write_date` has it
_MACHINE_RE: Final = re.compile(
    r"([0-9]{4}(?:-[0-9]{2}){0,2})(?:[T ][0-9:.,]{5,15}(?:Z|[+-][0-9:]{4,6})?| م)?"
)


def read_publication(values: Values) -> tuple[PartialDate | None, str]:
    """The date as far as it is known, and the date as printed.

    A date that is not understood is kept as printed, with a remark. A date as
    printed is read only where the record has no field for the date itself.
    """
    printed = values.short_line(AS_PRINTED)
    is_dated = FIELD in values.given()
    text = values.long_line(FIELD) if is_dated else printed
    if not text:
        return None, printed
    exact = read_machine_date(text)
    if exact:
        return exact, printed
    found = _understand(values, text)
    if not printed and not (found and _MACHINE_RE.fullmatch(text)):
        printed = values.fit_shortened(AS_PRINTED, text)
    return found, printed


def read_machine_date(text: str) -> PartialDate | None:
    """The date of an ISO spelling that can only be Gregorian; None for any other.

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
    """The date as a record has it; `read_publication` reads the same one back.

    >>> write_date(PartialDate(1923, 5)), write_date(PartialDate(1405))
    ('1923-05', '1405 م')
    """
    if date is None:
        return ""
    return date.iso() + (GREGORIAN_ERA if date.year <= LAST_HIJRI_YEAR else "")


def _understand(values: Values, text: str) -> PartialDate | None:
    try:
        parsed = parse_date(text)
    except DateNotUnderstood as error:
        values.note("date_kept_as_printed", FIELD, detail=error.sentence(gettext))
        return None
    if parsed.partial is None:
        piece = {"piece": excerpt(text)}
        detail = gettext("“%(piece)s” falls into two years.") % piece
        values.note("date_kept_as_printed", FIELD, detail=detail)
        return None
    if parsed.ambiguous:
        date = parsed.partial.iso()
        values.note("date_ambiguous", FIELD, piece=excerpt(text), date=date)
    return parsed.partial
