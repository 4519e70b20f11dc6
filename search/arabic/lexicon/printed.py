"""What printed letters say of a reading: whose hamza, and whether a last ه is a ة.

Forms are looked up as they are folded, but إعلام is printed otherwise than أعلام, and
كتابة than كتابه. Print leaves hamzas and the dots of ة out, and seldom writes one for
another: so a letter counts only where it is there, and makes the other reading
unlikely.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from search.arabic.letters import ALEF, TEH_MARBUTA
from search.arabic.lexicon.packing import WIDEST, Array
from search.arabic.lexicon.stem_table import Candidates

# The letters that folding makes an alef, as bits: a stem begins with one of them.
SEATS: Final = {ALEF: 1, "أ": 2, "إ": 4, "آ": 8}
# Behind its first letter a stem has a hamza on or with an alef, or has none.
_HAMZA_INSIDE: Final = 16
_NONE_INSIDE: Final = 32
_FIRST: Final = sum(SEATS.values())
_INSIDE: Final = _HAMZA_INSIDE | _NONE_INSIDE
# How likely print writes أ for إ, آ for أ, ة for a pronoun, or the other way round.
AGAINST_PRINT: Final = 0.002
# How likely it puts a hamza on an alef that has none: أسم, إستعمال.
_ADDED_HAMZA: Final = 0.05
_SEATED_RE: Final = re.compile("[أإآ]")
_TELLING_RE: Final = re.compile(f"[أإآ]|{TEH_MARBUTA}$")


def seats_of(stem: str) -> int:
    """The bits of a printed *stem*: of its first letter, and of hamzas behind it.

    >>> seats_of("إعلام"), seats_of("سأل"), seats_of("كتاب")
    (36, 16, 32)
    """
    inside = _HAMZA_INSIDE if _SEATED_RE.search(stem, 1) else _NONE_INSIDE
    return SEATS.get(stem[:1], 0) | inside


def is_telling(word: str) -> bool:
    """Whether a letter of a printed *word* can tell its readings apart.

    >>> is_telling("والإعلام"), is_telling("كتابة"), is_telling("كتابه")
    (True, True, False)
    """
    return _TELLING_RE.search(word) is not None


def agreement(
    words: Sequence[str], candidates: Candidates, has_enclitic: Array
) -> Array:
    """What the letters of *words* make of the readings *candidates*: float64[n].

    1, or less where a letter speaks against one. *candidates* are those of the folded
    words; *has_enclitic* tells it of each: bool[n].
    """
    seats = np.zeros((len(words), WIDEST + 1), np.uint8)
    first, last = np.full(len(words), WIDEST), np.full(len(words), -1)
    for number, word in enumerate(words):
        for match in _SEATED_RE.finditer(word, 0, WIDEST):
            at = last[number] = match.start()
            first[number] = min(first[number], at)
            seats[number, at] = SEATS[match.group()]
    ends = np.array([word.endswith(TEH_MARBUTA) for word in words], bool)
    forms, starts, possible = candidates.forms, candidates.starts, candidates.seats
    printed = seats[forms, starts]
    agrees = (printed == 0) | (possible & _FIRST == 0) | (printed & possible > 0)
    agrees &= (last[forms] <= starts) | (possible & _INSIDE != _NONE_INSIDE)
    # The alef of the article has no hamza.
    agrees &= first[forms] >= starts
    agrees &= ~(ends[forms] & has_enclitic)
    is_added = (printed > 0) & (possible & _FIRST == SEATS[ALEF])
    return np.where(agrees, 1.0, np.where(is_added, _ADDED_HAMZA, AGAINST_PRINT))


def contradicts(word: str, lemma: str) -> bool:
    """Whether a letter of *word* speaks against *lemma*, which is folded alike.

    Both without diacritics.

    >>> contradicts("الأم", "آلام"), contradicts("الام", "آلام")
    (True, False)
    """
    letters = zip(word, lemma, strict=False)
    return any(is_telling(one) and one != other for one, other in letters)
