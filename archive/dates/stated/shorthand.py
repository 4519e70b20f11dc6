"""Shorthand of cataloguers: two years of which one is cut short, parts of a month.

A part of a month or year is read as the whole that holds it, and a year that is cut
short only where a full one stands beside it: no century is made up.
"""

import re
from typing import Final

# 1920/21, 1914-18, 1340/41هـ: what could be a month, as in 1908/09, stays one.
_SHORT_YEARS_RE: Final = re.compile(
    r"(?<![0-9/.\-])([0-9]{2})([0-9]{2})(\s*[/\-–—]\s*)([0-9]{2})(?![0-9/.\-–—])"
)
_MONTHS: Final = 12
# 3/5/20, 5 أيار 85, May '85, 85: a year of two digits and nothing that tells it.
_TWO_DIGITS_RE: Final = re.compile(
    r"(?:.*[^0-9])?[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-][0-9]{2}(?![0-9]).*"
    r"|.*\w[\s,،]+['’]?[0-9]{2}(?:\s*[مه]ـ?)?|['’]?[0-9]{2}(?:\s*[مه]ـ?)?",
    re.DOTALL,
)
_PARTS: Final = (
    "أوائل|أواخر|أواسط|مطلع|مطالع|مستهل|بداية|بدايات|نهاية|نهايات|منتصف|وسط|ختام"
    "|النصف(?:\\s+(?:الأول|الثاني))?"
)
_VAGUE_RE: Final = re.compile(
    rf"(?:في\s+)?(?:{_PARTS})\s+(?:من\s+)?(?:شهر\s+|سنة\s+|عام\s+)?"
    r"(?P<arabic>[^\W\d].*|[0-9]{4}.*)"
    r"|(?:in\s+)?(?:the\s+)?(?:early|mid|middle|late|beginning|end)(?:\s+of)?[\s\-–]+"
    r"(?P<english>[^\W\d].*|[0-9]{4}.*)",
    re.DOTALL | re.IGNORECASE,
)


def spell_out_years(text: str) -> str:
    """The text with the second of two years in full; any other text as it is.

    >>> spell_out_years("1920/21"), spell_out_years("1340/41هـ")
    ('1920/1921', '1340/1341هـ')
    >>> spell_out_years("1908/09"), spell_out_years("1920/19")
    ('1908/09', '1920/19')
    """

    def spell_out(match: re.Match[str]) -> str:
        century, first, sign, second = match.groups()
        if int(second) <= max(_MONTHS, int(first)):
            return match[0]
        return f"{century}{first}{sign.strip()}{century}{second}"

    return _SHORT_YEARS_RE.sub(spell_out, text)


def has_two_digit_year(text: str) -> bool:
    """Whether a text without a full year has one whose century is left out.

    >>> has_two_digit_year("3/5/20"), has_two_digit_year("5 أيار 85")
    (True, True)
    >>> has_two_digit_year("5 أيار"), has_two_digit_year("أيار")
    (False, False)
    """
    return _TWO_DIGITS_RE.fullmatch(text) is not None


def split_vague(text: str) -> tuple[str, bool]:
    """The month or year of whose part the text speaks, and whether it does.

    >>> split_vague("منتصف رجب 1340"), split_vague("late May 1920")
    (('رجب 1340', True), ('May 1920', True))
    >>> split_vague("قبل 1920"), split_vague("أول أيار 1920")
    (('قبل 1920', False), ('أول أيار 1920', False))
    """
    match = _VAGUE_RE.fullmatch(text)
    return (match["arabic"] or match["english"], True) if match else (text, False)
