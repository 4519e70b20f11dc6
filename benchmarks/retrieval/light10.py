"""The light10 stemmer in the form of Lucene's ArabicNormalizer and ArabicStemmer.

The stemmer is Larkey, Ballesteros and Connell's (Improving stemming for Arabic
information retrieval, SIGIR 2002; light10 in their chapter of 2007). As in Lucene,
one proclitic is removed, and then each suffix once, in the order of the table.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from search.arabic import letters as l

_PROCLITICS: Final = ("ال", "وال", "بال", "كال", "فال", "لل", "و")
_SUFFIXES: Final = ("ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي")
# Letters that must remain; more after و, which is often a letter of the stem.
_SHORTEST: Final = 2
_SHORTEST_WITHOUT_WAW: Final = 3

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


def stem(word: str) -> str:
    """The light10 stem of a normalized *word*.

    >>> stem("والكتاب"), stem("كتابها"), stem("وبالكتاب"), stem("ورد")
    ('كتاب', 'كتاب', 'بالكتاب', 'ورد')
    """
    for proclitic in _PROCLITICS:
        remaining = len(word) - len(proclitic)
        shortest = _SHORTEST_WITHOUT_WAW if proclitic == l.WAW else _SHORTEST
        if word.startswith(proclitic) and remaining >= shortest:
            word = word[len(proclitic) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            word = word[: -len(suffix)]
    return word


@cache
def _letter_table() -> dict[int, str]:
    diacritics = [unicodedata.lookup(f"ARABIC {name}") for name in _DIACRITICS]
    return str.maketrans(
        dict.fromkeys((*diacritics, l.TATWEEL), "")
        | dict.fromkeys((l.ALEF_HAMZA_ABOVE, l.ALEF_HAMZA_BELOW, l.ALEF_MADDA), l.ALEF)
        | {l.ALEF_MAKSURA: l.YEH, l.TEH_MARBUTA: l.HEH}
    )
