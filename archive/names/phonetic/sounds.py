"""What a word sounds like, as far as its writing tells, and when two sounds agree.

Public: `combine`, `phonetic_key`, `medial_form`, `sounds_match`, `MAX_SOUNDS`.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice, product
from typing import Final

# What is kept of a word with many ambiguous letters; names have one to four.
MAX_SOUNDS: Final = 24

_CONSONANT_RE: Final = re.compile("[A-Z]")
_VOWEL_RE: Final = re.compile("[^A-Z]")
# How a first letter is heard behind another word: Abd + Wahhab is Abdelwahab.
_MEDIAL: Final = {"A": "", "W": "ū", "Y": "ī"}
# The vowels of a romanization that an alef, a waw and a yeh within a word may be.
_LONG_VOWEL_READINGS: Final = {
    "ā": frozenset("aeo"),
    "ū": frozenset("ouwū"),
    "ī": frozenset("ieyī"),
}
# Vowels that no one writes for a short one, and what Arabic or another romanization
# has there; an alef where a hamza is between the two. French writes ou for a short u.
_LONG_FRONT_RE: Final = re.compile("ee|ei|ai|ay|ey")
_LONG_BACK_RE: Final = re.compile("oo|au|aw|ow")
_FRONT: Final = frozenset("āīieyĭ")
_BACK: Final = frozenset("āūuow")
# Kadhimi is no Kadhim: an i at the end is written in Arabic, if only as ى.
_LAST_I_RE: Final = re.compile("[iy]$")
_LAST_FRONT: Final = frozenset("īĭiey")


def combine(parts: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Every sound that takes one of each part, each once, no more than `MAX_SOUNDS`.

    >>> combine([("G", "J"), ("a",), ("L",)])
    ('GaL', 'JaL')
    """
    sounds = ("".join(chosen) for chosen in product(*parts))
    return tuple(dict.fromkeys(islice(sounds, MAX_SOUNDS)))


def phonetic_key(sound: str) -> str:
    """The consonants alone.

    >>> phonetic_key("QaDaFi")
    'QDF'
    """
    return _VOWEL_RE.sub("", sound)


def medial_form(sound: str) -> str:
    """The sound within a longer word, where its first vowel is not kept.

    >>> medial_form("AZīZ"), medial_form("WHāB"), medial_form("NSR")
    ('ZīZ', 'ūHāB', 'NSR')
    """
    return _MEDIAL.get(sound[:1], sound[:1]) + sound[1:]


def sounds_match(typed: str, kept: str) -> bool:
    """Whether what a reader typed in Latin letters may be the word that is kept.

    Between the same consonants a vowel that is long in one must be one that the
    other may have. Short vowels, which Arabic does not write, do not count.

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
    if phonetic_key(typed) != phonetic_key(kept):
        return False
    heard, written = _CONSONANT_RE.split(typed), _CONSONANT_RE.split(kept)
    if _LAST_I_RE.search(heard[-1]) and not _LAST_FRONT & set(written[-1]):
        return False
    return all(map(_vowels_match, heard, written))


def _vowels_match(typed: str, kept: str) -> bool:
    """Whether the vowels between two consonants may be the same."""
    heard = set(typed)
    needed = [
        _LONG_VOWEL_READINGS[vowel] for vowel in kept if vowel in _LONG_VOWEL_READINGS
    ]
    if needed and not any(heard & vowels for vowels in needed):
        return False
    if _LONG_FRONT_RE.search(typed) and not _FRONT & set(kept):
        return False
    return not _LONG_BACK_RE.search(typed) or bool(_BACK & set(kept))
