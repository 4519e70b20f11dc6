"""All stems of the lexicon, as rows of arrays: every root in every pattern it has.

About seven million pairs of root and formula make a million written stems. Letters are
put together by arrays; only where there is a hamza, whose seat depends on the vowels
around it, the package writes the stem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from farahidi.normalize import word_from_root_and_pattern

from search.arabic.diacritics import without_diacritics
from search.arabic.lexicon.clitics import BARE
from search.arabic.lexicon.compiling.inflections import Inflection
from search.arabic.lexicon.compiling.source import (
    Category,
    Formula,
    Listed,
    fold_stem,
)
from search.arabic.lexicon.compiling.stems.templates import choose_templates
from search.arabic.lexicon.packing import BITS, CODES, Array, pack
from search.arabic.lexicon.printed import seats_of

# How stems that are written otherwise before an enclitic end, as they are vowelled,
# and what is written there instead: مدرسة, مدرستها; مستوى, مستواها; كتبوا, كتبوها.
_BEFORE_ENCLITIC: Final = (("ة", "ت"), ("ى", "ا"), ("وا", "و"))
_LAST_HAMZA: Final = "يء"
_ARTICLE: Final = "ال"
# After ل the alef of the article is not written: ل and الذي are للذي.
_AFTER_LAM: Final = Inflection(
    "particle", ("after ل",), frozenset({"N4", "C3"}), frozenset({BARE})
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Stems with their lemmas and inflections: parallel arrays int64 or uint64.

    ``keys`` are packed stems, ``seats`` their bits (``printed.seats_of``); the others
    are numbers of ``Numbering``.
    """

    keys: Array
    lemmas: Array
    inflections: Array
    seats: Array


@dataclass(slots=True)
class Numbering:
    """The numbers of lemmas and inflections, in the order of their first occurrence.

    A lemma is its vowelled form and its category; ``roots`` has the root of each.
    """

    lemmas: dict[tuple[str, str], int] = field(default_factory=dict)
    roots: list[str] = field(default_factory=list)
    inflections: dict[Inflection, int] = field(default_factory=dict)

    def lemma(self, form: str, category: str, root: str) -> int:
        """The number of a lemma, which is added if it is new."""
        key = (form, category)
        number = self.lemmas.setdefault(key, len(self.lemmas))
        if number == len(self.roots):
            self.roots.append(root)
        return number

    def inflection(self, of: Inflection) -> int:
        """The number of an inflection, which is added if it is new."""
        return self.inflections.setdefault(of, len(self.inflections))


def iter_derived(category: Category, numbering: Numbering) -> Iterator[Rows]:
    """The stems of *category*, those of one length at a time."""
    lemma_numbers: dict[tuple[int, str], int] = {}
    for length, formulas in category.formulas.items():
        roots, used = _pair(category, length, len(formulas))
        if not roots.size:
            continue
        patterns = list(dict.fromkeys(formula.pattern for formula in formulas))
        at = {pattern: number for number, pattern in enumerate(patterns)}
        of_formula = np.array([at[formula.pattern] for formula in formulas])
        pairs, inverse = np.unique(
            roots * len(patterns) + of_formula[used], return_inverse=True
        )
        letters = [root.letters for root in category.roots]
        keys, seats = (
            written[inverse]
            for written in _write_stems(
                letters, patterns, pairs // len(patterns), pairs % len(patterns), length
            )
        )
        lemmas = _find_lemmas(category, formulas, roots, used, numbering, lemma_numbers)
        yield from _with_enclitic_spellings(
            keys, seats, lemmas, formulas, used, numbering
        )


def _pair(category: Category, length: int, n_formulas: int) -> tuple[Array, Array]:
    """Each root with each of its formulas of *length*: numbers from 0, int64[n]."""
    roots, formulas = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for number, root in enumerate(category.roots):
        if listed := root.formulas.get(length):
            of_root = np.array(listed.split(), np.int64) - 1
            formulas.append(of_root)
            roots.append(np.full(of_root.size, number))
    paired, used = np.concatenate(roots), np.concatenate(formulas)
    exists = used < n_formulas
    return paired[exists], used[exists]


def _write_stems(
    letters: list[str], patterns: list[str], roots: Array, of: Array, length: int
) -> tuple[Array, Array]:
    """The packed stem of each root in each pattern, parallel to *roots* and *of*.

    And its seats.
    """
    radicals = np.zeros((len(letters), 5), np.uint64)
    for number, root in enumerate(letters):
        codes = [CODES[letter] for letter in fold_stem(root)[:5]]
        radicals[number, : len(codes)] = codes
    templates, seats, chosen = choose_templates(letters, patterns, roots, of, length)
    stems = templates[chosen]
    filled = np.take_along_axis(
        radicals[roots], np.clip(-stems - 1, 0, 4), axis=1
    ).astype(np.int64)
    stems = np.where(stems < 0, filled, stems)
    keys = np.zeros(len(roots), np.uint64)
    for at in range(stems.shape[1]):
        column = stems[:, at].astype(np.uint64)
        keys = np.where(column > 0, (keys << np.uint64(BITS)) + column, keys)
    return keys, seats[chosen]


def _find_lemmas(
    category: Category,
    formulas: list[Formula],
    roots: Array,
    used: Array,
    numbering: Numbering,
    known: dict[tuple[int, str], int],
) -> Array:
    """The number of the lemma of each pair of root and formula: int64[n]."""
    patterns = list(dict.fromkeys(formula.lemma_pattern for formula in formulas))
    at = {pattern: number for number, pattern in enumerate(patterns)}
    of_formula = np.array([at[formula.lemma_pattern] for formula in formulas])
    pairs, inverse = np.unique(
        roots * len(patterns) + of_formula[used], return_inverse=True
    )
    numbers = np.empty(pairs.size, np.int64)
    for row, pair in enumerate(pairs.tolist()):
        root, pattern = pair // len(patterns), patterns[pair % len(patterns)]
        number = known.get((root, pattern))
        if number is None:
            letters = category.roots[root].letters
            lemma = word_from_root_and_pattern(letters, pattern)
            number = numbering.lemma(lemma, category.name, letters)
            known[root, pattern] = number
        numbers[row] = number
    return numbers[inverse]


def _with_enclitic_spellings(
    keys: Array,
    seats: Array,
    lemmas: Array,
    formulas: list[Formula],
    used: Array,
    numbering: Numbering,
) -> Iterator[Rows]:
    """The rows as they are written last, and as they are written before an enclitic."""
    ends = [without_diacritics(formula.pattern) for formula in formulas]
    # For each formula the number of its ending in ``_BEFORE_ENCLITIC``, from 1.
    changes = np.zeros(len(formulas), np.int64)
    for number, (last, _other) in enumerate(_BEFORE_ENCLITIC, 1):
        changes[[at for at, end in enumerate(ends) if end.endswith(last)]] = number
    inflections = [formula.inflection for formula in formulas]
    at_end = [
        numbering.inflection(each.without_enclitics() if change else each)
        for each, change in zip(inflections, changes.tolist(), strict=True)
    ]
    yield Rows(keys, lemmas, np.array(at_end)[used], seats)
    joined = [numbering.inflection(each.with_enclitics()) for each in inflections]
    for number, (last, other) in enumerate(_BEFORE_ENCLITIC, 1):
        rows = np.flatnonzero(changes[used] == number)
        stems = keys[rows] >> np.uint64(BITS * len(last))
        for letter in other:
            stems = (stems << np.uint64(BITS)) + np.uint64(CODES[letter])
        yield Rows(stems, lemmas[rows], np.array(joined)[used[rows]], seats[rows])


def list_rows(listed: Iterable[Listed], numbering: Numbering) -> Rows:
    """The rows of particles or names, as they are written last and before enclitics."""
    rows: list[tuple[int, int, int, int]] = []
    teh_marbuta, teh = _BEFORE_ENCLITIC[0]
    for each in listed:
        inflection = each.inflection
        lemma = numbering.lemma(each.lemma, inflection.category, each.root)
        written = {each.form: inflection}
        if each.form.endswith(teh_marbuta):
            joined = each.form.removesuffix(teh_marbuta) + teh
            written = {
                each.form: inflection.without_enclitics(),
                joined: inflection.with_enclitics(),
            }
        if inflection.category == "particle" and each.form.startswith(_ARTICLE):
            written[each.form[1:]] = _AFTER_LAM
        for form, of in written.items():
            key = pack(fold_stem(form)) or 0
            rows.append((key, lemma, numbering.inflection(of), seats_of(form)))
    keys, *others = zip(*rows, strict=True)
    return Rows(np.array(keys, np.uint64), *map(np.array, others))


def fold_last_hamza(rows: Rows, numbering: Numbering) -> Rows:
    """*rows* with stems in يء as folding writes them: without the ي at the end."""
    tail = np.uint64(pack(_LAST_HAMZA) or 0)
    changed = np.flatnonzero(rows.keys & np.uint64((1 << 2 * BITS) - 1) == tail)
    of = list(numbering.inflections)
    used = rows.inflections[changed].tolist()
    last = [numbering.inflection(of[each].without_enclitics()) for each in used]
    joined = [numbering.inflection(of[each].with_enclitics()) for each in used]
    inflections = rows.inflections.copy()
    inflections[changed] = joined
    stems = rows.keys[changed] >> np.uint64(2 * BITS)
    stems = (stems << np.uint64(BITS)) + np.uint64(CODES[_LAST_HAMZA[1]])
    return Rows(
        np.concatenate((rows.keys, stems)),
        np.concatenate((rows.lemmas, rows.lemmas[changed])),
        np.concatenate((inflections, np.array(last, np.int64))),
        np.concatenate((rows.seats, rows.seats[changed])),
    )
