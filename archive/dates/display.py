"""Formatting of Gregorian and Hijri dates, without bidirectional controls."""

from enum import StrEnum
from typing import Final

from archive.dates.digits import to_arabic_digits
from archive.dates.hijri import HijriDate
from archive.dates.partial import PartialDate, Precision

ARABIC: Final = "ar"
ENGLISH: Final = "en"


class MonthStyle(StrEnum):
    """The regional set of month names; `BOTH` is Levantine/Egyptian."""

    LEVANTINE = "levantine"
    EGYPTIAN = "egyptian"
    MAGHREBI_DZ = "maghrebi_dz"
    MAGHREBI_MA = "maghrebi_ma"
    BOTH = "both"


class Digits(StrEnum):
    """The digits of Arabic dates: 123 or ١٢٣."""

    LATIN = "latin"
    ARABIC = "arabic"


# From CLDR, in this order: ar-SY and ar-IQ, ar-EG, ar-DZ and ar-TN, ar-MA.
_MONTHS: Final = {
    MonthStyle.LEVANTINE: (
        "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
        "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
    ),
    MonthStyle.EGYPTIAN: (
        "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
        "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
    ),
    MonthStyle.MAGHREBI_DZ: (
        "جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان",
        "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
    ),
    MonthStyle.MAGHREBI_MA: (
        "يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو",
        "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر",
    ),
}  # fmt: skip
_ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_HIJRI_MONTHS: Final = {
    ARABIC: (
        "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
        "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة",
    ),
    ENGLISH: (
        "Muharram", "Safar", "Rabi I", "Rabi II", "Jumada I", "Jumada II",
        "Rajab", "Shaban", "Ramadan", "Shawwal", "Dhu al-Qada", "Dhu al-Hijja",
    ),
}  # fmt: skip
HIJRI_ERA: Final = {ARABIC: "هـ", ENGLISH: "AH"}
ABOUT: Final = {ARABIC: "نحو", ENGLISH: "about"}


def format_partial(
    partial: PartialDate,
    language: str = ARABIC,
    *,
    months: str = MonthStyle.BOTH,
    digits: str = Digits.LATIN,
) -> str:
    """The date to the precision known. English dates ignore *months* and *digits*.

    Raises ValueError for an unknown language, month style or digit set.

    >>> format_partial(PartialDate(2018, 2, 3))
    '3 شباط/فبراير 2018'
    >>> format_partial(PartialDate(2018, 8), months="maghrebi_ma", digits="arabic")
    'غشت ٢٠١٨'
    >>> format_partial(PartialDate(2018, 2, 3), "en")
    '3 February 2018'
    """
    month = partial.month and month_name(partial.month, language, months=months)
    return _join_parts(partial.day, month or None, partial.year, language, digits)


def format_hijri(
    hijri: HijriDate, language: str = ARABIC, *, digits: str = Digits.LATIN
) -> str:
    """The Hijri date to the precision known, with its era. Raises as `format_partial`.

    >>> format_hijri(HijriDate(1345, 9))
    'رمضان 1345 هـ'
    """
    month = hijri.month and hijri_month_name(hijri.month, language)
    date = _join_parts(hijri.day, month or None, hijri.year, language, digits)
    return f"{date} {HIJRI_ERA[language]}"


def hijri_line(
    partial: PartialDate, language: str = ARABIC, *, digits: str = Digits.LATIN
) -> str:
    """The approximate Hijri day of a Gregorian day.

    ``""`` for a month or year, and for days outside the tables.

    >>> hijri_line(PartialDate(1923, 5, 1))
    'نحو 15 رمضان 1341 هـ'
    >>> hijri_line(PartialDate(1923, 5))
    ''
    """
    known = _check_language(language)
    if partial.precision is not Precision.DAY:
        return ""
    hijri = HijriDate.from_day(partial.first_day())
    if hijri is None:
        return ""
    return f"{ABOUT[known]} {format_hijri(hijri, known, digits=digits)}"


def month_name(
    number: int, language: str = ARABIC, *, months: str = MonthStyle.BOTH
) -> str:
    """The name of Gregorian month 1 to 12.

    Raises ValueError for another number, language or style.

    >>> month_name(2), month_name(8, months="maghrebi_dz"), month_name(2, "en")
    ('شباط/فبراير', 'أوت', 'February')
    """
    style = MonthStyle(months)
    if _check_language(language) == ENGLISH:
        return _nth(_ENGLISH_MONTHS, number)
    if style is not MonthStyle.BOTH:
        return _nth(_MONTHS[style], number)
    pair = (MonthStyle.LEVANTINE, MonthStyle.EGYPTIAN)
    return "/".join(_nth(_MONTHS[half], number) for half in pair)


def hijri_month_name(number: int, language: str = ARABIC) -> str:
    """The name of Hijri month 1 to 12. Raises ValueError for another number.

    >>> hijri_month_name(6), hijri_month_name(6, "en")
    ('جمادى الآخرة', 'Jumada II')
    """
    return _nth(_HIJRI_MONTHS[_check_language(language)], number)


def _join_parts(
    day: int | None, month: str | None, year: int, language: str, digits: str
) -> str:
    text = " ".join(str(part) for part in (day, month, year) if part is not None)
    is_arabic = _check_language(language) == ARABIC and Digits(digits) is Digits.ARABIC
    return to_arabic_digits(text) if is_arabic else text


def _check_language(language: str) -> str:
    if language not in _HIJRI_MONTHS:
        raise ValueError(f"Dates are written in Arabic and English, not {language!r}.")
    return language


def _nth(names: tuple[str, ...], number: int) -> str:
    if not 1 <= number <= len(names):
        raise ValueError(f"There is no month {number}.")
    return names[number - 1]
