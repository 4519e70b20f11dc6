"""Diacritics (vowel signs) of a word, and when two diacritizations are compatible.

Print diacritizes a word in part, to tell it from another, or not at all. So a sign
counts only against a sign on the same letter: كِتَاب is not كُتّاب, and may be كتاب.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from search.arabic import letters as l
from search.arabic.analyzer import Token, analyze
from search.arabic.normalize import fold

# Letters whose folded form is cached; Arabic script has fewer.
_CACHED_LETTERS: Final = 1_000

_MARK_RE: Final = re.compile(f"[{l.NONSPACING_MARKS}]")
_DIACRITIC_RE: Final = re.compile(f"[{l.DIACRITICS}]")
# A letter and the diacritics on it: كِ.
_LETTER_RE: Final = re.compile(f"([^{l.DIACRITICS}])([{l.DIACRITICS}]*)")


def diacritized_form(word: str) -> str:
    """The surface form of *word* with its diacritics; ``""`` if it has none.

    The diacritics of a letter are distinct and in code point order. Other marks, such
    as the accents of Latin letters, do not count.

    >>> diacritized_form("الكِتـــابُ")
    'الكِتابُ'
    >>> diacritized_form("كتاب"), diacritized_form("Évén")
    ('', '')
    """
    if not _DIACRITIC_RE.search(word):
        return ""
    pairs = [
        (folded, signs if len(signs) < 2 else "".join(sorted(set(signs))))
        for letter, signs in _LETTER_RE.findall(unicodedata.normalize("NFKC", word))
        if (folded := _fold_letter(letter))
    ]
    surface = fold(word)
    if len(pairs) > len(surface):
        # Folding a whole word drops only the yeh before a last hamza: شَيْءٌ.
        del pairs[len(surface) - 1 : -1]
    if "".join(letter for letter, _signs in pairs) != surface:
        return ""
    form = "".join(letter + signs for letter, signs in pairs)
    return form if form != surface else ""


def without_diacritics(text: str) -> str:
    """*text* without its diacritics and other nonspacing marks.

    >>> without_diacritics("كِتَاب"), without_diacritics("الرَّحْمٰن")
    ('كتاب', 'الرحمن')
    """
    return _MARK_RE.sub("", text)


def analyze_diacritics(text: str) -> Iterator[tuple[Token, str]]:
    """Each token of *text* with its diacritized form.

    >>> [(token.surface, form) for token, form in analyze_diacritics("كِتاب جديد")]
    [('كتاب', 'كِتاب'), ('جديد', '')]
    """
    for token in analyze(text):
        yield token, diacritized_form(token.printed)


def are_compatible(first: str, second: str) -> bool:
    """Whether two diacritized forms of one surface form can be the same word.

    >>> are_compatible("كِتَاب", "كُتّاب"), are_compatible("كِتَاب", "كتابٌ")
    (False, True)
    >>> are_compatible("كَتَب", "كَتَّب"), are_compatible("محمّد", "مُحَمَّد")
    (False, True)
    """
    pairs = zip_longest(_list_diacritics(first), _list_diacritics(second), fillvalue="")
    return all(agree(*pair) for pair in pairs)


def agree(first: str, second: str) -> bool:
    """Whether one letter can have both these sets of diacritics.

    A letter with a vowel and without a shadda is not doubled; a shadda alone leaves
    the vowel open.
    """
    if not first or not second:
        return True
    vowels = [signs.replace(l.SHADDA, "") for signs in (first, second)]
    if all(vowels) and vowels[0] != vowels[1]:
        return False
    return (l.SHADDA in first) == (l.SHADDA in second)


def _list_diacritics(form: str) -> list[str]:
    """The diacritics of each letter of *form*."""
    return [signs for _letter, signs in _LETTER_RE.findall(form)]


@lru_cache(_CACHED_LETTERS)
def _fold_letter(letter: str) -> str:
    return fold(letter)
