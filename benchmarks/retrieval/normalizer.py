"""Normalization as Lucene's ArabicNormalizer has it, before light10."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from search.arabic import letters as l

# The only diacritics that Lucene removes.
_DIACRITICS: Final = (
    *("FATHATAN", "DAMMATAN", "KASRATAN", "FATHA", "DAMMA", "KASRA", "SHADDA"),
    "SUKUN",
)


def normalize(word: str) -> str:
    """*word* without diacritics and tatweel, with one alef, one yeh, and ه for ة.

    Hamza on waw and yeh, alef wasla and letters of other languages are kept.

    >>> normalize("إِلَـــى"), normalize("مسؤول"), normalize("مدرسة")
    ('الي', 'مسؤول', 'مدرسه')
    """
    return word.translate(_letter_table())


@cache
def _letter_table() -> dict[int, str]:
    diacritics = [unicodedata.lookup(f"ARABIC {name}") for name in _DIACRITICS]
    return str.maketrans(
        dict.fromkeys((*diacritics, l.TATWEEL), "")
        | dict.fromkeys((l.ALEF_HAMZA_ABOVE, l.ALEF_HAMZA_BELOW, l.ALEF_MADDA), l.ALEF)
        | {l.ALEF_MAKSURA: l.YEH, l.TEH_MARBUTA: l.HEH}
    )
