"""Looking up forms: the lemmas of each, weighed, from the compiled lexicon."""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from search.arabic.diacritics import (
    are_compatible,
    diacritized_form,
    without_diacritics,
)
from search.arabic.display_form import display_form
from search.arabic.lexicon.clitics import Clitic
from search.arabic.lexicon.location import STAMP, content_digest, read_stamp
from search.arabic.lexicon.packing import Array
from search.arabic.lexicon.printed import AGAINST_PRINT, contradicts
from search.arabic.lexicon.readings import (
    LEAST_FREQUENCY,
    LEAST_WEIGHT,
    Readings,
    drop_unlikely,
    share,
)
from search.arabic.normalize import fold

# The arrays of a compiled lexicon; each is a file of NumPy's.
ARRAYS: Final = (
    "keys", "firsts", "stem_lemmas", "profiles", "seats", "profile_weights",
    "lemma_weights", "root_lemmas",
    "form_keys", "form_firsts", "form_lemmas", "form_weights", "texts", "text_starts",
)  # fmt: skip
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
_FIELDS: Final = "\t"


@dataclass(frozen=True, slots=True)
class Lemma:
    """An entry of the lexicon.

    ``vowelled`` is the lemma as a dictionary prints it, ``form`` its surface form,
    ``category`` is ``noun`` or ``verb``; ``root`` is empty where there is none. ``key``
    is the form and, but for the most frequent lemma of that form, ``:`` and a number.
    ``plurals`` are the broken ones, with their vowels.
    """

    vowelled: str
    category: str
    form: str
    key: str
    root: str
    plurals: tuple[str, ...]

    def cite(self, form: str) -> str:
        """The lemma or the broken plural of it that has this surface form, or ``""``.

        As a dictionary prints it.
        """
        if form == self.form:
            return self.vowelled
        return next((each for each in self.plurals if fold(each) == form), "")


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
        # What tells this lexicon from every other.
        self.digest = content_digest(self.stamp)
        is_whole = self.digest == self.stamp.get("digest")
        if found != self.stamp.get("checksums") or not is_whole:
            raise ValueError(f"The lexicon in {folder} is damaged.")
        proclitics, enclitics = (
            [Clitic(letters, tuple(classes), lam) for letters, classes, lam in clitics]
            for clitics in (self.stamp["proclitics"], self.stamp["enclitics"])
        )
        self.proclitics = frozenset(each.letters for each in proclitics) - {""}
        self._readings = Readings(arrays, proclitics, enclitics)
        self._arrays = arrays

    def lemmas_of(
        self, forms: Sequence[str], words: Sequence[str]
    ) -> list[tuple[int, ...]]:
        """The numbers of the lemmas of each surface form, the likeliest first.

        *words* are the forms as they are printed. Those under ``LEAST_WEIGHT`` are left
        out, but the likeliest; a form that the lexicon does not know has none.
        """
        weighed = drop_unlikely(self._readings.weigh(forms, words))
        bounds = np.searchsorted(weighed.forms, np.arange(len(forms) + 1)).tolist()
        lemmas = weighed.lemmas.tolist()
        return [tuple(lemmas[first:last]) for first, last in pairwise(bounds)]

    def starts(self, forms: Sequence[str]) -> list[set[int]]:
        """The letters before the stem of each surface form, in its readings.

        Without the readings that ``lemmas_of`` leaves out.
        """
        candidates, weights = self._readings.list(forms)
        kept = list(map(frozenset, self.lemmas_of(forms, forms)))
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
        weighed = self._readings.weigh([form], [display_form(word)])
        weights = dict(zip(weighed.lemmas.tolist(), weighed.weights, strict=True))
        bare = self._readings.weigh_bare(form)
        if not any(weights.get(lemma, 0.0) >= LEAST_WEIGHT for lemma in bare):
            # All that annotated text has of it begins with a proclitic.
            for lemma, weight in bare.items():
                weights[lemma] = max(weights.get(lemma, 0.0), weight * BARE_WEIGHT)
        has_vowels = bool(diacritized_form(word))
        for lemma in bare:
            of = self.lemma(lemma)
            if of.form == form or (has_vowels and of.cite(form)):
                weights[lemma] = max(weights.get(lemma, 0.0), LEAST_DICTIONARY_WEIGHT)
        lemmas = sorted(weights)
        favor = [self._favor(word, lemma, lemma in bare) for lemma in lemmas]
        asked = np.array([weights[lemma] for lemma in lemmas])
        asked *= favor if any(favor) else 1.0
        kept = drop_unlikely(
            share(np.zeros(len(lemmas), np.int64), np.array(lemmas, np.int64), asked)
        )
        return tuple(kept.lemmas.tolist())

    def dictionary_lemmas(self, word: str) -> tuple[int, ...]:
        """The lemmas that *word* may be looked up for.

        The most frequent first; with typed vowels, those first that are asked for.
        Beside those that are asked for, they are those that it is read as in texts, and
        others of which it is the dictionary form or a broken plural, where annotated
        text has them and typed letters and vowels allow them.
        """
        form = fold(word)
        frequency = self._arrays["lemma_weights"]
        lemmas = {
            lemma
            for lemma in self._readings.weigh_bare(form)
            if frequency[lemma] >= LEAST_FREQUENCY and self.lemma(lemma).cite(form)
        }
        lemmas.update(self.uncut(display_form(word)))
        allowed = {lemma for lemma in lemmas if self._favor(word, lemma, True) >= 1}
        asked = self.asked(word)
        ordered = sorted({*allowed, *asked}, key=lambda each: (-frequency[each], each))
        first = asked if diacritized_form(word) else ()
        return tuple(dict.fromkeys((*first, *ordered)))

    def lemmas_of_root(self, root: str) -> tuple[int, ...]:
        """The lemmas that have *root*, the most frequent first; the rare are left out.

        Those that are as frequent as ``LEAST_FREQUENCY``.
        """
        lemmas = self._arrays["root_lemmas"]

        def root_of(number: int) -> str:
            return self.lemma(number).root

        first = bisect_left(lemmas, root, key=root_of)
        last = bisect_right(lemmas, root, lo=first, key=root_of)
        return tuple(lemmas[first:last].tolist())

    def uncut(self, word: str) -> tuple[int, ...]:
        """The lemmas of a printed *word* that it has not by clitics alone.

        و, ف and ال stand before words that are typed, but not before particles.
        """
        form = fold(word)
        [lemmas] = self.lemmas_of([form], [word])
        cut = self._readings.find_cut(form)
        bare = self._readings.weigh_bare(form)
        frequency = self._arrays["lemma_weights"]
        return tuple(
            lemma
            for lemma in lemmas
            if lemma not in cut
            and (lemma in bare or frequency[lemma] < PARTICLE_FREQUENCY)
        )

    def _favor(self, word: str, number: int, is_bare: bool) -> float:
        """How much likelier a lemma is because *word* is asked for.

        *is_bare* tells whether it can be read without a proclitic.
        """
        lemma, form = self.lemma(number), fold(word)
        cited = lemma.cite(form)
        if not cited:
            return 1.0 if is_bare else PROCLITIC_WEIGHT
        vowels = diacritized_form(word), diacritized_form(cited)
        if not are_compatible(*vowels):
            return 0.0
        if lemma.form != form and not vowels[0]:
            return 1.0
        letters = without_diacritics(word), without_diacritics(cited)
        if letters[0] == letters[1]:
            same = SAME_VOWELS_WEIGHT if vowels[0] and vowels[0] == vowels[1] else 1
            return DICTIONARY_FORM_WEIGHT * SAME_LETTERS_WEIGHT * same
        if contradicts(*letters):
            return AGAINST_PRINT
        return DICTIONARY_FORM_WEIGHT

    def lemma(self, number: int) -> Lemma:
        """The lemma with a number."""
        start, stop = self._arrays["text_starts"][number : number + 2].tolist()
        text = self._arrays["texts"][start:stop].tobytes().decode()
        vowelled, category, form, key, root, plurals = text.split(_FIELDS)
        return Lemma(vowelled, category, form, key, root, tuple(plurals.split()))
