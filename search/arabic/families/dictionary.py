"""Words as a dictionary has them: what a word may be looked up as, and its kin."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from search.arabic.families.form_cache import lexicon
from search.arabic.families.keys import base_of
from search.arabic.families.membership import asked_family, family
from search.arabic.letters import ALEF, HEH, YEH
from search.arabic.normalize import fold

# Words whose readings are cached, at some 1,500 bytes each: found one by one, they
# take milliseconds.
CACHED_READINGS: Final = 4096


class Reading(NamedTuple):
    """A word of the dictionary: with its vowels, and whether it is a verb."""

    vowelled: str
    is_verb: bool


@lru_cache(CACHED_READINGS)
def readings_of(word: str) -> tuple[Reading, ...]:
    """What *word* may be looked up as, the likeliest first.

    A reading's ``vowelled`` is asked for as nothing else.

    >>> [reading.vowelled for reading in readings_of("علم")][:3]
    ['عِلْم', 'عَلِمَ', 'عَلَم']
    """
    lemmas = map(lexicon().lemma, lexicon().dictionary_lemmas(word))
    readings = [Reading(each.vowelled, each.category == "verb") for each in lemmas]
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
            related |= dict.fromkeys(
                each for each in found[:1] if fold(each.vowelled) == other
            )
    return tuple(each for each in related if not each.is_verb)


def vowels_of(word: str) -> tuple[str, ...]:
    """The lemmas of a display form as a dictionary prints them, the likeliest first.

    >>> vowels_of("والكتاب"), vowels_of("كوفيد")
    (('كِتَاب',), ('كوفيد',))
    """
    [lemmas] = lexicon().lemmas_of([fold(word)], [word])
    vowelled = tuple(lexicon().lemma(lemma).vowelled for lemma in lemmas)
    return vowelled or tuple(map(base_of, family(word).lemmas))
