"""The phonetic encoder: a name is split into words, and these are encoded as sounds."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from archive.names.phonetic.arabic import arabic_sounds
from archive.names.phonetic.digits import APOSTROPHES, read_digits
from archive.names.phonetic.latin import drop_doubles, fold_letters, latin_sounds
from archive.names.phonetic.sounds import combine, medial_form, phonetic_key

# Characters of a word that are encoded; bounds the length of a key.
MAX_WORD_LENGTH: Final = 30
# Fewer consonants in a query, as in Ali or Isa, match too many names.
MIN_CONSONANTS: Final = 2
_CACHE_SIZE: Final = 10_000

_TO_APOSTROPHE: Final = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
# Signs for ayn and hamza, tatweel, and joiners as in احمدی‌نژاد.
_SILENT: Final = str.maketrans("", "", "'ـ\N{ZERO WIDTH NON-JOINER}")
_WORD_RE: Final = re.compile("[A-Za-z]+|[ء-يٮ-ۓە]+")
# Two words written as one: عبدالناصر, نورالدين.
_JOINED_RE: Final = re.compile("(عبد|أبو|ابو|أبي|ابي)(ال.{2,})|(..+)(الله|الدين)")
_ARTICLE: Final = ("ال", "ٱل")
# Fewer letters after ال are no noun; the shortest nouns have two (الأب).
_SHORTEST_NOUN: Final = 2
_ARABIC_ARTICLES: Final = frozenset({"ال", "آل"})
_LATIN_ARTICLES: Final = frozenset({"al", "el", "ul", "il", "the"})
# An article assimilated to the next consonant: ad-Din, ash-Shaykh.
_ASSIMILATED_RE: Final = re.compile("[aeiou](sh|ch|th|dh|[cdlnrstzXC])")
# Spellings of "son of"; scholarly footnotes abbreviate it to one letter.
_SON: Final = frozenset({"بن", "ابن", "إبن", "ibn", "bin", "ben", "bn", "b"})
_SON_SOUND: Final = "BN"
# Joined to the next word its alef may be written: Ibnsina, Bensina.
_SON_JOINED: Final = ("BN", "ABN")
_DOUBLED_SOUND_RE: Final = re.compile(r"([A-Z])\1")
# Spellings of "father of" in any case: Abu Talib, Ali ibn Abi Talib.
_FATHER: Final = frozenset({"أبو", "ابو", "أبي", "ابي", "أبى", "ابى", "أبا", "ابا"})
_FATHER_SOUND: Final = "ABĭ"


@dataclass(frozen=True, slots=True)
class _Word:
    """The sounds of a word of a name; ``has_article``: an article preceded it."""

    sounds: tuple[str, ...]
    has_article: bool

    def count_consonants(self) -> int:
        return len(phonetic_key(self.sounds[0]).removeprefix("A"))


@lru_cache(maxsize=_CACHE_SIZE)
def name_sounds(name: str) -> tuple[str, ...]:
    """The distinct sounds to store for a name: of its words, and of joined neighbors.

    Empty for a name in other scripts than Arabic and Latin.

    >>> name_sounds("الصدر"), name_sounds("Sadr"), name_sounds("Насралла")
    (('SDR', 'ALSDR'), ('SaDR',), ())
    >>> name_sounds("نصر الله")
    ('NSR', 'LH', 'L', 'ALH', 'AL', 'NSRLH', 'NSRL')
    """
    words = list(_split(_fold(name)))
    sounds: list[str] = []
    for word in words:
        sounds += word.sounds
        if word.has_article:
            # For romanizations such as ElBaradei, where no hyphen sets it apart.
            sounds += [f"A{sound}" for sound in _with_article(word)]
    for first, second in pairwise(words):
        sounds += _join(first, second)
    return tuple(dict.fromkeys(sounds))


def query_sounds(name: str) -> tuple[frozenset[str], ...]:
    """For each word of a typed name, the sounds of which a match must have one.

    These are the word's own and those of it joined to a neighbor. Empty where the name
    has fewer than `MIN_CONSONANTS` consonants, or a letter or digit that is not read:
    without it the name would match others.

    >>> query_sounds("al-Sadr"), query_sounds("Ali")
    ((frozenset({'SaDR'}),), ())
    >>> query_sounds("7ussein") == query_sounds("Ḥussein"), query_sounds("4ussein")
    (True, ())
    >>> [len(sounds) for sounds in query_sounds("Abdel Nasser")]
    [2, 2]
    """
    text = _fold(name)
    if not _is_readable(text):
        return ()
    words = list(_split(text))
    if sum(word.count_consonants() for word in words) < MIN_CONSONANTS:
        return ()
    joined = [frozenset(_join(first, second)) for first, second in pairwise(words)]
    empty: frozenset[str] = frozenset()
    return tuple(
        frozenset(word.sounds) | before | after
        for word, before, after in zip(
            words, [empty, *joined], [*joined, empty], strict=True
        )
    )


def _join(first: _Word, second: _Word) -> tuple[str, ...]:
    """The sounds of both as one word: Noureddine, and with the article Noureldin."""
    endings = [medial_form(sound) for sound in second.sounds]
    if second.has_article:
        endings += _with_article(second)
    beginnings = _SON_JOINED if first.sounds == (_SON_SOUND,) else first.sounds
    joined = combine([beginnings, endings])
    # Doubled consonants of romanizations are read once: Binnasser.
    return tuple(_DOUBLED_SOUND_RE.sub(r"\1", sound) for sound in joined)


def _with_article(word: _Word) -> list[str]:
    """The sounds of the word after the l of its article, a doubled l written once."""
    return [f"L{medial_form(sound).removeprefix('L')}" for sound in word.sounds]


def _fold(name: str) -> str:
    return read_digits(fold_letters(name.translate(_TO_APOSTROPHE))).translate(_SILENT)


def _is_readable(text: str) -> bool:
    """Whether the folded text has no letter or digit that sounds leave out."""
    unread = _WORD_RE.sub("", text)
    return not any(map(str.isalnum, unread)) and all(
        len(word) <= MAX_WORD_LENGTH for word in _WORD_RE.findall(text)
    )


def _split(text: str) -> Iterator[_Word]:
    """The words of the folded text that have a sound, articles merged into the next.

    A single letter is an initial or a number and has none, unless it is a consonant.
    """
    words = list(_find_words(text))
    has_article = False
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else ""
        if following and _is_article(word, following):
            has_article = True
            continue
        encoded = _encode(word, has_article=has_article, is_last=not following)
        has_article = False
        if encoded.count_consonants() or (
            len(word) > 1 and phonetic_key(encoded.sounds[0])
        ):
            yield encoded


def _find_words(text: str) -> Iterator[str]:
    for word in _WORD_RE.findall(drop_doubles(text)):
        joined = _JOINED_RE.fullmatch(word)
        parts: Iterable[str | None] = joined.groups() if joined else (word,)
        yield from (part[:MAX_WORD_LENGTH] for part in parts if part)


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
