"""Folding: the spelling variation of a word that does not tell words apart.

One table, one pass. What folding makes of a token is its *surface form*, which
is what the index holds; the offsets of the token stay those of the original.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from search.arabic import letters as l

# Target letter → the characters that count as it.
_SAME_LETTER: Final = {
    l.ALEF: l.ALEF_HAMZA_ABOVE
    + l.ALEF_HAMZA_BELOW
    + l.ALEF_MADDA
    + l.ALEF_WASLA
    + l.OTHER_ALEFS,
    # One sign for every seat, so that مسؤول and مسئول are one word.
    l.HAMZA: l.WAW_HAMZA
    + l.YEH_HAMZA
    + l.HIGH_HAMZA
    + l.YEH_HIGH_HAMZA
    + l.YEH_BARREE_HAMZA,
    l.YEH: l.ALEF_MAKSURA + l.FARSI_YEHS,
    l.HEH: l.TEH_MARBUTA + l.HEHS + l.HEH_WITH_HAMZA + l.TEH_MARBUTA_GOAL,
    l.KAF: l.KEHEHS + l.GAFS,
    l.WAW: l.KURDISH_WAWS + l.WAW_HIGH_HAMZA,
    l.BEH: l.PEH,
    l.JEEM: l.TCHEH,
    l.ZAIN: l.JEH,
    l.FEH: l.VEHS,
    l.TEH: l.TTEH,
    l.DAL: l.DDAL,
    l.REH: l.RREH,
    l.NOON: l.NOON_GHUNNA,
    l.LAM: l.LAM_WITH_SMALL_V,
}
# Letters by Unicode's reckoning that are no part of a word's spelling.
_NOT_SPELLING: Final = frozenset(l.TATWEEL + l.QURANIC_SIGNS + l.APOSTROPHES)
_PRESENTATION_RE: Final = re.compile(f"[{l.PRESENTATION_RANGES}]")
_COMBINING_HAMZA_RE: Final = re.compile(f"[{l.COMBINING_HAMZAS}]")
# The letters that folding leaves, ء to ي without tatweel: most words of most papers.
_PLAIN_ARABIC_RE: Final = re.compile(f"[{l.HAMZA}-{l.GHAIN}{l.FEH}-{l.YEH}]+")
# شيء is often printed شئ; the yeh before a last hamza is the seat of neither.
_YEH_BEFORE_LAST_HAMZA_RE: Final = re.compile(f"{l.YEH}+{l.HAMZA}$")


@cache
def _letter_table() -> dict[int, str]:
    return str.maketrans(
        {char: target for target, chars in _SAME_LETTER.items() for char in chars}
    )


def fold(word: str) -> str:
    """The surface form of one *word*: what the index holds for it.

    Marks, tatweel, hamza seats, alef forms, ى and ي, ة and ه, Persian letters,
    presentation forms, digit sets, case, accents and invisible characters do not
    count. Idempotent.

    >>> fold("الْعَرَبِيَّةُ"), fold("مسئول") == fold("مَسؤُول"), fold("سنة٢٠٢٣")
    ('العربيه', True, 'سنه2023')
    >>> fold("Évén"), fold("Don’t")
    ('even', 'dont')
    """
    if is_plain_arabic(word):
        return drop_yeh_before_last_hamza(word.translate(_letter_table()))
    if _PRESENTATION_RE.search(word):
        word = unicodedata.normalize("NFKC", word)
    elif _COMBINING_HAMZA_RE.search(word):
        word = unicodedata.normalize("NFC", word)
    if word.isascii():
        return word.lower().replace("'", "")
    word = word.translate(_letter_table())
    if not is_plain_arabic(word):
        word = _fold_other(word)
    return drop_yeh_before_last_hamza(word)


def is_plain_arabic(word: str) -> bool:
    """Whether *word* is of the letters ء to ي alone: no mark, digit or other letter.

    >>> is_plain_arabic("مسؤولية"), is_plain_arabic("كتابٌ"), is_plain_arabic("گاز")
    (True, False, False)
    """
    return _PLAIN_ARABIC_RE.fullmatch(word) is not None


def fold_prefix(word: str) -> str:
    """What the surface forms begin with that begin as *word* does.

    >>> fold_prefix("شيء"), fold("شيء")
    ('شيء', 'شء')
    """
    return fold(word + l.ALEF)[:-1]


def drop_yeh_before_last_hamza(word: str) -> str:
    """*word* without a yeh before the hamza it ends in, for شيء and شئ are one word.

    >>> drop_yeh_before_last_hamza("شيء"), drop_yeh_before_last_hamza("سماء")
    ('شء', 'سماء')
    """
    if not word.endswith(l.HAMZA):
        return word
    return _YEH_BEFORE_LAST_HAMZA_RE.sub(l.HAMZA, word)


def _fold_other(word: str) -> str:
    """Fold what the letter table does not know: digits, case, accents, marks."""
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    decomposed = unicodedata.normalize("NFKD", decomposed).translate(_letter_table())
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char
        for char in decomposed
        if char.isalnum() and char not in _NOT_SPELLING
    )
