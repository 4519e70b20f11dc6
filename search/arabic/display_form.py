"""How a word is spelled for showing it: as printed, without what only adorns it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from search.arabic import letters as l

_ADORNMENT_RE: Final = re.compile(
    f"[{l.NONSPACING_MARKS}{l.QURANIC_SIGNS}{l.TATWEEL}{l.INVISIBLE_RANGES}]"
)
_PRESENTATION_RE: Final = re.compile(f"[{l.PRESENTATION_RANGES}]")


def display_form(word: str) -> str:
    """*word* without marks, tatweel and invisible characters, its letters as printed.

    >>> display_form("المُقـــاوَمة"), display_form("مسئول")
    ('المقاومة', 'مسئول')
    """
    if _PRESENTATION_RE.search(word):
        word = unicodedata.normalize("NFKC", word)
    # A hamza that is a mark of its own belongs to the letter under it.
    plain = _ADORNMENT_RE.sub("", unicodedata.normalize("NFC", word))
    # What was taken out may have stood between two accents.
    return unicodedata.normalize("NFC", plain)
