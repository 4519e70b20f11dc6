"""Which lemmas a word is asked for as: likely a dictionary form, as it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from search.arabic.diacritics import (
    are_compatible,
    diacritized_form,
    without_diacritics,
)
from search.arabic.families.form_cache import lexicon
from search.arabic.families.vowelled import (
    drop_unlikely,
    find_possible,
    weigh_by_vowels,
)
from search.arabic.lexicon.lookup import Possible
from search.arabic.lexicon.printed import AGAINST_PRINT, contradicts
from search.arabic.lexicon.readings import LEAST_FREQUENCY, LEAST_WEIGHT
from search.arabic.normalize import fold
from search.arabic.vowels import Vowels, stem_of

# How much likelier the reading is whose dictionary form is the word that is asked for.
DICTIONARY_FORM_WEIGHT: Final = 20.0
# And again where hamzas, ة and ى are those that were typed.
SAME_LETTERS_WEIGHT: Final = 10.0
# And again where all vowels are: مَلَك is an angel, and could be مَلَكَ.
SAME_VOWELS_WEIGHT: Final = 10_000.0
# The least share of a lemma whose dictionary form is asked for, before it is favored.
LEAST_DICTIONARY_WEIGHT: Final = 0.005
# What all readings without a proclitic weigh where annotated text has none: والدين.
BARE_WEIGHT: Final = 0.05
# As frequent as this are particles alone: في, على, إلى.
PARTICLE_FREQUENCY: Final = 0.01
# How likely a reading with a proclitic is that is asked for.
PROCLITIC_WEIGHT: Final = 0.02


# What speaks for the lemmas that a word may be of, by their numbers.
_Lemmas = Mapping[int, Possible]


def find_asked(word: str, possible: _Lemmas) -> tuple[int, ...]:
    """The lemmas of a *word* that is asked for, as ``Lexicon.lemmas_of`` has them.

    *possible* are those that it may be of. A reader who searches types dictionary
    forms: where يومي is a lemma, it is not يوم with a pronoun, and والي is no و before
    إلى. With the letters as typed كتابة is no كتابه, and typed vowels exclude lemmas.
    """
    form, has_vowels = fold(word), bool(diacritized_form(word))
    weights = (
        weigh_by_vowels(word, possible)
        if has_vowels
        else {lemma: each.share for lemma, each in possible.items() if each.share > 0}
    )
    bare = _share_bare(possible)
    if not any(weights.get(lemma, 0.0) >= LEAST_WEIGHT for lemma in bare):
        # All that annotated text has of it begins with a proclitic.
        for lemma, weight in bare.items():
            if lexicon().frequencies[lemma] >= LEAST_FREQUENCY:
                weights[lemma] = max(weights.get(lemma, 0.0), weight * BARE_WEIGHT)
    for lemma in bare:
        of = lexicon().lemma(lemma)
        if of.form == form or (has_vowels and of.cite(form)):
            weights[lemma] = max(weights.get(lemma, 0.0), LEAST_DICTIONARY_WEIGHT)
    favor = {lemma: _favor(word, lemma, is_bare=lemma in bare) for lemma in weights}
    if any(favor.values()):
        weights = {lemma: weights[lemma] * factor for lemma, factor in favor.items()}
    return drop_unlikely(weights)


def _share_bare(possible: _Lemmas) -> dict[int, float]:
    """The lemmas that a word has without a proclitic, with shares by likelihood."""
    whole = sum(each.bare for each in possible.values())
    return {
        lemma: each.bare / whole for lemma, each in possible.items() if each.bare > 0
    }


def find_dictionary_lemmas(word: str) -> tuple[int, ...]:
    """The lemmas that *word* may be looked up for.

    The most frequent first; with typed vowels, those first that are asked for.
    Beside those that are asked for, they are those that it is read as in texts, and
    others of which it is the dictionary form or a broken plural, where annotated
    text has them and typed letters and vowels allow them.
    """
    form, frequency = fold(word), lexicon().frequencies
    [possible] = find_possible([word])
    lemmas = {
        lemma
        for lemma, each in possible.items()
        if each.bare > 0
        and frequency[lemma] >= LEAST_FREQUENCY
        and lexicon().lemma(lemma).cite(form)
    }
    lemmas.update(find_uncut(possible))
    allowed = {lemma for lemma in lemmas if _favor(word, lemma, is_bare=True) >= 1}
    asked = find_asked(word, possible)
    ordered = sorted({*allowed, *asked}, key=lambda each: (-frequency[each], each))
    first = asked if diacritized_form(word) else ()
    return tuple(dict.fromkeys((*first, *ordered)))


def find_uncut(possible: _Lemmas) -> tuple[int, ...]:
    """The lemmas of a word without diacritics that it has not by clitics alone.

    و, ف and ال stand before words that are typed, but not before particles.
    """
    frequency = lexicon().frequencies
    likely = drop_unlikely({lemma: each.share for lemma, each in possible.items()})
    return tuple(
        lemma
        for lemma in likely
        if (possible[lemma].is_whole or not possible[lemma].is_cut)
        and (possible[lemma].bare > 0 or frequency[lemma] < PARTICLE_FREQUENCY)
    )


def _favor(word: str, number: int, *, is_bare: bool) -> float:
    """How much likelier a lemma is because *word* is asked for.

    *is_bare* tells whether it can be read without a proclitic.
    """
    lemma, form = lexicon().lemma(number), fold(word)
    cited = lemma.cite(form)
    if not cited:
        return 1.0 if is_bare else PROCLITIC_WEIGHT
    vowels = diacritized_form(word), diacritized_form(cited)
    if not are_compatible(*vowels):
        is_verb = lemma.category == "verb"
        as_passive = Vowels.of(word).are_of(stem_of(cited), is_verb=True)
        return float(is_verb and bool(as_passive))
    if lemma.form != form and not vowels[0]:
        return 1.0
    letters = without_diacritics(word), without_diacritics(cited)
    if letters[0] == letters[1]:
        same = SAME_VOWELS_WEIGHT if vowels[0] and vowels[0] == vowels[1] else 1
        return DICTIONARY_FORM_WEIGHT * SAME_LETTERS_WEIGHT * same
    if contradicts(*letters):
        return AGAINST_PRINT
    return DICTIONARY_FORM_WEIGHT
