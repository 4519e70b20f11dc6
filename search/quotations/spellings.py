"""Spellings of one word that folding keeps apart, for a search has to find either.

Whoever quotes an old page writes as is written today: مئة for مائة, الصلاة for الصلوة.
"""

import re
from typing import Final

from search.arabic.analyzer import Token
from search.quotations.mushaf import is_of_mushaf, list_spellings

# Words that the mushaf and old prints write with و for ا, or without their ا; at the
# end of a word, so that an article or a conjunction may stand before them.
_WRITTEN_OUT: Final = {
    "صلوه": "صلاه",
    "زكوه": "زكاه",
    "حيوه": "حياه",
    "مشكوه": "مشكاه",
    "سموات": "سماوات",
    "رحمان": "رحمن",
    "اسحق": "اسحاق",
    "اسمعيل": "اسماعيل",
    "ابرهيم": "ابراهيم",
    "هرون": "هارون",
    "معويه": "معاويه",
    "عثمن": "عثمان",
    "سليمن": "سليمان",
}
_WRITTEN_OUT_RE: Final = re.compile(f"({'|'.join(_WRITTEN_OUT)})$")
# The silent alef of مائة, in all numbers that end in it.
_HUNDRED_RE: Final = re.compile("ماء(?=ه$|ت)")


def spelling_keys(token: Token) -> frozenset[str]:
    """The keys of a word; of one that the mushaf spells, of all its spellings.

    >>> from search.arabic.analyzer import analyze
    >>> [sorted(spelling_keys(each)) for each in analyze("ٱلصَّلَوٰةَ والصلاة")]
    [['الصلاه', 'الصلواه'], ['والصلاه']]
    """
    keys = {spelling_key(token.surface)}
    if is_of_mushaf(token.printed):
        keys.update(map(spelling_key, list_spellings(token.printed)))
    return frozenset(keys)


def spelling_key(surface: str) -> str:
    """A key that the spellings of a surface form share; it is never shown.

    >>> from search.arabic.analyzer import surfaces
    >>> [spelling_key(each) for each in surfaces("مائة مئة والصلوة والصلاة ءامنوا")]
    ['مءه', 'مءه', 'والصلاه', 'والصلاه', 'امنوا']
    """
    key = surface.replace("ءا", "ا").replace("وو", "و")
    key = _HUNDRED_RE.sub("مء", key)
    return _WRITTEN_OUT_RE.sub(lambda match: _WRITTEN_OUT[match[0]], key)
