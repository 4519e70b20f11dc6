"""``{% load hijri %}``: names and URLs of the Hijri calendar's pages."""

import datetime as dt

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from archive.dates import (
    Digits,
    HijriDate,
    PartialDate,
    format_hijri,
    hijri_month_name,
    to_arabic_digits,
)
from archive.templatetags.coverage import held_address
from archive.templatetags.display import digits_of_dates

register = template.Library()
register.simple_tag(held_address)


@register.filter
def hijri_address(period: HijriDate) -> str:
    """The URL of the page of a Hijri year or month."""
    if period.month:
        return reverse("archive:hijri_month", args=[period.year, period.month])
    return reverse("archive:hijri_year", args=[period.year])


@register.filter
def hijri_page(period: PartialDate) -> str:
    """The URL of the Hijri year or month in the middle of *period*; ``""`` for none.

    >>> from django.utils.translation import override
    >>> with override("ar"):
    ...     hijri_page(PartialDate(1923, 5)), hijri_page(PartialDate(500))
    ('/ar/calendar/hijri/1341/9/', '')
    """
    first, last = period.first_day(), period.last_day()
    found = HijriDate.from_day(first + (last - first) / 2)
    if found is None:
        return ""
    return hijri_address(HijriDate(found.year, found.month if period.month else None))


@register.filter
def hijri_text(period: HijriDate) -> str:
    """The Hijri date with its era.

    >>> from django.utils.translation import override
    >>> with override("ar"):
    ...     hijri_text(HijriDate(1345, 9))
    'رمضان 1345 هـ'
    """
    return format_hijri(period, _language(), digits=digits_of_dates())


@register.filter
def hijri_year(year: int) -> str:
    """A Hijri year with its era."""
    return hijri_text(HijriDate(year))


@register.filter
def plain_number(number: int) -> str:
    """A number in the digits of the site, without separators, as years have none."""
    if digits_of_dates() == Digits.ARABIC and _language() == "ar":
        return to_arabic_digits(str(number))
    return str(number)


@register.filter
def hijri_month(period: HijriDate) -> str:
    """The name of the month, without its year; ``""`` for a whole year."""
    return hijri_month_name(period.month, _language()) if period.month else ""


@register.filter
def as_partial(day: dt.date) -> PartialDate:
    """The day as a date of known precision."""
    return PartialDate.from_date(day)


@register.filter
def short_day(day: dt.date) -> str:
    """Day and month of a Gregorian day in numbers: ``14/5``."""
    return f"{plain_number(day.day)}/{plain_number(day.month)}"


@register.filter
def hijri_day(period: PartialDate) -> str:
    """Day and month of a Gregorian day's Hijri date in numbers; ``""`` for none.

    >>> hijri_day(PartialDate(1923, 5, 1))
    '15/9'
    """
    found = HijriDate.from_day(period.first_day())
    if found is None or found.day is None or found.month is None:
        return ""
    return f"{plain_number(found.day)}/{plain_number(found.month)}"


def _language() -> str:
    return "ar" if (get_language() or "ar").startswith("ar") else "en"
