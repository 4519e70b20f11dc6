"""The tokenizer: words of a text, unfolded, with their offsets.

A run of Arabic letters with their diacritics, tatweel and joiners is one word; so is a
run of other letters and digits. A change of script ends a word, because print joins
the article and prepositions to Latin names (الـBBC) and numbers (لـ15).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from search.arabic import letters as l

_INSIDE: Final = f"{l.NONSPACING_MARKS}{l.QURANIC_SIGNS}{l.TATWEEL}{l.INVISIBLE_RANGES}"
# Arabic: الْعَرَبِيَّةُ, العـــراق. Other: Beirut, l'Orient, Ma‘rifa, 2023, F16, ١٩٤٨.
WORD_RE: Final = re.compile(
    f"[{l.LETTER_RANGES}][{l.LETTER_RANGES}{_INSIDE}]*"
    f"|(?:(?![{l.LETTER_RANGES}])[^\\W_])"
    f"(?:(?![{l.LETTER_RANGES}])[^\\W_]|[{l.COMBINING_RANGES}{l.INVISIBLE_RANGES}]"
    f"|[{l.APOSTROPHES}{l.AYN_QUOTES}](?=[^\\W\\d_{l.LETTER_RANGES}]))*"
)


def iter_words(text: str) -> Iterator[re.Match[str]]:
    """A match for each word of *text*; ``span()`` gives its offsets in characters.

    >>> [m.group() for m in iter_words("قالَ الـBBC في ١٩٤٨: «العـــراق»")]
    ['قالَ', 'الـ', 'BBC', 'في', '١٩٤٨', 'العـــراق']
    """
    return WORD_RE.finditer(text)
