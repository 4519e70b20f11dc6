"""Sounds of a word in Latin script, whatever romanization it is written in."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from archive.names.phonetic.sounds import combine

# Letters of DMG, ISO 233, Turkish and French whose diacritic changes the consonant.
# A capital is the sound itself.
_DIACRITIC_LETTERS: Final = str.maketrans(
    {
        "š": "X", "ş": "X", "ș": "X", "č": "X", "ç": "s", "ḫ": "C", "ẖ": "C",
        "ġ": "G", "ğ": "G", "ǧ": "J", "ǰ": "J", "ž": "J", "ṯ": "th", "ḏ": "dh",
        "þ": "th", "ð": "dh", "đ": "d", "ı": "i", "ə": "e", "æ": "ae", "œ": "oe",
        "ø": "o", "ł": "l",
    }
)  # fmt: skip
# Readings of one or more letters; longer sequences are matched first.
_LETTERS: Final[Mapping[str, Sequence[str]]] = {
    "dsch": ("J",), "tsch": ("X",), "tch": ("X",), "sch": ("X",),
    "ch": ("X", "K", "C"), "sh": ("X", "SH"), "kh": ("C",), "gh": ("G", "Q"),
    # Othman but Fathi, Adham but Kadhimi.
    "th": ("T", "TH", "D"), "dh": ("D", "DH"), "ph": ("F",), "dj": ("J",),
    "zh": ("J",), "ck": ("K", "Q"), "x": ("KS",), "b": ("B",), "p": ("B",),
    "c": ("K", "Q"), "d": ("D",), "f": ("F",), "g": ("J", "G", "Q"), "h": ("H",),
    "j": ("J",), "k": ("K", "Q"), "l": ("L",), "m": ("M",), "n": ("N",), "q": ("Q",),
    "r": ("R",), "s": ("S",), "t": ("T",), "v": ("F", "w"), "z": ("Z",),
    **{sound: (sound,) for sound in "CGJX"},
    # Codes of digits: ayn or hamza, ح, ط, ظ, ق, ض, and 9, which is ص, ض or ق.
    "A": ("",), "H": ("H",), "T": ("T",), "Z": ("Z", "D"), "Q": ("Q",), "D": ("D", "Z"),
    "P": ("S", "Q", "D", "Z"),
    # Codes of digits after an apostrophe, which may belong to them or be a quote.
    "E": ("", "G"), "I": ("T", "Z", "D"), "K": ("H", "C"), "O": ("S", "Q", "D", "Z"),
}  # fmt: skip
_FIRST: Final[Mapping[str, Sequence[str]]] = {
    # Ouday (عدي) but Ould (ولد).
    "ou": ("Aou", "Wou"), "w": ("W",), "v": ("F", "W"), "A": ("A",), "E": ("A", "G"),
    **{vowel: (f"A{vowel}",) for vowel in "aeiou"},
}  # fmt: skip
_VOWELS: Final = "aeiou"
_SOFT_C: Final = ("S", "J")
# At the end of a word after a vowel, t and h may be a teh marbuta: جمعيّت, Fatimah; or a
# letter of the word: Abduh.
_LAST: Final[Mapping[str, Sequence[str]]] = {"t": ("T", ""), "h": ("H", "")}
# A t after fewer letters is a letter of the word.
_MIN_STEM_BEFORE_TEH: Final = 3

_LETTERS_RE: Final = re.compile(
    "|".join(sorted(_LETTERS, key=len, reverse=True)) + "|[a-zA-Z]"
)
# Doubled consonants, as in "qadhdhafi" and "hussein".
_DOUBLED_RE: Final = re.compile(r"(kh|sh|gh|th|dh|ch|[b-df-hj-np-tv-xzA-Z])\1+")


def fold_letters(text: str) -> str:
    """The text in lower case without diacritics; capitals in it are sounds.

    Letters of other scripts lose combining diacritics only.

    >>> fold_letters("Ǧurǧī Šāh"), fold_letters("أُسَامَة")
    ('JurJi Xah', 'أسامة')
    """
    folded = unicodedata.normalize("NFKC", text.casefold())
    composed = folded.translate(_DIACRITIC_LETTERS)
    return "".join(
        base if (base := unicodedata.normalize("NFD", char)[0]).isascii() else char
        for char in composed
        if not unicodedata.combining(char)
    )


def drop_doubles(text: str) -> str:
    """The text with doubled Latin consonants written once.

    >>> drop_doubles("qadhdhafi"), drop_doubles("saeed")
    ('qadhafi', 'saeed')
    """
    return _DOUBLED_RE.sub(r"\1", text)


def latin_sounds(word: str) -> tuple[str, ...]:
    """The sounds of one word, given folded, without doubled consonants and article.

    >>> latin_sounds("gamal")
    ('JaMaL', 'GaMaL', 'QaMaL')
    >>> latin_sounds("qadhafi"), latin_sounds("fatimah"), latin_sounds("yusuf")
    (('QaDaFi', 'QaDHaFi'), ('FaTiMaH', 'FaTiMa'), ('YuSuF',))
    """
    first = "ou" if word.startswith("ou") else word[:1]
    parts = [_first_readings(word)] if first in _FIRST or first == "y" else []
    start = len(first) if parts else 0
    parts += [_readings(word, match) for match in _LETTERS_RE.finditer(word, start)]
    return combine(parts)


def _first_readings(word: str) -> Sequence[str]:
    if word.startswith("y"):
        # Yusuf begins with a consonant, Ysabel with a vowel.
        return ("Y",) if word[1:2] in tuple(_VOWELS) else ("Ay",)
    return _FIRST.get(word[:2]) or _FIRST[word[:1]]


def _readings(word: str, match: re.Match[str]) -> Sequence[str]:
    letters = match.group()
    if letters == "c" and word[match.end() : match.end() + 1] in tuple("eiy"):
        return _SOFT_C
    before = word[match.start() - 1 : match.start()] if match.start() else ""
    if letters in _LAST and match.end() == len(word) and before in tuple("ae"):
        is_short = letters == "t" and match.start() < _MIN_STEM_BEFORE_TEH
        return _LETTERS[letters] if is_short else _LAST[letters]
    return _LETTERS.get(letters, (letters,))
