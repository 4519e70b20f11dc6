"""Which lemmas a form is of, and which lemmas a word is asked for as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from search.arabic.analyzer import cached_display_form
from search.arabic.diacritics import diacritized_form
from search.arabic.display_form import display_form
from search.arabic.families.asked import find_asked, find_uncut
from search.arabic.families.form_cache import CACHED_FORMS, FormCache, lexicon
from search.arabic.families.keys import AS_SPELLED, BEFORE_RANK, ITSELF
from search.arabic.families.vowelled import (
    are_told_by_vowels,
    find_possible,
    has_diacritics,
    lemmas_by_vowels,
    likely_lemmas,
    marked_form,
)
from search.arabic.lexicon.lookup import Possible
from search.arabic.lexicon.unknown import base_of_unknown
from search.arabic.normalize import fold


class Family(NamedTuple):
    """What a form belongs to: its lemmas, the likeliest first, and the root of each.

    A lemma without a root is its own. A form without a lemma has the base that is left
    of it as its lemma, with a colon; one whose vowels tell what it is has the key of
    its letters too.
    """

    lemmas: tuple[str, ...]
    roots: tuple[str, ...]


def find_families(words: Sequence[str], surfaces: Sequence[str]) -> list[Family]:
    """The families of *words*, given as telling forms with the surface form of each.

    Computed at once: a few microseconds a word.
    """
    families = list(map(_family, surfaces, find_lemmas(words, surfaces)))
    for at, word in enumerate(words):
        if has_diacritics(word):
            key = surfaces[at] + AS_SPELLED
            lemmas, roots = families[at]
            families[at] = Family((*lemmas, key), (*roots, key))
    return families


def find_lemmas(words: Sequence[str], surfaces: Sequence[str]) -> list[tuple[int, ...]]:
    """The numbers of the lemmas of *words* as ``find_families`` has them."""
    marked = [at for at, word in enumerate(words) if has_diacritics(word)]
    shown = list(words)
    for at in marked:
        shown[at] = display_form(words[at])
    lemmas = lexicon().lemmas_of(surfaces, shown)
    by_vowels = lemmas_by_vowels([words[at] for at in marked])
    for at, chosen in zip(marked, by_vowels, strict=True):
        lemmas[at] = chosen
    return lemmas


def _tell(printed: Sequence[str]) -> list[str]:
    marked = list(map(marked_form, printed))
    with_vowels = [form for form in marked if has_diacritics(form)]
    told = dict(zip(with_vowels, are_told_by_vowels(with_vowels), strict=True))
    return [form if told.get(form) else display_form(form) for form in marked]


_telling = FormCache(_tell)


def telling_forms(printed: Iterable[str]) -> list[str]:
    """The display form of each of *printed*, with the diacritics that tell its family.

    Where it would be of the same lemmas without them it has none. Idempotent.

    >>> telling_forms(["مَكتَبةٌ", "كُتَّابٌ", "مثلًا"])
    ['مكتبة', 'كُتَّاب', 'مثلا']
    """
    words = list(printed)
    _telling.prime(filter(has_diacritics, words))
    return list(map(telling_form, words))


def telling_form(printed: str) -> str:
    """One of ``telling_forms``; ``""`` for a word that folds to nothing."""
    shown = cached_display_form(printed)
    return _telling[printed] if shown and has_diacritics(printed) else shown


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
    """The family of a telling form, cached.

    >>> family("والكتاب"), family("كتب").lemmas
    (Family(lemmas=('كتاب',), roots=('كتب',)), ('كتب', 'كتاب'))
    """
    return _families[word]


def prime(words: Iterable[str]) -> None:
    """Find the families of *words* at once, which is faster than one by one."""
    _families.prime(words)


def _ask(words: Sequence[str]) -> list[Family]:
    prime(telling_forms(filter(has_diacritics, words)))
    found = find_possible(words)
    for word, possible in zip(words, found, strict=True):
        if not has_diacritics(word):
            # Looked up already, among all that it may be.
            lemmas = likely_lemmas(possible)
            _families.add(telling_form(word), _family(fold(word), lemmas))
    return list(map(_ask_one, words, found))


def _ask_one(word: str, possible: Mapping[int, Possible]) -> Family:
    asked = _family(fold(word), find_asked(word, possible))
    if not {*asked.lemmas}.isdisjoint(family(telling_form(word)).lemmas):
        return asked
    # Whatever it is asked for as, a word finds itself, and, where a reader has not
    # chosen another one by vowels, all that it is read as without clitics;
    uncut = () if diacritized_form(word) else find_uncut(possible)
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


def prime_asked(words: Iterable[str]) -> None:
    """Find ``asked_family`` of *words* at once, which is faster than one by one."""
    _asked.prime(words)


def asked_lemmas(word: str) -> tuple[str, ...]:
    """The keys of the lemmas that a word is asked for as.

    Without vowels it is asked for as it is spelled too: with whatever vowels a text
    prints its letters.

    >>> asked_lemmas("ملك"), asked_lemmas("مَلَك")
    (('ملك', 'ملك:2', 'ملك:+'), ('ملك:4',))
    """
    return asked_family(word).lemmas + _as_spelled(word)


def asked_roots(word: str) -> tuple[str, ...]:
    """The keys of the roots that a word is asked for as, distinct.

    >>> asked_roots("ملك")
    ('ملك', 'ملك:+')
    """
    return tuple(dict.fromkeys(asked_family(word).roots)) + _as_spelled(word)


def _as_spelled(word: str) -> tuple[str, ...]:
    return () if has_diacritics(word) else (fold(word) + AS_SPELLED,)
