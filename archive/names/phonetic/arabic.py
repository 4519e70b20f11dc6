"""Sounds of a word in Arabic script, Persian and Maghrebi letters included."""

from collections.abc import Mapping, Sequence
from typing import Final

from archive.names.phonetic.sounds import combine

_LETTERS: Final[Mapping[str, Sequence[str]]] = {
    "ب": ("B",), "پ": ("B",), "ت": ("T",), "ط": ("T",), "ث": ("T", "S"),
    "ج": ("J",), "چ": ("J", "X"), "ژ": ("J",), "ح": ("H",), "ه": ("H",), "ہ": ("H",),
    "ھ": ("H",), "خ": ("C",), "د": ("D",), "ذ": ("D", "Z"), "ر": ("R",), "ز": ("Z",),
    "س": ("S",), "ش": ("X",), "ص": ("S",), "ض": ("D", "Z"), "ظ": ("Z", "D"),
    "غ": ("G",), "گ": ("G",), "ڭ": ("G",), "ڨ": ("G",), "ف": ("F",), "ڤ": ("F",),
    "ق": ("Q",), "ك": ("K",), "ک": ("K",), "ل": ("L",), "م": ("M",), "ن": ("N",),
    "ں": ("N",), "ا": ("ā",), "آ": ("ā",), "و": ("ū",), "ي": ("ī",), "ی": ("ī",),
    # Read as a; in Egypt also the spelling of a final yeh.
    "ى": ("ĭ",),
}  # fmt: skip
_FIRST: Final[Mapping[str, Sequence[str]]] = {
    **dict.fromkeys("اأإآٱعءئ", ("A",)),
    "و": ("W",),
    "ي": ("Y",),
    "ی": ("Y",),
}
# Readings at the end of a word. The ه of فاطمه is a teh marbuta, that of طه is not. The
# و of عمرو is silent, and a final long u is written in any romanization, so that the
# vowel need not be compared.
_LAST: Final[Mapping[str, Sequence[str]]] = {
    **dict.fromkeys("هہ", ("H", "")),
    "و": ("",),
    # Often romanized as if the word ended in the i before them: ساطع, البارئ.
    **dict.fromkeys("عئ", ("ĭ",)),
}
# One sound in تشرشل (Churchill), two in تشرين.
_TEH_SHEEN: Final = "تش"
_TEH_SHEEN_READINGS: Final = ("X", "TX")


def arabic_sounds(word: str) -> tuple[str, ...]:
    """The sounds of one word, given without diacritics and article.

    >>> arabic_sounds("قذافي"), arabic_sounds("يوسف"), arabic_sounds("عمرو")
    (('QDāFī', 'QZāFī'), ('YūSF',), ('AMR',))
    """
    parts: list[Sequence[str]] = []
    position = 0
    while position < len(word):
        if word.startswith(_TEH_SHEEN, position):
            parts.append(_TEH_SHEEN_READINGS)
            position += len(_TEH_SHEEN)
        else:
            parts.append(_letter_readings(word, position))
            position += 1
    return combine(parts)


def _letter_readings(word: str, position: int) -> Sequence[str]:
    letter = word[position]
    if position == 0 and letter in _FIRST:
        return _FIRST[letter]
    if position > 0 and position == len(word) - 1 and letter in _LAST:
        return _LAST[letter]
    # Ayn, hamza and its seats, and ة: not every romanization writes them.
    return _LETTERS.get(letter, ("",))
