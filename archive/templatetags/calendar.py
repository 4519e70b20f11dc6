"""``{% load calendar %}``: URLs of the calendar's pages, and names of months."""

from math import ceil, sqrt
from typing import Final
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from archive.browsing.days import DayOfYear
from archive.browsing.year_ranges import YearRange
from archive.dates import PartialDate, Precision, month_name
from archive.templatetags.display import (
    date_text,
    names_of_months,
    names_of_months_in_lists,
    number,
)

register = template.Library()

_TINTS: Final = 5
# Where no period has more articles than so many, none has the strongest tint.
_LEAST_MOST: Final = 10
_PAGES: Final = {
    Precision.YEAR: "archive:year",
    Precision.MONTH: "archive:month",
    Precision.DAY: "archive:day",
}


@register.filter
def calendar_address(period: PartialDate) -> str:
    """The URL of the calendar's page of a year, a month or a day."""
    parts = (period.year, period.month, period.day)
    return reverse(_PAGES[period.precision], args=[part for part in parts if part])


@register.filter
def search_period_address(period: PartialDate) -> str:
    """The URL of a search narrowed to a year, a month or a day."""
    days = urlencode({"from": period.iso(), "to": period.iso()})
    return f"{reverse('search:results')}?{days}"


@register.filter
def month_of(day: PartialDate) -> PartialDate:
    """The month of a day.

    >>> month_of(PartialDate(1923, 5, 14)).iso()
    '1923-05'
    """
    return PartialDate(day.year, day.month)


@register.filter
def year_of(period: PartialDate) -> PartialDate:
    """The year of a month or a day.

    >>> year_of(PartialDate(1923, 5, 14)).iso()
    '1923'
    """
    return PartialDate(period.year)


@register.filter
def heat(count: int, most: int) -> int:
    """How strongly a period with so many articles is tinted, from 1 to 5.

    *most* is the largest count beside it. By the square root, so that the small ones
    differ too.

    >>> [heat(count, 308) for count in (1, 20, 64, 150, 308)], heat(1, 1)
    ([1, 2, 3, 4, 5], 2)
    """
    share = count / max(most, _LEAST_MOST)
    return min(_TINTS, ceil(_TINTS * sqrt(share)))


@register.filter
def month_label(period: PartialDate) -> str:
    """The name of the period's month without its year; ``""`` for a whole year."""
    return _name_month(period.month, names_of_months_in_lists())


def _name_month(month: int | None, months: str) -> str:
    if month is None:
        return ""
    language = "ar" if (get_language() or "ar").startswith("ar") else "en"
    return month_name(month, language, months=months)


@register.filter
def years_label(years: YearRange) -> str:
    """A year, or the first and last year of a decade, in the digits of the site."""
    first = date_text(PartialDate(years.first))
    if years.first == years.last:
        return first
    return f"{first}–{date_text(PartialDate(years.last))}"


@register.filter
def any_year_label(day: DayOfYear) -> str:
    """The day and the name of its month, without a year.

    >>> from django.utils.translation import override
    >>> with override("en"):
    ...     any_year_label(DayOfYear(11, 3))
    '3 November'
    """
    return f"{number(day.day)} {_name_month(day.month, names_of_months_in_lists())}"


@register.filter
def any_year_heading(day: DayOfYear) -> str:
    """`any_year_label` with all names of the month, for the day's own page.

    >>> from django.utils.translation import override
    >>> with override("ar"):
    ...     any_year_label(DayOfYear(11, 3)), any_year_heading(DayOfYear(11, 3))
    ('3 تشرين الثاني', '3 تشرين الثاني/نوفمبر')
    """
    return f"{number(day.day)} {_name_month(day.month, names_of_months())}"
