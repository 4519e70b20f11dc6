"""Which words set two sets of hits apart, by the embedded engine's arithmetic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np

from search.arabic.diacritics import without_diacritics
from search.arabic.families import Family, find_families, join_keys
from search.arabic.lexicon.function_words import function_words, is_content_word
from search.arabic.normalize import fold
from search.deadline import Deadline
from search.engines.corpus import Contrast
from search.engines.opensearch.corpus.texts import Texts
from search.engines.opensearch.tokens import WITHIN
from search.engines.whoosh.arrays import Array, concat_ranges, distinct
from search.engines.whoosh.corpus.contrast import (
    LEAST_ARTICLES,
    LemmaCounts,
    choose_key_words,
)
from search.engines.whoosh.execution.positions import POSITION_BITS

# Words whose families are looked up between two looks at the clock.
_AT_ONCE: Final = 5_000


def contrast(
    texts: Texts, first: Array, second: Array, deadline: Deadline, *, limit: int
) -> Contrast:
    """The lemmas that set two disjoint sets of documents apart: bool[n_docs] each."""
    docs = texts.encoded >> POSITION_BITS
    sides = first[docs], second[docs]
    sizes = int(np.count_nonzero(sides[0])), int(np.count_nonzero(sides[1]))
    articles = int(np.count_nonzero(first)), int(np.count_nonzero(second))
    if not all(sizes):
        return Contrast((), (), sizes, articles, 0)
    lemmas = _Lemmas(texts, sides, deadline)
    counts = LemmaCounts(lemmas.first, lemmas.second, sizes, articles)
    return choose_key_words(counts, limit, lemmas.iter_key_words)


class _Lemmas:
    """The likeliest lemmas of the words of two sets of tokens, without function words.

    ``first`` and ``second`` are the occurrences of each lemma: int64[n].
    """

    def __init__(
        self, texts: Texts, sides: tuple[Array, Array], deadline: Deadline
    ) -> None:
        self._deadline = deadline
        # Words that differ in diacritics alone are one form.
        of_words = texts.forms
        families = self._find_families(list({*of_words}))
        # As the embedded engine numbers its posting lists, which decides between forms
        # that are equally frequent.
        self._forms = sorted(families, key=lambda form: _key(form, families[form]))
        number_of = {form: number for number, form in enumerate(self._forms)}
        numbers = np.array([number_of[form] for form in of_words], np.int64)
        self._n_docs = len(texts.articles)
        either = sides[0] | sides[1]
        docs = texts.encoded[either] >> POSITION_BITS
        self._pairs = distinct(numbers[texts.numbers[either]] * self._n_docs + docs)
        self._forms_of: defaultdict[str, list[int]] = defaultdict(list)
        for number, form in enumerate(self._forms):
            for lemma in families[form].lemmas:
                self._forms_of[lemma].append(number)
        size = len(self._forms)
        first, second = (
            np.bincount(numbers[texts.numbers[side]], minlength=size) for side in sides
        )
        self._count(first, second, families)

    def _find_families(self, forms: list[str]) -> dict[str, Family]:
        found: dict[str, Family] = {}
        for start in range(0, len(forms), _AT_ONCE):
            self._deadline.check()
            batch = forms[start : start + _AT_ONCE]
            pairs = [form.split(WITHIN) for form in batch]
            surfaces, telling = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
            found.update(zip(batch, find_families(telling, surfaces), strict=True))
        return found

    def _count(self, first: Array, second: Array, families: dict[str, Family]) -> None:
        """Sum the counts of forms by lemma, and choose the form that occurs most."""
        functional = function_words()
        is_content = [form.split(WITHIN)[0] not in functional for form in self._forms]
        own = (np.array(is_content, bool) & (first + second > 0)).nonzero()[0]
        likeliest = [families[self._forms[at]].lemmas[0] for at in own.tolist()]
        self._names = sorted({*likeliest})
        number_of = {name: number for number, name in enumerate(self._names)}
        lemmas = np.array([number_of[name] for name in likeliest], np.int64)
        self.first, self.second = (
            np.bincount(lemmas, counts[own], len(self._names)).astype(np.int64)
            for counts in (first, second)
        )
        order = np.lexsort(((first + second)[own], lemmas))
        self._mostly = np.empty(len(self._names), np.int64)
        # Of several assignments the last one holds.
        self._mostly[lemmas[order]] = own[order]

    def iter_key_words(self, order: Array) -> Iterator[tuple[int, str]]:
        """The lemmas of *order* that enough articles have, and their forms."""
        for each in order.tolist():
            self._deadline.check()
            _surface, telling = self._forms[int(self._mostly[each])].split(WITHIN)
            form = without_diacritics(telling)
            if is_content_word(fold(form)) and self._is_common(self._names[each]):
                yield each, form

    def _is_common(self, lemma: str) -> bool:
        """Whether enough articles have a form that may be of *lemma*."""
        forms = np.array(self._forms_of[lemma], np.int64)
        bounds = np.stack((forms, forms + 1)) * self._n_docs
        starts, stops = self._pairs.searchsorted(bounds)
        docs = self._pairs[concat_ranges(starts, stops)] % self._n_docs
        return distinct(docs).size >= LEAST_ARTICLES


def _key(form: str, family: Family) -> str:
    """What the embedded engine sorts forms by: see ``codec.families``."""
    surface, telling = form.split(WITHIN)
    other = "" if telling == surface else telling
    keys = join_keys(family.roots), join_keys(family.lemmas)
    return "\t".join((*keys, surface, other))
