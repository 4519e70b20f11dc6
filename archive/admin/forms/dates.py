"""Dates in the admin: formatting, and warnings about ambiguous ones."""

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.dates import (
    Calendar,
    DateNotUnderstood,
    PartialDate,
    format_partial,
    parse_date,
)


def show_date(date: PartialDate | None) -> str:
    """The date in the active language, to the precision known; ``""`` for ``None``."""
    if date is None:
        return ""
    language = (get_language() or "ar")[:2]
    return format_partial(
        date, language, months=settings.MONTH_NAMES, digits=settings.DIGITS
    )


def describe_doubt(text: str) -> str:
    """A warning about the date read from *text*; ``""`` where it is unambiguous.

    Also ``""`` for a text that is not a date, which the form refuses by itself.
    """
    try:
        parsed = parse_date(text)
    except DateNotUnderstood:
        return ""
    if parsed.place:
        return _("“%(words)s” before the date is no part of it.") % {
            "words": parsed.place
        }
    date = show_date(parsed.partial)
    if parsed.calendar is Calendar.HIJRI:
        return _(
            "“%(text)s” was computed as %(date)s. A Hijri date can be a day or two "
            "off: compare it with the date that was printed."
        ) % {"text": text, "date": date}
    if parsed.ambiguous:
        return _(
            "“%(text)s” was read as %(date)s. If the month comes first, "
            "write its name instead of its number."
        ) % {"text": text, "date": date}
    return ""
