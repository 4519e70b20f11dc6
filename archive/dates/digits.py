"""The two digit sets in which dates are shown, and the three in which they are read."""

from typing import Final

LATIN_DIGITS: Final = "0123456789"
ARABIC_DIGITS: Final = "٠١٢٣٤٥٦٧٨٩"
PERSIAN_DIGITS: Final = "۰۱۲۳۴۵۶۷۸۹"

_TO_LATIN: Final = str.maketrans(ARABIC_DIGITS + PERSIAN_DIGITS, LATIN_DIGITS * 2)
_TO_ARABIC: Final = str.maketrans(LATIN_DIGITS + PERSIAN_DIGITS, ARABIC_DIGITS * 2)


def to_latin_digits(text: str) -> str:
    """The text with Arabic and Persian digits replaced by 0-9.

    >>> to_latin_digits("٣ شباط ٢٠١٨ و ۱۴ رمضان")
    '3 شباط 2018 و 14 رمضان'
    """
    return text.translate(_TO_LATIN)


def to_arabic_digits(text: str) -> str:
    """The text with Latin and Persian digits replaced by ٠-٩.

    >>> to_arabic_digits("3 شباط 2018")
    '٣ شباط ٢٠١٨'
    """
    return text.translate(_TO_ARABIC)
