"""Looking up forms: the lemmas of each, weighed, from the compiled lexicon."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from search.arabic.diacritics import (
    are_compatible,
    diacritized_form,
    without_diacritics,
)
from search.arabic.lexicon.clitics import Clitic
from search.arabic.lexicon.location import STAMP, read_stamp
from search.arabic.lexicon.packing import LETTERS, Array, PackedForms
from search.arabic.lexicon.segmentation import Segmenter
from search.arabic.lexicon.stem_table import StemTable, expand_ranges
from search.arabic.normalize import fold

# The arrays of a compiled lexicon; each is a file of NumPy's.
ARRAYS: Final = (
    "keys", "firsts", "stem_lemmas", "profiles", "profile_weights", "lemma_weights",
    "form_keys", "form_firsts", "form_lemmas", "form_weights", "texts", "text_starts",
)  # fmt: skip
# What the counts of annotated text weigh against the likelihood of a reading: as many
# words as this.
PRIOR_COUNT: Final = 3.0
# Readings of a form that are less likely than this are dropped, but the likeliest.
LEAST_WEIGHT: Final = 0.1
# How much likelier the reading is whose dictionary form is the word that is asked for.
DICTIONARY_FORM_WEIGHT: Final = 20.0
# And again where hamzas, ة and ى are those that were typed.
SAME_LETTERS_WEIGHT: Final = 10.0
# The least share of a lemma whose dictionary form is asked for, before it is favored.
LEAST_DICTIONARY_WEIGHT: Final = 0.005
# How likely a reading with a proclitic is that is asked for.
PROCLITIC_WEIGHT: Final = 0.02
# How likely a word is that the lexicon lacks, if all letters are equally likely: what
# is less likely as a reading is none (كاضمي is not ك, أضم and ي).
_UNKNOWN_WORD: Final = 1e-4
_EQUAL_LETTERS: Final = 1 / len(LETTERS)
_FIELDS: Final = "\t"


@dataclass(frozen=True, slots=True)
class Lemma:
    """An entry of the lexicon.

    ``vowelled`` is the lemma as a dictionary prints it, ``form`` its surface form,
    ``category`` is ``noun`` or ``verb``; ``root`` is empty where there is none. ``key``
    is the form and, but for the most frequent lemma of that form, ``:`` and a number.
    """

    vowelled: str
    category: str
    form: str
    key: str
    root: str


class Weighed(NamedTuple):
    """Readings of forms: parallel arrays of forms, lemmas and weights.

    Forms and lemmas by number; the weights are shares of the readings of the form.
    """

    forms: Array
    lemmas: Array
    weights: Array


def checksum(array: Array) -> int:
    """The CRC-32 of the bytes of *array*."""
    return zlib.crc32(np.ascontiguousarray(array).data)


class Lexicon:
    """The compiled lexicon in *folder*, whose arrays are mapped to memory.

    Raises FileNotFoundError where it is not whole, and ValueError where it is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.stamp = read_stamp(folder)
        if not self.stamp:
            raise FileNotFoundError(folder / STAMP)
        arrays = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray)
            for name in ARRAYS
        }
        # All of it is read, once a process: a wrong bit would be a wrong count.
        found = {name: checksum(array) for name, array in arrays.items()}
        if found != self.stamp.get("checksums"):
            raise ValueError(f"The lexicon in {folder} is damaged.")
        # What tells this lexicon from every other.
        self.digest = str(self.stamp["digest"])
        proclitics, enclitics = (
            [Clitic(letters, tuple(classes), lam) for letters, classes, lam in clitics]
            for clitics in (self.stamp["proclitics"], self.stamp["enclitics"])
        )
        self.proclitics = frozenset(each.letters for each in proclitics) - {""}
        self._segmenter = Segmenter(arrays["keys"], proclitics, enclitics)
        self._table = StemTable(
            arrays["keys"], arrays["firsts"], arrays["stem_lemmas"], arrays["profiles"]
        )
        self._arrays = arrays

    def lemmas_of(self, forms: Sequence[str]) -> list[tuple[int, ...]]:
        """The numbers of the lemmas of each surface form, the likeliest first.

        Those under ``LEAST_WEIGHT`` are left out, but the likeliest; a form that the
        lexicon does not know has none.
        """
        weighed = _drop_unlikely(self._weigh_forms(forms))
        bounds = np.searchsorted(weighed.forms, np.arange(len(forms) + 1)).tolist()
        lemmas = weighed.lemmas.tolist()
        return [tuple(lemmas[first:last]) for first, last in pairwise(bounds)]

    def starts(self, forms: Sequence[str]) -> list[set[int]]:
        """The letters before the stem of each surface form, in its readings.

        Without the readings that ``lemmas_of`` leaves out.
        """
        candidates = self._table.expand(self._segmenter.cut(forms))
        weights = self._arrays["profile_weights"][
            candidates.profiles, candidates.attachments
        ]
        kept = list(map(frozenset, self.lemmas_of(forms)))
        starts = [
            set(self._before_lemmas(form, lemmas))
            for form, lemmas in zip(forms, kept, strict=True)
        ]
        possible = weights > 0
        for form, lemma, start in zip(
            candidates.forms[possible].tolist(),
            candidates.lemmas[possible].tolist(),
            candidates.starts[possible].tolist(),
            strict=True,
        ):
            if lemma in kept[form]:
                starts[form].add(start)
        return starts

    def _before_lemmas(self, form: str, lemmas: Iterable[int]) -> Iterator[int]:
        """Where *form* is proclitics and one of *lemmas* as a dictionary has it."""
        for lemma in lemmas:
            at = form.find(self.lemma(lemma).form)
            if at == 0 or (at > 0 and form[:at] in self.proclitics):
                yield at

    def asked(self, word: str) -> tuple[int, ...]:
        """The lemmas of a *word* that is asked for, as ``lemmas_of`` has them.

        A reader who searches types dictionary forms: where يومي is a lemma, it is not
        يوم with a pronoun, and والي is no و before إلى. With the letters as typed كتابة
        is no كتابه, and typed vowels exclude lemmas.
        """
        form = fold(word)
        weighed = self._weigh_forms([form])
        weights = dict(zip(weighed.lemmas.tolist(), weighed.weights, strict=True))
        candidates = self._table.expand(self._segmenter.cut([form]))
        possible = self._arrays["profile_weights"][
            candidates.profiles, candidates.attachments
        ]
        bare = {
            lemma
            for lemma, start, likely in zip(
                candidates.lemmas.tolist(),
                candidates.starts.tolist(),
                possible.tolist(),
                strict=True,
            )
            if not start and likely
        }
        for lemma in bare:
            if self.lemma(lemma).form == form:
                weights[lemma] = max(weights.get(lemma, 0.0), LEAST_DICTIONARY_WEIGHT)
        lemmas = sorted(weights)
        favor = [self._favor(word, lemma, lemma in bare) for lemma in lemmas]
        asked = np.array([weights[lemma] for lemma in lemmas])
        asked *= favor if any(favor) else 1.0
        kept = _drop_unlikely(
            share(np.zeros(len(lemmas), np.int64), np.array(lemmas, np.int64), asked)
        )
        return tuple(kept.lemmas.tolist())

    def _favor(self, word: str, number: int, is_bare: bool) -> float:
        """How much likelier a lemma is because *word* is asked for.

        *is_bare* tells whether it can be read without a proclitic.
        """
        lemma = self.lemma(number)
        if lemma.form != fold(word):
            return 1.0 if is_bare else PROCLITIC_WEIGHT
        vowels = diacritized_form(word), diacritized_form(lemma.vowelled)
        if not are_compatible(*vowels):
            return 0.0
        if without_diacritics(lemma.vowelled) == without_diacritics(word):
            return DICTIONARY_FORM_WEIGHT * SAME_LETTERS_WEIGHT
        return DICTIONARY_FORM_WEIGHT

    def lemma(self, number: int) -> Lemma:
        """The lemma with a number."""
        start, stop = self._arrays["text_starts"][number : number + 2].tolist()
        text = self._arrays["texts"][start:stop].tobytes().decode()
        return Lemma(*text.split(_FIELDS))

    def _weigh_forms(self, forms: Sequence[str]) -> Weighed:
        """The readings of *forms*: as annotated text has them, else by likelihood."""
        packed = PackedForms(forms)
        numbers = packed.whole()
        keys = self._arrays["form_keys"]
        at = np.minimum(np.searchsorted(keys, numbers), keys.size - 1)
        is_counted = (numbers > 0) & (keys[at] == numbers)
        counted = np.flatnonzero(is_counted)
        first = self._arrays["form_firsts"][at[counted]].astype(np.int64)
        last = self._arrays["form_firsts"][at[counted] + 1].astype(np.int64)
        owners, rows = expand_ranges(first, last)
        others = np.flatnonzero(~is_counted & (packed.lengths > 0))
        likely = self._weigh([forms[each] for each in others.tolist()])
        return Weighed(
            np.concatenate((counted[owners], others[likely.forms])),
            np.concatenate((self._arrays["form_lemmas"][rows], likely.lemmas)),
            np.concatenate((self._arrays["form_weights"][rows], likely.weights)),
        )

    def _weigh(self, forms: Sequence[str]) -> Weighed:
        """The readings of *forms* by the likelihood of lemma and inflection."""
        candidates = self._table.expand(self._segmenter.cut(forms))
        weights = self._arrays["profile_weights"][
            candidates.profiles, candidates.attachments
        ]
        weights = weights * self._arrays["lemma_weights"][candidates.lemmas]
        lengths = np.array([len(form) for form in forms], np.int64)[candidates.forms]
        weights[weights < _UNKNOWN_WORD * _EQUAL_LETTERS**lengths] = 0
        return share(candidates.forms, candidates.lemmas, weights)


def share(forms: Array, lemmas: Array, weights: Array) -> Weighed:
    """The weights summed for each form and lemma, as shares of those of the form."""
    possible = weights > 0
    forms, lemmas, weights = (each[possible] for each in (forms, lemmas, weights))
    order = np.lexsort((lemmas, forms))
    forms, lemmas, weights = (each[order] for each in (forms, lemmas, weights))
    starts = np.ones(forms.size, bool)
    starts[1:] = (forms[1:] != forms[:-1]) | (lemmas[1:] != lemmas[:-1])
    at = np.flatnonzero(starts)
    if not at.size:
        return Weighed(forms, lemmas, weights.astype(np.float64))
    sums = np.add.reduceat(weights.astype(np.float64), at)
    forms, lemmas = forms[at], lemmas[at]
    totals = np.bincount(forms, sums)
    return Weighed(forms, lemmas, sums / totals[forms])


def _drop_unlikely(weighed: Weighed) -> Weighed:
    """The readings that are not under ``LEAST_WEIGHT``, and the likeliest of each form.

    Sorted by form and then by weight, the greatest first.
    """
    order = np.lexsort((weighed.lemmas, -weighed.weights, weighed.forms))
    forms, lemmas, weights = (each[order] for each in weighed)
    is_first = np.ones(forms.size, bool)
    is_first[1:] = forms[1:] != forms[:-1]
    kept = is_first | (weights >= LEAST_WEIGHT)
    return Weighed(forms[kept], lemmas[kept], weights[kept])
