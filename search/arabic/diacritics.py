"""Vowel marks: what a word's marks say, and whether two markings can be one word.

Papers mark a word in part, to tell it from another, or not at all. So a mark counts
only against a mark on the same letter: كِتَاب is not كُتّاب, and may be كتاب.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import zip_longest
from typing import Final

from search.arabic import letters as l
from search.arabic.normalize import fold

_VOWEL_RE: Final = re.compile(f"[{l.DIACRITICS}]")
# A letter of a marked form, and the marks on it.
_LETTER_RE: Final = re.compile(f"([^{l.DIACRITICS}])([{l.DIACRITICS}]*)")


def diacritized_form(word: str) -> str:
    """The surface form of *word* with its vowel marks; ``""`` if it has none.

    The marks of a letter stand in one order, and only those that tell words apart.

    >>> diacritized_form("الكِتـــابُ")
    'الكِتابُ'
    >>> diacritized_form("كتاب"), diacritized_form("Évén")
    ('', '')
    """
    if not _VOWEL_RE.search(word):
        return ""
    pairs = [
        (folded, "".join(sorted(set(marks))))
        for letter, marks in _LETTER_RE.findall(unicodedata.normalize("NFKC", word))
        if (folded := _fold_letter(letter))
    ]
    surface = fold(word)
    if len(pairs) > len(surface):
        # Only the yeh before a last hamza is dropped when a whole word is folded.
        del pairs[len(surface) - 1 : -1]
    if "".join(letter for letter, _marks in pairs) != surface:
        return ""
    form = "".join(letter + marks for letter, marks in pairs)
    return form if form != surface else ""


def are_compatible(asked: str, printed: str) -> bool:
    """Whether two marked forms of one surface form can be the same word.

    >>> are_compatible("كِتَاب", "كُتّاب"), are_compatible("كِتَاب", "كتابٌ")
    (False, True)
    >>> are_compatible("كَتَب", "كَتَّب"), are_compatible("محمّد", "مُحَمَّد")
    (False, True)
    """
    pairs = zip_longest(_marks_of(asked), _marks_of(printed), fillvalue="")
    return all(_may_be_one(one, other) for one, other in pairs)


def _may_be_one(one: str, other: str) -> bool:
    """Whether two sets of marks on one letter allow one another.

    A letter with a vowel and no shadda is not doubled; a shadda alone leaves the
    vowel open.
    """
    if not one or not other:
        return True
    vowels = [marks.replace(l.SHADDA, "") for marks in (one, other)]
    if all(vowels) and vowels[0] != vowels[1]:
        return False
    doubled = [l.SHADDA in marks for marks in (one, other)]
    return doubled[0] == doubled[1]


def _marks_of(form: str) -> list[str]:
    return [marks for _letter, marks in _LETTER_RE.findall(form)]


@cache
def _fold_letter(letter: str) -> str:
    return fold(letter)
