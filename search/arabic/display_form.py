"""The display form of a word: the letters as printed, without decoration."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from search.arabic import letters as l
from search.arabic.normalize import is_plain_arabic, restore_alefs, spell_out

_DECORATION_RE: Final = re.compile(
    f"[{l.NONSPACING_MARKS}{l.QURANIC_SIGNS}{l.TATWEEL}{l.INVISIBLE_RANGES}]"
)
# Letters whose hamza, madda or dots careless print omits.
_CAREFUL: Final = frozenset(
    l.ALEF_HAMZA_ABOVE
    + l.ALEF_HAMZA_BELOW
    + l.ALEF_MADDA
    + l.WAW_HAMZA
    + l.YEH_HAMZA
    + l.TEH_MARBUTA
)
_PRESENTATION_RE: Final = re.compile(f"[{l.PRESENTATION_RANGES}]")


def display_form(word: str) -> str:
    """*word* without diacritics, tatweel and invisible characters.

    Hamza seats, ى and ة, digits, capitals and accents stay as printed. Idempotent.

    >>> display_form("المُقـــاوَمة"), display_form("مسئول"), display_form("Évén")
    ('المقاومة', 'مسئول', 'Évén')
    """
    if is_plain_arabic(word):
        return word
    if l.DAGGER_ALEF in word or l.SMALL_HIGH_YEH in word:
        word = restore_alefs(word)
    if _PRESENTATION_RE.search(word):
        # Diacritics that stand alone are spelled out behind a space.
        word = spell_out(word).replace(" ", "")
    # NFC first: a combining hamza belongs to its letter and must not be removed.
    plain = _DECORATION_RE.sub("", unicodedata.normalize("NFC", word))
    # A removed character may have parted two accents that now compose.
    return unicodedata.normalize("NFC", plain)


def choose_display_form(counts: Mapping[str, int]) -> str:
    """The most frequent of the display forms of one surface form.

    Of equally frequent ones the form with more letters of careful print is chosen, then
    the last in the order of code points.

    >>> choose_display_form({"سنة": 9, "سنه": 2})
    'سنة'
    """
    return max(counts, key=lambda form: (counts[form], _count_careful(form), form))


def _count_careful(form: str) -> int:
    return sum(letter in _CAREFUL for letter in form)
