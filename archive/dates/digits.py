"""The two digit sets dates are shown in, and the three they are read in.

Public: `to_latin_digits`, `to_arabic_digits`.
"""

from typing import Final

LATIN_DIGITS: Final = "0123456789"
ARABIC_DIGITS: Final = "٠١٢٣٤٥٦٧٨٩"
PERSIAN_DIGITS: Final = "۰۱۲۳۴۵۶۷۸۹"

_TO_LATIN: Final = str.maketrans(ARABIC_DIGITS + PERSIAN_DIGITS, LATIN_DIGITS * 2)
_TO_ARABIC: Final = str.maketrans(LATIN_DIGITS + PERSIAN_DIGITS, ARABIC_DIGITS * 2)


def to_latin_digits(text: str) -> str:
    """The text with ١٢٣ and ۱۲۳ written 123; everything else is unchanged.

    >>> to_latin_digits("٣ شباط ٢٠١٨ و ۱۴ رمضان")
    '3 شباط 2018 و 14 رمضان'
    """
    return text.translate(_TO_LATIN)


def to_arabic_digits(text: str) -> str:
    """The text with 123 and ۱۲۳ written ١٢٣; everything else is unchanged.

    >>> to_arabic_digits("3 شباط 2018")
    '٣ شباط ٢٠١٨'
    """
    return text.translate(_TO_ARABIC)
