"""Which lemmas a form is of, and which lemmas a word is asked for as."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from search.arabic.diacritics import diacritized_form
from search.arabic.display_form import display_form
from search.arabic.families.form_cache import CACHED_FORMS, FormCache, lexicon
from search.arabic.families.keys import BEFORE_RANK, ITSELF
from search.arabic.lexicon.unknown import base_of_unknown
from search.arabic.normalize import fold


class Family(NamedTuple):
    """What a form belongs to: its lemmas, the likeliest first, and the root of each.

    A lemma without a root is its own. A form without a lemma has the base that is left
    of it as its lemma, with a colon.
    """

    lemmas: tuple[str, ...]
    roots: tuple[str, ...]


def find_families(words: Sequence[str], surfaces: Sequence[str]) -> list[Family]:
    """The families of *words*, given as display forms with the surface form of each.

    Computed at once: a few microseconds a word.
    """
    return list(map(_family, surfaces, lexicon().lemmas_of(surfaces, words)))


def _find(words: Sequence[str]) -> list[Family]:
    return find_families(words, list(map(fold, words)))


def _family(surface: str, lemmas: tuple[int, ...]) -> Family:
    if lemmas:
        return _class_of(lemmas)
    # No lemma of the lexicon has such a key.
    key = base_of_unknown(surface) + BEFORE_RANK
    return Family((key,), (key,))


@lru_cache(CACHED_FORMS)
def _class_of(numbers: tuple[int, ...]) -> Family:
    """The family of the forms that have the lemmas with these numbers."""
    lemmas = [lexicon().lemma(number) for number in numbers]
    return Family(
        tuple(lemma.key for lemma in lemmas),
        tuple(lemma.root or lemma.key for lemma in lemmas),
    )


_families = FormCache(_find)


def family(word: str) -> Family:
    """The family of a display form, cached.

    >>> family("والكتاب"), family("كتب").lemmas
    (Family(lemmas=('كتاب',), roots=('كتب',)), ('كتب', 'كتاب'))
    """
    return _families[word]


def prime(words: Iterable[str]) -> None:
    """Find the families of *words* at once, which is faster than one by one."""
    _families.prime(words)


def _ask(words: Sequence[str]) -> list[Family]:
    return [_ask_one(word, lexicon().asked(word)) for word in words]


def _ask_one(word: str, lemmas: tuple[int, ...]) -> Family:
    printed = display_form(word)
    asked, own = _family(fold(word), lemmas), family(printed)
    if not {*asked.lemmas}.isdisjoint(own.lemmas):
        return asked
    # Whatever it is asked for as, a word finds itself, and, where a reader has not
    # chosen another one by vowels, all that it is read as without clitics;
    uncut = () if diacritized_form(word) else lexicon().uncut(printed)
    if uncut:
        other = _class_of(uncut)
        return Family(asked.lemmas + other.lemmas, asked.roots + other.roots)
    # but no other form of what it is with a clitic: of بقول not all that is of قول.
    itself = fold(word) + ITSELF
    return Family((*asked.lemmas, itself), (*asked.roots, itself))


_asked = FormCache(_ask)


def asked_family(word: str) -> Family:
    """The family of a word that is asked for, as it is typed; cached.

    It is likely a dictionary form, and its letters and vowels count: of the lemmas that
    are written كتب those remain that can have the vowels that were typed.

    >>> asked_family("يومي").lemmas, family("يومي").lemmas
    (('يومي',), ('يوم', 'يومي'))
    >>> asked_family("كتابة").lemmas, asked_family("كُتُب").lemmas
    (('كتابه',), ('كتاب',))
    >>> asked_family("بقول").lemmas
    ('بقول', 'بقول=')
    """
    return _asked[word]
