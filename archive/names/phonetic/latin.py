"""The sounds of a word in Latin letters, by whichever romanization it is written.

Public: `latin_sounds`, `fold_letters`, `drop_doubles`.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from archive.names.phonetic.sounds import combine

# Letters of the German Oriental Society, of ISO 233, of Turkish and of French that
# mean more than the letter under the mark; a capital is the sound itself.
_SIGNS: Final = str.maketrans(
    {
        "š": "X", "ş": "X", "ș": "X", "č": "X", "ç": "s", "ḫ": "C", "ẖ": "C",
        "ġ": "G", "ğ": "G", "ǧ": "J", "ǰ": "J", "ž": "J", "ṯ": "th", "ḏ": "dh",
        "þ": "th", "ð": "dh", "đ": "d", "ı": "i", "ə": "e", "æ": "ae", "œ": "oe",
        "ø": "o", "ł": "l",
    }
)  # fmt: skip
# What one or more letters may stand for; several letters go before one.
_LETTERS: Final[Mapping[str, Sequence[str]]] = {
    "dsch": ("J",), "tsch": ("X",), "tch": ("X",), "sch": ("X",),
    "ch": ("X", "K", "C"), "sh": ("X", "SH"), "kh": ("C",), "gh": ("G", "Q"),
    # Othman and Fathi, Adham and Kadhimi.
    "th": ("T", "TH", "D"), "dh": ("D", "DH"), "ph": ("F",), "dj": ("J",),
    "zh": ("J",), "ck": ("K", "Q"), "x": ("KS",), "b": ("B",), "p": ("B",),
    "c": ("K", "Q"), "d": ("D",), "f": ("F",), "g": ("J", "G", "Q"), "h": ("H",),
    "j": ("J",), "k": ("K", "Q"), "l": ("L",), "m": ("M",), "n": ("N",), "q": ("Q",),
    "r": ("R",), "s": ("S",), "t": ("T",), "v": ("F", "w"), "z": ("Z",),
    **{sound: (sound,) for sound in "CGJX"},
}  # fmt: skip
_FIRST: Final[Mapping[str, Sequence[str]]] = {
    # Ouday, عدي, and Ould, ولد.
    "ou": ("Aou", "Wou"), "w": ("W",), "v": ("F", "W"),
    **{vowel: (f"A{vowel}",) for vowel in "aeiou"},
}  # fmt: skip
_VOWELS: Final = "aeiou"
_SOFT_C: Final = ("S", "J")
# Final t of جمعيّت and final h of Fatimah, but not of Abduh; عبد الله may lose its own.
_LAST: Final[Mapping[str, Sequence[str]]] = {"t": ("T", ""), "h": ("H", "")}
# A t that is the word's own stands where this many letters are not before it: bint.
_MIN_STEM_BEFORE_TEH: Final = 3

_LETTERS_RE: Final = re.compile(
    "|".join(sorted(_LETTERS, key=len, reverse=True)) + "|[a-z]"
)
# "qadhdhafi", "hussein"; a doubled vowel stays.
_DOUBLED_RE: Final = re.compile(r"(kh|sh|gh|th|dh|ch|[b-df-hj-np-tv-xz])\1+")


def fold_letters(text: str) -> str:
    """The text in small letters without marks; capitals in it are sounds.

    Letters of other scripts lose only marks that stand apart from them.

    >>> fold_letters("Ǧurǧī Šāh"), fold_letters("أُسَامَة")
    ('JurJi Xah', 'أسامة')
    """
    composed = unicodedata.normalize("NFKC", text.casefold()).translate(_SIGNS)
    return "".join(
        base if (base := unicodedata.normalize("NFD", char)[0]).isascii() else char
        for char in composed
        if not unicodedata.combining(char)
    )


def drop_doubles(text: str) -> str:
    """The text with each doubled consonant of the Latin letters once.

    >>> drop_doubles("qadhdhafi"), drop_doubles("saeed")
    ('qadhafi', 'saeed')
    """
    return _DOUBLED_RE.sub(r"\1", text)


def latin_sounds(word: str) -> tuple[str, ...]:
    """The sounds of one word, folded and without doubled letters and article.

    >>> latin_sounds("gamal")
    ('JaMaL', 'GaMaL', 'QaMaL')
    >>> latin_sounds("qadhafi"), latin_sounds("fatimah"), latin_sounds("yusuf")
    (('QaDaFi', 'QaDHaFi'), ('FaTiMaH', 'FaTiMa'), ('YuSuF',))
    """
    first = "ou" if word.startswith("ou") else word[:1]
    parts = [_first_readings(word)] if first in _FIRST or first == "y" else []
    start = len(first) if parts else 0
    parts += [_readings(word, found) for found in _LETTERS_RE.finditer(word, start)]
    return combine(parts)


def _first_readings(word: str) -> Sequence[str]:
    if word.startswith("y"):
        # Yusuf begins with a consonant, Ysabel with a vowel.
        return ("Y",) if word[1:2] in tuple(_VOWELS) else ("Ay",)
    return _FIRST.get(word[:2]) or _FIRST[word[:1]]


def _readings(word: str, found: re.Match[str]) -> Sequence[str]:
    piece = found.group()
    if piece == "c" and word[found.end() : found.end() + 1] in tuple("eiy"):
        return _SOFT_C
    before = word[found.start() - 1 : found.start()] if found.start() else ""
    if piece in _LAST and found.end() == len(word) and before in tuple("ae"):
        is_short = piece == "t" and found.start() < _MIN_STEM_BEFORE_TEH
        return _LETTERS[piece] if is_short else _LAST[piece]
    return _LETTERS.get(piece, (piece,))
