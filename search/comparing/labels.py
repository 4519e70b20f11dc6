"""Rates and periods as they are shown, in the language and digits of the moment."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from archive.dates import to_arabic_digits
from archive.templatetags.display import listed_date_text, number
from search.comparing.periods import Period

ARABIC_DECIMAL_SEPARATOR: Final = "\N{ARABIC DECIMAL SEPARATOR}"


def rate(value: float | None) -> str:
    """A frequency with one decimal; ``–`` where nothing is held.

    >>> rate(1234.56), rate(0.0), rate(None)
    ('1,234.6', '0', '–')
    """
    if value is None:
        return "–"
    if not value:
        return number(0)
    whole, _point, decimal = f"{value:.1f}".partition(".")
    shown = number(int(whole))
    if shown.isascii():
        return f"{shown}.{decimal}"
    return f"{shown}{ARABIC_DECIMAL_SEPARATOR}{to_arabic_digits(decimal)}"


def period_label(period: Period | None) -> str:
    """The period in words; that of no period is of what is not dated so far."""
    if period is None:
        return _("not dated so exactly")
    if period.first == period.last:
        return listed_date_text(period.first)
    first, last = map(listed_date_text, (period.first, period.last))
    return f"{first}–{last}"
