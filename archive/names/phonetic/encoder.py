"""From a name to its words, and from these to the sounds under which it is kept.

Public: `phonetic_keys`, `name_sounds`, `query_sounds`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from archive.names.phonetic.arabic import arabic_sounds
from archive.names.phonetic.latin import drop_doubles, fold_letters, latin_sounds
from archive.names.phonetic.sounds import combine, medial_form, phonetic_key

# Beyond this a word is no name; it bounds the length of a key.
MAX_WORD_LENGTH: Final = 30
# What must be typed at least: the consonant of Ali or Isa is that of many names.
MIN_CONSONANTS: Final = 2
_CACHE_SIZE: Final = 10_000

# Signs for ayn and hamza, tatweel, and joiners as in احمدی‌نژاد.
_SILENT: Final = str.maketrans("", "", "ʿʾʻʼ'‘’`´ـ\N{ZERO WIDTH NON-JOINER}")
_WORD_RE: Final = re.compile("[A-Za-z]+|[ء-يٮ-ۓە]+")
# عبدالناصر and نورالدين, written as one word.
_JOINED_RE: Final = re.compile("(عبد|أبو|ابو|أبي|ابي)(ال.{2,})|(..+)(الله|الدين)")
_ARTICLE: Final = ("ال", "ٱل")
# What is left without the article is a word: the shortest have two letters (الأب).
_SHORTEST_NOUN: Final = 2
_ARABIC_ARTICLES: Final = frozenset({"ال", "آل"})
_LATIN_ARTICLES: Final = frozenset({"al", "el", "ul", "il", "the"})
# ad-Din, ash-Shaykh: a vowel and the consonant of the next word.
_ASSIMILATED_RE: Final = re.compile("[aeiou](sh|ch|th|dh|[cdlnrstzXC])")
# "Son of" in every spelling; one letter in the footnotes of scholars.
_SON: Final = frozenset({"بن", "ابن", "إبن", "ibn", "bin", "ben", "bn", "b"})
_SON_SOUND: Final = "BN"
# Abu Talib, and after another word Abi Talib.
_FATHER: Final = frozenset({"أبو", "ابو", "أبي", "ابي", "أبى", "ابى", "أبا", "ابا"})
_FATHER_SOUND: Final = "ABĭ"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a name, by its sounds; whether the article stood before it."""

    sounds: tuple[str, ...]
    has_article: bool

    def count_consonants(self) -> int:
        return len(phonetic_key(self.sounds[0]).removeprefix("A"))


def phonetic_keys(name: str) -> tuple[str, ...]:
    """The keys of a name: of each word, and of neighbors written as one word.

    No key for a name in letters that are neither Arabic nor Latin.

    >>> phonetic_keys("نصر الله")
    ('NSR', 'LH', 'L', 'ALH', 'AL', 'NSRLH', 'NSRL')
    >>> phonetic_keys("Nasrallah"), phonetic_keys("Насралла")
    (('NSRLH', 'NSRL'), ())
    """
    return tuple(dict.fromkeys(map(phonetic_key, name_sounds(name))))


@lru_cache(maxsize=_CACHE_SIZE)
def name_sounds(name: str) -> tuple[str, ...]:
    """The sounds under which a name is kept, each once.

    >>> name_sounds("الصدر"), name_sounds("Sadr")
    (('SDR', 'ALSDR'), ('SaDR',))
    """
    words = list(_split(name))
    found: list[str] = []
    for word in words:
        found += word.sounds
        if word.has_article:
            # As in ElBaradei, where no hyphen shows that it is the article.
            found += [f"A{sound}" for sound in _with_article(word)]
    for one, other in pairwise(words):
        found += _join(one, other)
    return tuple(dict.fromkeys(found))


def query_sounds(name: str) -> tuple[frozenset[str], ...]:
    """For each word of a typed name, the sounds that would account for it.

    A word is accounted for alone or together with a neighbor. Nothing where too
    little is typed to tell names apart.

    >>> query_sounds("al-Sadr"), query_sounds("Ali")
    ((frozenset({'SaDR'}),), ())
    >>> [len(sounds) for sounds in query_sounds("Abdel Nasser")]
    [2, 2]
    """
    words = list(_split(name))
    if sum(word.count_consonants() for word in words) < MIN_CONSONANTS:
        return ()
    joined = [frozenset(_join(one, other)) for one, other in pairwise(words)]
    nothing: frozenset[str] = frozenset()
    return tuple(
        frozenset(word.sounds) | before | after
        for word, before, after in zip(
            words, [nothing, *joined], [*joined, nothing], strict=True
        )
    )


def _join(one: _Word, other: _Word) -> tuple[str, ...]:
    """Both as one word: Noureddine, and with the article Noureldin."""
    inners = [medial_form(sound) for sound in other.sounds]
    if other.has_article:
        inners += _with_article(other)
    return combine([one.sounds, inners])


def _with_article(word: _Word) -> list[str]:
    """The word behind the l of its article; a doubled l is one."""
    return [f"L{medial_form(sound).removeprefix('L')}" for sound in word.sounds]


def _split(name: str) -> Iterator[_Word]:
    """The words of the name that have a consonant; the next tells of an article."""
    words = list(_find_words(fold_letters(name).translate(_SILENT)))
    has_article = False
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if following and _is_article(word, following):
            has_article = True
            continue
        found = _encode(word, has_article=has_article, is_last=not following)
        has_article = False
        if found.count_consonants():
            yield found


def _find_words(text: str) -> Iterator[str]:
    for word in _WORD_RE.findall(drop_doubles(text)):
        joined = _JOINED_RE.fullmatch(word)
        pieces: Iterable[str | None] = joined.groups() if joined else (word,)
        yield from (piece[:MAX_WORD_LENGTH] for piece in pieces if piece)


def _is_article(word: str, following: str) -> bool:
    if word in _LATIN_ARTICLES or word in _ARABIC_ARTICLES:
        return True
    assimilated = _ASSIMILATED_RE.fullmatch(word)
    return assimilated is not None and following.startswith(assimilated.group(1))


def _encode(word: str, *, has_article: bool, is_last: bool) -> _Word:
    is_latin = word.isascii()
    if word in _SON and not (is_latin and is_last):
        return _Word((_SON_SOUND,), has_article=has_article)
    if word in _FATHER:
        return _Word((_FATHER_SOUND,), has_article=has_article)
    if is_latin:
        return _Word(latin_sounds(word), has_article=has_article)
    if word.startswith(_ARTICLE) and len(word) >= len(_ARTICLE[0]) + _SHORTEST_NOUN:
        noun = word[len(_ARTICLE[0]) :]
        return _Word(arabic_sounds(noun), has_article=True)
    return _Word(arabic_sounds(word), has_article=has_article)
