"""The sounds of a word in Arabic letters, Persian and Maghrebi ones among them.

Public: `arabic_sounds`.
"""

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
    # An a, and in Egypt any last yeh.
    "ى": ("ĭ",),
}  # fmt: skip
_FIRST: Final[Mapping[str, Sequence[str]]] = {
    **dict.fromkeys("اأإآٱعءئ", ("A",)),
    "و": ("W",),
    "ي": ("Y",),
    "ی": ("Y",),
}
# The ه of فاطمه is a teh marbuta, that of طه is not. The و of عمرو is silent, and a
# last one that is not is always heard.
_LAST: Final[Mapping[str, Sequence[str]]] = {
    **dict.fromkeys("هہ", ("H", "")),
    "و": ("",),
    # An i before these may be the last that is heard: ساطع, البارئ.
    **dict.fromkeys("عئ", ("ĭ",)),
}
# As in تشرشل, Churchill; but تشرين has both letters.
_TEH_SHEEN: Final = "تش"
_SHEEN_OR_BOTH: Final = ("X", "TX")


def arabic_sounds(word: str) -> tuple[str, ...]:
    """The sounds of one word without marks and article.

    >>> arabic_sounds("قذافي"), arabic_sounds("يوسف"), arabic_sounds("عمرو")
    (('QDāFī', 'QZāFī'), ('YūSF',), ('AMR',))
    """
    parts: list[Sequence[str]] = []
    at = 0
    while at < len(word):
        if word.startswith(_TEH_SHEEN, at):
            parts.append(_SHEEN_OR_BOTH)
            at += len(_TEH_SHEEN)
        else:
            parts.append(_letter(word, at))
            at += 1
    return combine(parts)


def _letter(word: str, at: int) -> Sequence[str]:
    letter = word[at]
    if at == 0 and letter in _FIRST:
        return _FIRST[letter]
    if at > 0 and at == len(word) - 1 and letter in _LAST:
        return _LAST[letter]
    # Ayn, hamza and its seats, and ة are heard as nothing that all would write.
    return _LETTERS.get(letter, ("",))
