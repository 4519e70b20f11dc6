"""Arabic that was typed with the keyboard set to Latin letters."""

from __future__ import annotations

from typing import Final

# The Arabic (101) layout of Windows, which Arabic keyboards are printed with: the key
# of the US layout, and what it types. Of shifted keys only those that type letters.
_KEYS: Final = {
    "`": "ذ", "q": "ض", "w": "ص", "e": "ث", "r": "ق", "t": "ف", "y": "غ", "u": "ع",
    "i": "ه", "o": "خ", "p": "ح", "[": "ج", "]": "د", "a": "ش", "s": "س", "d": "ي",
    "f": "ب", "g": "ل", "h": "ا", "j": "ت", "k": "ن", "l": "م", ";": "ك", "'": "ط",
    "z": "ئ", "x": "ء", "c": "ؤ", "v": "ر", "b": "لا", "n": "ى", "m": "ة", ",": "و",
    ".": "ز", "/": "ظ", "H": "أ", "Y": "إ", "N": "آ", "G": "لأ", "T": "لإ", "B": "لآ",
}  # fmt: skip
_LETTERS: Final = {ord(key): letters for key, letters in _KEYS.items()}
# Fewer keys are too many words.
_MIN_KEYS: Final = 3


def to_arabic(text: str) -> str:
    """What the keys of *text* type in Arabic; ``""`` where they type no words.

    >>> to_arabic("hgsu,]dm"), to_arabic("[vd]m hgf]v")
    ('السعودية', 'جريدة البدر')
    >>> to_arabic("السعودية"), to_arabic("BBC 1950"), to_arabic("ab")
    ('', '', '')
    """
    keys = text.strip()
    if len(keys) < _MIN_KEYS:
        return ""
    if any(key != " " and ord(key) not in _LETTERS for key in keys):
        return ""
    return keys.translate(_LETTERS)
