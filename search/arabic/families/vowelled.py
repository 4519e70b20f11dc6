"""What printed vowels tell of a word: which of its readings a text has.

كتاب is a book, but where a text prints كُتّاب it has writers. The vowels choose among
all lemmas that a form may be of; where they agree with none of them, or with a verb
whose letters are others than those of the dictionary, they tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from search.arabic import letters as l
from search.arabic.diacritics import diacritized_form
from search.arabic.display_form import display_form
from search.arabic.families.form_cache import lexicon
from search.arabic.lexicon.lookup import CACHED_LEMMAS, Possible
from search.arabic.lexicon.readings import LEAST_FREQUENCY, LEAST_WEIGHT
from search.arabic.normalize import fold
from search.arabic.vowels import Vowels, stem_of

# How much likelier a lemma is whose vowels are printed, and one of other vowels.
_FACTORS: Final = {True: 20.0, None: 1.0, False: 0.0005}
# The least share of a lemma before that, and of one behind a proclitic: of كرّم not ك
# before رمّ.
LEAST_SHARE: Final = 0.005
LEAST_SHARE_BEHIND: Final = 0.0005
_DIACRITIC_RE: Final = re.compile(f"[{l.DIACRITICS}]")
# The vowels of a case, which are no part of a word: on its last letter, or before the
# alef of an accusative.
_CASE_RE: Final = re.compile(f"[{l.VOWELS}]+(?={l.SHADDA}?{l.ALEF}?$)")


def marked_form(word: str) -> str:
    """The display form of *word* with its diacritics but for those of the case.

    The display form alone where there are no others.

    >>> marked_form("الكِتـــابُ"), marked_form("كتابًا"), marked_form("كُتّابٌ")
    ('الكِتاب', 'كتابا', 'كُتّاب')
    """
    shown = display_form(word)
    # Most have none, or one of the case.
    if not _DIACRITIC_RE.search(word) or _CASE_RE.sub("", word) == shown:
        return shown
    vowels = Vowels.parted(_CASE_RE.sub("", diacritized_form(word)))
    if len(vowels.letters) != len(shown):
        return shown
    return "".join(map("".join, zip(shown, vowels.signs, strict=True)))


def has_diacritics(form: str) -> bool:
    """Whether *form* has a diacritic."""
    return _DIACRITIC_RE.search(form) is not None


def lemmas_by_vowels(words: Sequence[str]) -> list[tuple[int, ...]]:
    """The numbers of the lemmas of each of *words* with diacritics, likeliest first."""
    return [
        drop_unlikely(weigh_by_vowels(word, possible))
        for word, possible in zip(words, _find_frequent(words), strict=True)
    ]


def are_told_by_vowels(words: Sequence[str]) -> list[bool]:
    """Whether each of *words* is of other lemmas than without its diacritics."""
    return [
        drop_unlikely(weigh_by_vowels(word, possible))
        != drop_unlikely({number: each.share for number, each in possible.items()})
        for word, possible in zip(words, _find_frequent(words), strict=True)
    ]


def find_possible(words: Sequence[str]) -> list[dict[int, Possible]]:
    """All lemmas that each of *words* may be of without its diacritics."""
    return lexicon().possible(*_without_diacritics(words))


def _find_frequent(words: Sequence[str]) -> list[dict[int, Possible]]:
    """The lemmas of ``find_possible`` that ``weigh_by_vowels`` weighs."""
    return lexicon().possible(*_without_diacritics(words), LEAST_FREQUENCY)


def _without_diacritics(words: Sequence[str]) -> tuple[list[str], list[str]]:
    return list(map(fold, words)), list(map(display_form, words))


def weigh_by_vowels(word: str, possible: Mapping[int, Possible]) -> dict[int, float]:
    """How likely each lemma is that *word*, with its diacritics, may be of.

    Not shares: where the vowels are those of a lemma it weighs more. Beside the lemmas
    that texts have the form as they are those of which it is the dictionary form or a
    broken plural, behind proclitics or alone.
    """
    vowels = Vowels.of(word)
    weights, agrees = {}, {}
    frequencies = lexicon().frequencies
    for number, each in possible.items():
        if not each.share and frequencies[number] < LEAST_FREQUENCY:
            continue
        entry = _entry(number)
        weight = each.share or _least_share(entry, vowels.letters, each.starts)
        if weight:
            weights[number] = weight
            agrees[number] = _agrees(vowels, entry, each.starts)
    if True not in agrees.values():
        return {number: each.share for number, each in possible.items() if each.share}
    return {
        number: weights[number] * _FACTORS[verdict]
        for number, verdict in agrees.items()
    }


class _Entry(NamedTuple):
    """What a lemma is compared by: its surface forms, and their stems with vowels.

    The forms are those of the lemma, of its feminine and of its broken plurals.
    """

    is_verb: bool
    forms: frozenset[str]
    stems: tuple[Vowels, ...]


@lru_cache(CACHED_LEMMAS)
def _entry(number: int) -> _Entry:
    lemma = lexicon().lemma(number)
    forms = {lemma.form, lemma.form + l.HEH, *map(fold, lemma.plurals)}
    stems = map(stem_of, (lemma.vowelled, *lemma.plurals))
    return _Entry(
        lemma.category == "verb",
        frozenset(forms),
        tuple(stem for stem in stems if stem.letters),
    )


def _agrees(vowels: Vowels, entry: _Entry, starts: set[int]) -> bool | None:
    verdict = None
    for start in starts:
        for stem in entry.stems:
            if vowels.letters.startswith(stem.letters, start):
                if vowels.behind(start).are_of(stem, is_verb=entry.is_verb):
                    return True
                verdict = False
    return verdict


def _least_share(entry: _Entry, form: str, starts: Iterable[int]) -> float:
    """The least share of a lemma of which *form* is an entry; 0 of any other."""
    of_entry = [start for start in starts if form[start:] in entry.forms]
    if not of_entry:
        return 0.0
    return LEAST_SHARE if 0 in of_entry else LEAST_SHARE_BEHIND


def likely_lemmas(possible: Mapping[int, Possible]) -> tuple[int, ...]:
    """The lemmas of a form as ``Lexicon.lemmas_of`` has them, from all *possible*."""
    return _at_least(LEAST_WEIGHT, {at: each.share for at, each in possible.items()})


def drop_unlikely(weights: Mapping[int, float]) -> tuple[int, ...]:
    """The lemmas that are not unlikely, the likeliest first."""
    return _at_least(LEAST_WEIGHT * sum(weights.values()), weights)


def _at_least(least: float, weights: Mapping[int, float]) -> tuple[int, ...]:
    """The likeliest lemma, and behind it all others that weigh as much as *least*."""
    ordered = sorted(weights, key=lambda number: (-weights[number], number))
    return tuple(
        number
        for at, number in enumerate(ordered)
        if weights[number] > 0 and (at == 0 or weights[number] >= least)
    )
