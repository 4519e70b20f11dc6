"""Numbers as print separates them: 1,000 and ١٬٠٠٠ are 1000, and 1.5 is ١٫٥.

A comma or dot before the last three digits separates thousands, else a fraction. Rows
of more than one number stay apart: dates (1.5.1958), years (1958,1962), lists (1,2,3).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from search.arabic import letters as l

_COMMAS: Final = f",{l.ARABIC_COMMA}"
_SEPARATORS: Final = f"{_COMMAS}.'’{l.DECIMAL_SEPARATOR}{l.THOUSANDS_SEPARATOR}"
_POINTS: Final = f".{l.DECIMAL_SEPARATOR}"
# 1,000  1.000  1'000 with a fraction or without; 3,5; 3.5. Nothing but its own digits
# stands in a row with it.
NUMBER: Final = (
    rf"(?=\d)(?<!\d)(?<!\d[{_SEPARATORS}])"
    rf"(?:(?![0٠۰])\d{{1,3}}(?:[{_COMMAS}{l.THOUSANDS_SEPARATOR}'’]\d{{3}})+"
    rf"(?:[{_POINTS}]\d+)?"
    rf"|(?![0٠۰])\d{{1,3}}(?:\.\d{{3}})+(?:[{_COMMAS}]\d{{1,2}})?"
    rf"|\d{{1,3}}[{_COMMAS}]\d{{1,2}}"
    rf"|\d+[{_POINTS}]\d+)"
    rf"(?![{_SEPARATORS}]?\d)"
)
_NUMBER_RE: Final = re.compile(NUMBER)
_SEPARATOR_RE: Final = re.compile(f"[{_SEPARATORS}]")
_THOUSAND: Final = 3


def is_number(word: str) -> bool:
    """Whether *word* is one number with separators.

    >>> is_number("1,000"), is_number("1.5.1958"), is_number("1000")
    (True, False, False)
    """
    return _NUMBER_RE.fullmatch(word) is not None


def fold_number(word: str) -> str:
    """A number without separators of thousands and with one decimal separator.

    Returns ``""`` for a *word* that is no number with separators.

    >>> fold_number("١٬٠٠٠"), fold_number("1.000.000,5") == fold_number("1,000,000.5")
    ('1000', True)
    >>> fold_number("3.5") == fold_number("٣٫٥") == fold_number("3,5") != "35"
    True
    >>> fold_number("1958")
    ''
    """
    if not is_number(word):
        return ""
    separators = _SEPARATOR_RE.findall(word)
    *whole, last = (_digits(part) for part in _SEPARATOR_RE.split(word))
    if _is_fraction(separators, whole[0], last):
        return f"{''.join(whole)}{l.DECIMAL_SEPARATOR}{last}"
    return "".join((*whole, last))


def drop_leading_zero(digits: str) -> str:
    """A day or month of two *digits* without its zero: 01/05/1958 is 1/5/1958.

    >>> drop_leading_zero("05"), drop_leading_zero("50"), drop_leading_zero("007")
    ('5', '50', '007')
    """
    is_padded = len(digits) == len("05") and digits[0] == "0" and digits[1].isdecimal()
    return digits[1] if is_padded else digits


def _is_fraction(separators: list[str], first: str, last: str) -> bool:
    """Whether the digits behind the last of *separators* are a fraction."""
    separator = separators[-1]
    if separator == l.DECIMAL_SEPARATOR or len(last) != _THOUSAND:
        return True
    if len(first) > _THOUSAND or first.startswith("0"):
        return True
    # 1,000.125, where the thousands have another separator.
    return (separator == ".") != (separators[0] == ".")


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(digit)) for digit in text)
