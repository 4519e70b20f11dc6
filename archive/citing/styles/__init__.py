"""Citations as text, in the order and punctuation of a style: a style is one function.

Written by hand, because the styles of CSL know no second calendar and split names:
docs/decisions/0080-citations-by-own-tables.md.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from archive.citing.reference import Reference
from archive.citing.styles.arabic import write_arabic
from archive.citing.styles.citation import Citation, Piece, Run
from archive.citing.styles.english import write_apa, write_chicago, write_mla
from archive.dates import Digits, MonthStyle

__all__ = ["STYLES", "Citation", "Piece", "Run", "Style", "cite"]


class Style(StrEnum):
    """A style of citations."""

    ARABIC = "arabic"
    CHICAGO = "chicago"
    MLA = "mla"
    APA = "apa"

    @property
    def language(self) -> str:
        """The language of the words between the parts: ``ar`` or ``en``."""
        return "ar" if self is Style.ARABIC else "en"


_English = Callable[[Reference], Citation]
_ENGLISH_STYLES: Final[Mapping[Style, _English]] = {
    Style.CHICAGO: write_chicago,
    Style.MLA: write_mla,
    Style.APA: write_apa,
}
STYLES: Final = tuple(Style)


def cite(
    reference: Reference,
    style: Style,
    *,
    months: str = MonthStyle.BOTH,
    digits: str = Digits.LATIN,
) -> Citation:
    """The citation of *reference*; *months* and *digits* are for the Arabic style."""
    if style is Style.ARABIC:
        return write_arabic(reference, months=months, digits=digits)
    return _ENGLISH_STYLES[style](reference)
