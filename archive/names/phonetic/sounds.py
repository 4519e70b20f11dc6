"""Sounds of words: combining, keys, and the comparison of two sounds."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice, product
from typing import Final

# Bounds the sounds of a word with many ambiguous letters; names have one to four.
MAX_SOUNDS: Final = 24

_CONSONANT_RE: Final = re.compile("[A-Z]")
_VOWEL_RE: Final = re.compile("[^A-Z]")
# An initial sound after another word: Abd + Wahhab is Abdelwahab.
_MEDIAL: Final = {"A": "", "W": "ū", "Y": "ī"}
# The romanized vowels that alef, waw and yeh within a word can stand for.
_LONG_VOWEL_READINGS: Final = {
    "ā": frozenset("aeo"),
    "ū": frozenset("ouwū"),
    "ī": frozenset("ieyī"),
}
# Vowels that no romanization writes for a short one; the other sound must have one of
# _FRONT or _BACK there, alef included, for a hamza between two vowels. "ou" is absent:
# French writes it for a short u.
_LONG_FRONT_RE: Final = re.compile("ee|ei|ai|ay|ey")
_LONG_BACK_RE: Final = re.compile("oo|au|aw|ow")
_FRONT: Final = frozenset("āīieyĭ")
_BACK: Final = frozenset("āūuow")
# A final i is written in Arabic, if only as ى, so that Kadhimi differs from Kadhim.
_LAST_I_RE: Final = re.compile("[iy]$")
_LAST_FRONT: Final = frozenset("īĭiey")


def combine(parts: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The distinct sounds made of one reading of each part, at most `MAX_SOUNDS`.

    >>> combine([("G", "J"), ("a",), ("L",)])
    ('GaL', 'JaL')
    """
    sounds = ("".join(chosen) for chosen in product(*parts))
    return tuple(dict.fromkeys(islice(sounds, MAX_SOUNDS)))


def phonetic_key(sound: str) -> str:
    """The phonetic key of a sound: its consonants.

    >>> phonetic_key("QaDaFi")
    'QDF'
    """
    return _VOWEL_RE.sub("", sound)


def medial_form(sound: str) -> str:
    """The sound as it continues a longer word, without its initial vowel sign.

    >>> medial_form("AZīZ"), medial_form("WHāB"), medial_form("NSR")
    ('ZīZ', 'ūHāB', 'NSR')
    """
    return _MEDIAL.get(sound[:1], sound[:1]) + sound[1:]


def sounds_match(typed: str, stored: str) -> bool:
    """Whether a sound typed in Latin letters and a stored one can be the same word.

    The consonants must be equal. Between two of them, a long vowel of one sound needs
    a possible counterpart in the other; short vowels, which Arabic does not write, are
    not compared.

    >>> sounds_match("BaRiS", "BāRīS"), sounds_match("BReS", "BāRīS")
    (True, False)
    >>> sounds_match("SaDR", "SDR")
    True
    >>> [sounds_match("HuSeiN", stored) for stored in ("HSīN", "HSN", "HaSaN")]
    [True, False, False]
    >>> sounds_match("KaZiMi", "KāZMī"), sounds_match("KaZiMi", "KāZM")
    (True, False)
    >>> sounds_match("KaZiM", "KāZMī")
    False
    """
    if phonetic_key(typed) != phonetic_key(stored):
        return False
    typed_vowels = _CONSONANT_RE.split(typed)
    stored_vowels = _CONSONANT_RE.split(stored)
    if _LAST_I_RE.search(typed_vowels[-1]) and not _LAST_FRONT & set(stored_vowels[-1]):
        return False
    return all(map(_vowels_match, typed_vowels, stored_vowels))


def _vowels_match(typed: str, stored: str) -> bool:
    """Whether the vowels between the same two consonants can be the same."""
    readings = [
        _LONG_VOWEL_READINGS[vowel] for vowel in stored if vowel in _LONG_VOWEL_READINGS
    ]
    if readings and not any(set(typed) & vowels for vowels in readings):
        return False
    if _LONG_FRONT_RE.search(typed) and not _FRONT & set(stored):
        return False
    return not _LONG_BACK_RE.search(typed) or bool(_BACK & set(stored))
