"""Looking up forms: the lemmas of each, weighed, from the compiled lexicon."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from search.arabic.lexicon.clitics import Clitic
from search.arabic.lexicon.packing import LETTERS, Array, pack
from search.arabic.lexicon.segmentation import Segmenter
from search.arabic.lexicon.stem_table import StemTable

STAMP: Final = "stamp.json"
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
# How likely a word is that the lexicon lacks, if all letters are equally likely: what
# is less likely as a reading is none (كاضمي is not ك, أضم and ي).
_UNKNOWN_WORD: Final = 1e-4
_EQUAL_LETTERS: Final = 1 / len(LETTERS)
_FIELDS: Final = "\t"


@dataclass(frozen=True, slots=True)
class Lemma:
    """An entry of the lexicon.

    ``vowelled`` is the lemma as a dictionary prints it, ``form`` its surface form,
    ``category`` is ``noun`` or ``verb``; ``root`` is empty where there is none.
    """

    vowelled: str
    category: str
    form: str
    root: str


class Reading(NamedTuple):
    """A lemma that a form may be of: its number, and its share of the readings."""

    lemma: int
    weight: float


class Weighed(NamedTuple):
    """The readings of some forms: parallel arrays, sorted by form and lemma."""

    forms: Array
    lemmas: Array
    weights: Array


class Lexicon:
    """The compiled lexicon in *folder*, whose arrays are mapped to memory."""

    def __init__(self, folder: Path) -> None:
        self.stamp = json.loads((folder / STAMP).read_text("utf-8"))
        arrays = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in ARRAYS
        }
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

    def readings(self, forms: Sequence[str]) -> list[list[Reading]]:
        """The readings of each surface form, by the numbers of their lemmas.

        Those under ``LEAST_WEIGHT`` are left out, but the likeliest; a form that the
        lexicon does not know has none.
        """
        counted = [self._counted(form) for form in forms]
        unseen = [at for at, found in enumerate(counted) if found is None]
        weighed = self._weigh([forms[at] for at in unseen])
        readings = [found or [] for found in counted]
        for form, lemma, weight in zip(*map(list, weighed), strict=True):
            readings[unseen[form]].append(Reading(int(lemma), float(weight)))
        return [_drop_unlikely(each) for each in readings]

    def starts(self, forms: Sequence[str]) -> list[set[int]]:
        """The letters before the stem of each surface form, in its readings.

        Without the readings that ``readings`` leaves out.
        """
        candidates = self._table.expand(self._segmenter.cut(forms))
        weights = self._arrays["profile_weights"][
            candidates.profiles, candidates.attachments
        ]
        kept = [{reading.lemma for reading in each} for each in self.readings(forms)]
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

    def asked(self, form: str) -> list[Reading]:
        """The readings of a word that is asked for.

        A reader who searches types dictionary forms: where يومي is a lemma, it is not
        يوم with a pronoun.
        """
        counted = self._counted(form)
        if counted is None:
            weighed = self._weigh([form])
            counted = [
                Reading(int(lemma), float(weight))
                for lemma, weight in zip(weighed.lemmas, weighed.weights, strict=True)
            ]
        weights = [
            weight * (DICTIONARY_FORM_WEIGHT if self.lemma(lemma).form == form else 1)
            for lemma, weight in counted
        ]
        total = sum(weights)
        return _drop_unlikely(
            [
                Reading(lemma, weight / total)
                for (lemma, _share), weight in zip(counted, weights, strict=True)
            ]
        )

    def lemma(self, number: int) -> Lemma:
        """The lemma with a number."""
        start, stop = self._arrays["text_starts"][number : number + 2].tolist()
        text = self._arrays["texts"][start:stop].tobytes().decode()
        return Lemma(*text.split(_FIELDS))

    def _counted(self, form: str) -> list[Reading] | None:
        """The readings of a form that annotated text has; None if it has not."""
        key = pack(form)
        keys = self._arrays["form_keys"]
        at = int(np.searchsorted(keys, np.uint64(key))) if key else keys.size
        if at == keys.size or keys[at] != key:
            return None
        start, stop = self._arrays["form_firsts"][at : at + 2].tolist()
        lemmas = self._arrays["form_lemmas"][start:stop].tolist()
        weights = self._arrays["form_weights"][start:stop].tolist()
        return list(map(Reading, lemmas, weights))

    def _weigh(self, forms: Sequence[str]) -> Weighed:
        candidates = self._table.expand(self._segmenter.cut(forms))
        weights = self._arrays["profile_weights"][
            candidates.profiles, candidates.attachments
        ]
        weights = weights * self._arrays["lemma_weights"][candidates.lemmas]
        lengths = np.array([len(form) for form in forms])[candidates.forms]
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


def _drop_unlikely(readings: list[Reading]) -> list[Reading]:
    most = max((reading.weight for reading in readings), default=0.0)
    least = min(LEAST_WEIGHT, most)
    return [reading for reading in readings if reading.weight >= least]
