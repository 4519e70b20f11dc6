"""Annotated lemmas and those of the lexicon: which of them are one.

The annotated text follows another dictionary in places (بَحْرَيْنِيّ for بَحْرِينِيّ). A lemma of
it that the lexicon does not have is the lexicon's lemma that most of its forms can be
of; where there is none, it is a word that the lexicon lacks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from search.arabic.lexicon.compiling.lemmas import (
    NOMINAL,
    VERBAL,
    canonical,
    dictionary_form,
)

Identity = tuple[str, str]
_FATHA: Final = "َ"
# Letters that a noun and a verb can end in alike.
_WEAK_ENDS: Final = ("ى", "ا")
# The least share of an annotated lemma's forms that must be readable as the other one.
_LEAST_COVER: Final = 0.5
# What an equal dictionary form is worth, as a share of forms.
_SAME_FORM: Final = 0.35


class AnnotatedLemma(NamedTuple):
    """A lemma of annotated text: its canonical spelling, and whether it is a verb.

    ``kind`` is ``verb`` or ``noun``, or empty where the last letter does not tell.
    """

    spelling: str
    kind: str


Counts = Mapping[str, Counter[AnnotatedLemma]]


def annotated_lemma(lemma: str) -> AnnotatedLemma:
    """A lemma as annotated text has it: a verb ends in a fatha, a noun in no vowel.

    >>> annotated_lemma("قَالَ"), annotated_lemma("حَال").kind
    (AnnotatedLemma(spelling='قال', kind='verb'), 'noun')
    >>> annotated_lemma("رَمَى").kind
    ''
    """
    kind = VERBAL if lemma.endswith(_FATHA) else NOMINAL
    is_open = lemma.endswith(_WEAK_ENDS)
    return AnnotatedLemma(canonical(lemma), "" if is_open else kind)


def annotate(counts: Mapping[str, Counter[str]]) -> Counts:
    """*counts* by `AnnotatedLemma`."""
    read = {
        lemma: annotated_lemma(lemma)
        for lemma in {lemma for counter in counts.values() for lemma in counter}
    }
    merged: dict[str, Counter[AnnotatedLemma]] = {}
    for form, lemmas in counts.items():
        of_form = merged[form] = Counter()
        for lemma, count in lemmas.items():
            of_form[read[lemma]] += count
    return merged


def align(
    counts: Counts,
    readings: Mapping[str, Sequence[Identity]],
    particles: Collection[Identity],
) -> dict[AnnotatedLemma, list[Identity]]:
    """Annotated lemma → the lemmas of the lexicon that it stands for.

    *readings* is what the lexicon reads each form as, *particles* those of its nouns
    that are particles, which no homograph comes near. A lemma that the lexicon lacks
    stands for itself, as a noun. Where the last letter does not tell, a noun and a verb
    that are written alike share what was counted.
    """
    masses: Counter[AnnotatedLemma] = Counter()
    cover: defaultdict[AnnotatedLemma, Counter[Identity]] = defaultdict(Counter)
    for form, lemmas in counts.items():
        for lemma, count in lemmas.items():
            masses[lemma] += count
            of_lemma = cover[lemma]
            for reading in readings.get(form, ()):
                of_lemma[reading] += count
    return {
        lemma: _choose(lemma, mass, cover[lemma], particles)
        for lemma, mass in masses.items()
    }


def _choose(
    lemma: AnnotatedLemma,
    mass: int,
    cover: Counter[Identity],
    particles: Collection[Identity],
) -> list[Identity]:
    noun, verb = (lemma.spelling, NOMINAL), (lemma.spelling, VERBAL)
    if cover[noun] and noun in particles:
        return [noun]
    if cover[noun] and cover[verb]:
        return {NOMINAL: [noun], VERBAL: [verb]}.get(lemma.kind, [noun, verb])
    if cover[noun] or cover[verb]:
        return [noun if cover[noun] else verb]
    form = dictionary_form(lemma.spelling)

    def score(other: Identity) -> tuple[float, str, str]:
        bonus = _SAME_FORM if dictionary_form(other[0]) == form else 0.0
        return (cover[other] / mass + bonus, *other)

    best = max((each for each in cover if cover[each]), key=score, default=None)
    if best is None or cover[best] < _LEAST_COVER * mass:
        return [noun]
    return [best]
