"""How near a typed name is to the names of one actor, by sound."""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Final

from archive.names.phonetic.encoder import name_sounds, query_sounds
from archive.names.phonetic.sounds import sounds_match

# A typed name has to have one of so many words of an alias. Long aliases are whole
# genealogies: الحسين بن عبد الله بن سينا is not whom a reader calls Husayn.
_WORDS_OF_ALIAS: Final = 2


class Nearness(IntEnum):
    """By which names all words of a typed name match, the nearest first."""

    MAIN_NAME = 1
    ALIAS = 2


def compare_names(
    typed: str, main_names: Iterable[str], aliases: Iterable[str]
) -> Nearness | None:
    """How near *typed* is to the names, or ``None`` where a word of it is missing.

    >>> compare_names("Husayn", ["طه حسين"], ())
    <Nearness.MAIN_NAME: 1>
    >>> compare_names("Amr al-Jahiz", ["الجاحظ"], ["عمرو بن بحر"])
    <Nearness.ALIAS: 2>
    >>> compare_names("Husayn", ["ابن سينا"], ["الحسين بن عبد الله بن سينا"])
    """
    words = query_sounds(typed)
    sounds = [sound for name in main_names for sound in name_sounds(name)]
    if _have_all(words, sounds):
        return Nearness.MAIN_NAME
    for alias in aliases:
        if len(query_sounds(alias)) <= len(words) * _WORDS_OF_ALIAS:
            sounds += name_sounds(alias)
    return Nearness.ALIAS if _have_all(words, sounds) else None


def _have_all(words: Sequence[frozenset[str]], stored: Sequence[str]) -> bool:
    return bool(words) and all(
        any(sounds_match(sound, other) for sound in sounds for other in stored)
        for sounds in words
    )
