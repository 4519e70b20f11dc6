"""Words as a dictionary has them: what a word may be looked up as, and its kin."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from search.arabic.families.asked import find_dictionary_lemmas
from search.arabic.families.form_cache import lexicon
from search.arabic.families.keys import base_of
from search.arabic.families.membership import (
    asked_family,
    family,
    find_lemmas,
    prime_asked,
)
from search.arabic.letters import ALEF, HEH, YEH
from search.arabic.normalize import fold

# Words whose readings are cached, at some 1,500 bytes each: found one by one, they
# take milliseconds.
CACHED_READINGS: Final = 4096
# Words of one root that are offered beside a word.
MOST_DERIVED: Final = 6


class Reading(NamedTuple):
    """A word of the dictionary: with its vowels, and whether it is a verb.

    ``singular`` is the word that it is a broken plural of, with its vowels, or empty.
    """

    vowelled: str
    is_verb: bool
    singular: str = ""


@lru_cache(CACHED_READINGS)
def readings_of(word: str) -> tuple[Reading, ...]:
    """What *word* may be looked up as, the likeliest first.

    A reading's ``vowelled`` is asked for as nothing else.

    >>> [reading.vowelled for reading in readings_of("علم")][:3]
    ['عِلْم', 'عَلِمَ', 'عَلَم']
    >>> readings_of("كتاب")[1]
    Reading(vowelled='كُتَّاب', is_verb=False, singular='كَاتِب')
    """
    form = fold(word)
    readings = []
    for lemma in map(lexicon().lemma, find_dictionary_lemmas(word)):
        cited = lemma.cite(form) or lemma.vowelled
        singular = "" if cited == lemma.vowelled else lemma.vowelled
        readings.append(Reading(cited, lemma.category == "verb", singular))
    prime_asked(each.vowelled for each in readings)
    families = {asked_family(each.vowelled).lemmas: each for each in reversed(readings)}
    return tuple(each for each in readings if each in families.values())


@lru_cache(CACHED_READINGS)
def related_words(word: str) -> tuple[Reading, ...]:
    """The nisba of *word*, or what it is a nisba of, and the noun in ية.

    >>> [related.vowelled for related in related_words("مصر")]
    ['مِصْرِيّ']
    """
    forms = {base_of(lemma) for lemma in asked_family(word).lemmas}
    related: dict[Reading, None] = {}
    for form in sorted(forms):
        stem = form.removesuffix(YEH)
        ends = (YEH + HEH, "", HEH, ALEF) if stem != form else (YEH, YEH + HEH)
        if stem == form:
            stem = form.rstrip(HEH + ALEF)
        for other in (stem + end for end in ends):
            found = readings_of(other) if len(stem) > 1 and other not in forms else ()
            spelled = [each for each in found if fold(each.vowelled) == other]
            related |= dict.fromkeys(spelled[:1])
    return tuple(each for each in related if not each.is_verb)


@lru_cache(CACHED_READINGS)
def derived_words(word: str) -> tuple[Reading, ...]:
    """Other words of the root of *word*, the ``MOST_DERIVED`` most frequent.

    Without its family and those of ``related_words``. A reading's ``vowelled`` is asked
    for as nothing else.

    >>> [derived.vowelled for derived in derived_words("كتاب")][:3]
    ['مَكْتَب', 'كَتِيبَة', 'كَتَبَ']
    """
    asked = asked_family(word)
    known = {*asked.lemmas, *(_key_of(each) for each in related_words(word))}
    lemmas = map(lexicon().lemma, lexicon().lemmas_of_root(asked.roots[0]))
    others = (lemma for lemma in lemmas if lemma.key not in known)
    return tuple(
        Reading(lemma.vowelled, lemma.category == "verb")
        for lemma in islice(others, MOST_DERIVED)
    )


def _key_of(reading: Reading) -> str:
    """The lemma that a reading is asked for as."""
    return asked_family(reading.vowelled).lemmas[0]


def vowels_of(word: str) -> tuple[str, ...]:
    """The lemmas of a telling form as a dictionary prints them, the likeliest first.

    >>> vowels_of("والكتاب"), vowels_of("كُتّاب"), vowels_of("كوفيد")
    (('كِتَاب',), ('كَاتِب',), ('كوفيد',))
    """
    [lemmas] = find_lemmas([word], [fold(word)])
    vowelled = tuple(lexicon().lemma(lemma).vowelled for lemma in lemmas)
    return vowelled or tuple(map(base_of, family(word).lemmas))
