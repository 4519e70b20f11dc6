"""Broken plurals with their vowels, so that a reader's كُتّاب is no كِتاب."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from farahidi.normalize import word_from_root_and_pattern

from search.arabic.lexicon.compiling.alignment import Identity
from search.arabic.lexicon.compiling.lemmas import identity
from search.arabic.lexicon.compiling.source import (
    Category,
    Formula,
    Root,
    fold_stem,
)
from search.arabic.lexicon.packing import Array
from search.arabic.lexicon.readings import LEAST_FREQUENCY

# Labels of AlKhalil's.
_PLURAL: Final = "جمع"
_SUBJECT: Final = "مرفوع"
_HAS_TANWEEN: Final = str(True)
_ENDING_VOWELS: Final = "ًٌٍَُِ"
_TEH_MARBUTAH: Final = "ه"
_SOUND_ENDINGS: Final = frozenset({"ون", "و", "ات", "ين", "ي"})


def find_plurals(
    nouns: Category,
    numbers: Mapping[Identity, int],
    roots: Sequence[str],
    weights: Array,
) -> dict[int, tuple[str, ...]]:
    """The broken plurals of lemmas with their vowels, by the number of the lemma.

    *roots* and *weights* have those of each number: float32[n]. The plurals of rare
    lemmas are not looked for.
    """
    frequent = {
        lemma: number
        for lemma, number in numbers.items()
        if weights[number] >= LEAST_FREQUENCY
    }
    used = {roots[number] for number in frequent.values()}
    plurals: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for root in nouns.roots:
        formulas = _iter_plural_formulas(nouns, root) if root.letters in used else ()
        for lemma, plural in _iter_written(root.letters, formulas):
            number = frequent.get(identity(lemma, nouns.name))
            if number is not None and not _is_sound(plural, lemma):
                plurals[number][plural] = None
    return {number: tuple(found) for number, found in plurals.items()}


def _iter_plural_formulas(nouns: Category, root: Root) -> Iterator[Formula]:
    for length, listed in root.formulas.items():
        formulas = nouns.formulas[length]
        for number in map(int, listed.split()):
            if number <= len(formulas) and _is_plural(formulas[number - 1]):
                yield formulas[number - 1]


def _is_plural(formula: Formula) -> bool:
    """Whether it is a plural as a dictionary has it: without article and tanween."""
    _type, number, _gender, _article, case, tanween = formula.inflection.features
    return number == _PLURAL and case == _SUBJECT and tanween != _HAS_TANWEEN


def _iter_written(root: str, formulas: Iterable[Formula]) -> Iterator[tuple[str, str]]:
    for formula in formulas:
        plural = word_from_root_and_pattern(root, formula.pattern)
        lemma = word_from_root_and_pattern(root, formula.lemma_pattern)
        yield lemma, plural.rstrip(_ENDING_VOWELS)


def _is_sound(plural: str, lemma: str) -> bool:
    """Whether *plural* is *lemma* with an ending.

    >>> _is_sound("مُدَرِّسُونَ", "مُدَرِّس"), _is_sound("كُتَّاب", "كَاتِب")
    (True, False)
    """
    stem, base = fold_stem(plural), fold_stem(lemma).removesuffix(_TEH_MARBUTAH)
    return stem.startswith(base) and stem[len(base) :] in _SOUND_ENDINGS
