"""Light10, as Lucene's Arabic analyzer applies it: what ours is compared with.

The stemmer is Larkey, Ballesteros and Connell's (Improving stemming for Arabic
information retrieval, SIGIR 2002; light10 in their chapter of 2007), in the form
that Lucene gives it: one proclitic comes off, and each ending once, in order.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from search.arabic import letters as l

_PROCLITICS: Final = ("ال", "وال", "بال", "كال", "فال", "لل", "و")
_ENDINGS: Final = ("ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي")
# Letters that must be left; و alone is often the word's own first letter.
_SHORTEST: Final = 2
_SHORTEST_WITHOUT_WAW: Final = 3

# The vowel marks that the normalization knows; other signs it leaves.
_MARKS: Final = (
    *("FATHATAN", "DAMMATAN", "KASRATAN", "FATHA", "DAMMA", "KASRA", "SHADDA"),
    "SUKUN",
)


def normalize(word: str) -> str:
    """*word* without vowel marks and tatweel, with one alef, one yeh, and ه for ة.

    Seats of hamza, the alef of وصل and letters of other languages stay.

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
        left = len(word) - len(proclitic)
        shortest = _SHORTEST_WITHOUT_WAW if proclitic == l.WAW else _SHORTEST
        if word.startswith(proclitic) and left >= shortest:
            word = word[len(proclitic) :]
            break
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
    return word


@cache
def _letter_table() -> dict[int, str]:
    marks = [unicodedata.lookup(f"ARABIC {name}") for name in _MARKS]
    return str.maketrans(
        dict.fromkeys((*marks, l.TATWEEL), "")
        | dict.fromkeys((l.ALEF_HAMZA_ABOVE, l.ALEF_HAMZA_BELOW, l.ALEF_MADDA), l.ALEF)
        | {l.ALEF_MAKSURA: l.YEH, l.TEH_MARBUTA: l.HEH}
    )
