"""``{% load display %}``: names, numbers, dates, languages and page numbers."""

import unicodedata
from datetime import datetime
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import (
    get_language,
    get_language_bidi,
    get_language_info,
    gettext,
    ngettext,
)

from archive.dates import (
    Digits,
    MonthStyle,
    PartialDate,
    format_partial,
    hijri_line,
    to_arabic_digits,
)
from archive.models import Named

register = template.Library()

FIRST_STRONG_ISOLATE: Final = "\N{FIRST STRONG ISOLATE}"
POP_ISOLATE: Final = "\N{POP DIRECTIONAL ISOLATE}"
ARABIC_THOUSANDS_SEPARATOR: Final = "\N{ARABIC THOUSANDS SEPARATOR}"
# Pages on either side of the current one in a pager.
NEIGHBORS: Final = 2
# Bidirectional classes of the characters that set a direction (UAX #9, strong types).
STRONG: Final = frozenset({"L", "R", "AL"})
WEB_SCHEMES: Final = frozenset({"http", "https"})
TIMES_CACHE_SIZE: Final = 500
LANGUAGE_CACHE_SIZE: Final = 100


@register.filter
def bdi(text: object) -> SafeString:
    """The escaped text in a ``bdi`` element, which takes its direction from the text.

    A text without letters, such as a range of years, takes the page's direction.

    >>> bdi("أحمد <شوقي>")
    '<bdi>أحمد &lt;شوقي&gt;</bdi>'
    """
    if any(unicodedata.bidirectional(letter) in STRONG for letter in str(text)):
        return format_html("<bdi>{}</bdi>", text)
    page = "rtl" if get_language_bidi() else "ltr"
    return format_html('<bdi dir="{}">{}</bdi>', page, text)


@register.filter
def isolate(text: object) -> str:
    """The text between isolating formatting characters, for attributes and titles."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


@register.filter
def named(row: Named) -> SafeString:
    """The name in the page's language; an Arabic fallback is marked ``lang="ar"``."""
    language = get_language() or "ar"
    label = row.label(language)
    if label == row.name_ar and not language.startswith("ar"):
        return format_html('<bdi lang="ar">{}</bdi>', label)
    return format_html("<bdi>{}</bdi>", label)


@register.filter
def named_link(row: Named) -> SafeString:
    """The name as a link to the page of the actor, topic or source."""
    # Named is abstract; each of its models defines the method.
    address = row.get_absolute_url()  # type: ignore[attr-defined]
    return format_html('<a href="{}">{}</a>', address, named(row))


@register.filter
def number(value: int) -> str:
    """A count with thousands separators, in the digits of the site.

    >>> number(11260), number(7)
    ('11,260', '7')
    """
    text = f"{value:,}"
    if digits_of_dates() == Digits.ARABIC and _date_language() == "ar":
        return to_arabic_digits(text.replace(",", ARABIC_THOUSANDS_SEPARATOR))
    return text


@register.filter
def times(count: int) -> SafeString:
    """The number of occurrences of a word, as ``×2`` and as words for screen readers.

    >>> from django.utils.translation import override
    >>> with override("en"):
    ...     times(2).count("2 times")
    1
    """
    return _times(count, get_language() or "ar", digits_of_dates())


@lru_cache(TIMES_CACHE_SIZE)
def _times(count: int, language: str, digits: str) -> SafeString:
    """`times` with its context as arguments, cached: small counts are on every page."""
    shown = number(count)
    words = ngettext("%(shown)s time", "%(shown)s times", count) % {"shown": shown}
    return format_html(
        '<span class="count"><bdi dir="{}" aria-hidden="true">×{}</bdi>'
        '<span class="hidden-visually">{}</span></span>',
        direction(language),
        shown,
        words,
    )


@register.filter
def date(partial: PartialDate | None) -> SafeString:
    """The date to the precision known, in a ``time`` element with its ISO form."""
    return _date(partial, names_of_months())


@register.filter
def listed_date(partial: PartialDate | None) -> SafeString:
    """`date` as lists have it, with one name of the month where there are two."""
    return _date(partial, names_of_months_in_lists())


def _date(partial: PartialDate | None, months: str) -> SafeString:
    if partial is None:
        return format_html("<span>{}</span>", gettext("undated"))
    text = format_partial(
        partial, _date_language(), months=months, digits=digits_of_dates()
    )
    return format_html('<time datetime="{}">{}</time>', partial.iso(), text)


@register.filter
def listed_date_text(partial: PartialDate) -> str:
    """`date_text` as lists have it, with one name of the month.

    >>> from django.utils.translation import override
    >>> with override("ar"):
    ...     date_text(PartialDate(1923, 2)), listed_date_text(PartialDate(1923, 2))
    ('شباط/فبراير 1923', 'شباط 1923')
    """
    months, digits = names_of_months_in_lists(), digits_of_dates()
    return format_partial(partial, _date_language(), months=months, digits=digits)


@register.filter
def date_text(partial: PartialDate | str) -> str:
    """The date to the precision known, without markup; a string is returned as is."""
    if isinstance(partial, str):
        return partial
    return format_partial(
        partial, _date_language(), months=names_of_months(), digits=digits_of_dates()
    )


@register.filter
def iso_date_text(iso: str) -> str:
    """`date_text` of a stored date such as ``1888-11``; ``""`` for none."""
    return date_text(PartialDate.from_iso(iso)) if iso else ""


@register.filter
def day(moment: datetime) -> PartialDate:
    """The day of a datetime in the time zone of the site."""
    return PartialDate.from_date(localtime(moment).date())


@register.filter
def hijri(partial: PartialDate | None) -> str:
    """The approximate Hijri day of a date known to the day; otherwise ``""``."""
    if partial is None:
        return ""
    return hijri_line(partial, _date_language(), digits=digits_of_dates())


def _date_language() -> str:
    """``ar`` on Arabic pages, else ``en``."""
    return "ar" if (get_language() or "ar").startswith("ar") else "en"


def names_of_months() -> str:
    """The setting for names of months: a `MonthStyle`."""
    return str(getattr(settings, "MONTH_NAMES", MonthStyle.BOTH))


def names_of_months_in_lists() -> str:
    """The setting for names of months in lists, tables and charts: a `MonthStyle`."""
    names = names_of_months()
    if names != MonthStyle.BOTH:
        return names
    return str(getattr(settings, "MONTH_NAMES_IN_LISTS", MonthStyle.LEVANTINE))


def digits_of_dates() -> str:
    """The setting for digits: a `Digits`."""
    return str(getattr(settings, "DIGITS", Digits.LATIN))


@register.filter
def is_on_the_web(address: str) -> bool:
    """Whether the URL has a web scheme: not ``javascript:``, ``file:`` and the like.

    >>> is_on_the_web("https://example.org/"), is_on_the_web("javascript:alert(1)")
    (True, False)
    """
    return urlsplit(address).scheme in WEB_SCHEMES


@register.filter
@lru_cache(LANGUAGE_CACHE_SIZE)
def direction(language: str) -> str:
    """``rtl`` or ``ltr`` for a language code; ``auto`` for one that Django lacks.

    >>> direction("ar"), direction("en"), direction("xx")
    ('rtl', 'ltr', 'auto')
    """
    try:
        info = get_language_info(language)
    except KeyError:
        return "auto"
    return "rtl" if info["bidi"] else "ltr"


@register.filter
def name_of_language(code: str) -> str:
    """The name of a language in the page's language; the code where Django lacks it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


@register.filter
def page_numbers(current: int, last: int) -> list[int | None]:
    """The page numbers that a pager shows; ``None`` for a gap of two or more pages.

    >>> page_numbers(6, 20)
    [1, None, 4, 5, 6, 7, 8, None, 20]
    >>> page_numbers(1, 3)
    [1, 2, 3]
    """
    neighbors = range(current - NEIGHBORS, current + NEIGHBORS + 1)
    shown = sorted({1, last, *neighbors} & set(range(1, last + 1)))
    pages: list[int | None] = []
    for page in shown:
        before = pages[-1] if pages else None
        if before is not None and page - before == 2:
            pages.append(page - 1)
        elif before is not None and page - before > 2:
            pages.append(None)
        pages.append(page)
    return pages
