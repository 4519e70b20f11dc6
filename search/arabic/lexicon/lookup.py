"""Looking up forms: the lemmas of each, weighed, from the compiled lexicon."""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from search.arabic.lexicon.clitics import Clitic
from search.arabic.lexicon.location import STAMP, content_digest, read_stamp
from search.arabic.lexicon.packing import Array, PackedForms
from search.arabic.lexicon.readings import (
    TYPED,
    Readings,
    Weighed,
    drop_unlikely,
)
from search.arabic.lexicon.stem_table import Candidates
from search.arabic.normalize import fold

# The arrays of a compiled lexicon; each is a file of NumPy's.
ARRAYS: Final = (
    "keys", "firsts", "stem_lemmas", "profiles", "seats", "profile_weights",
    "lemma_weights", "root_lemmas",
    "form_keys", "form_firsts", "form_lemmas", "form_weights", "texts", "text_starts",
)  # fmt: skip
_FIELDS: Final = "\t"
# Lemmas that are cached once read, at some 700 bytes each.
CACHED_LEMMAS: Final = 10_000


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


class Possible:
    """What speaks for a lemma that a form may be of.

    ``share`` is how likely texts have the form as it; ``starts`` where its stem may
    begin; ``bare`` how likely it is by inflection without a proclitic, 0 where it has
    one; ``is_whole`` whether it may have no clitics but for و, ف and ال, and ``is_cut``
    whether it may have others.
    """

    __slots__ = ("bare", "is_cut", "is_whole", "share", "starts")

    def __init__(self, share: float = 0.0, starts: Iterable[int] = ()) -> None:
        self.share = share
        self.starts = set(starts)
        self.bare = 0.0
        self.is_whole = self.is_cut = False


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
        self.readings = Readings(arrays, proclitics, enclitics)
        # How often annotated text has each lemma, as a share of its words: float32[n].
        self.frequencies = arrays["lemma_weights"]
        self._arrays = arrays

    def lemmas_of(
        self, forms: Sequence[str], words: Sequence[str]
    ) -> list[tuple[int, ...]]:
        """The numbers of the lemmas of each surface form, the likeliest first.

        *words* are the forms as they are printed. Those under ``LEAST_WEIGHT`` are left
        out, but the likeliest; a form that the lexicon does not know has none.
        """
        weighed = drop_unlikely(self.readings.weigh(PackedForms.of(forms), words))
        bounds = np.searchsorted(weighed.forms, np.arange(len(forms) + 1)).tolist()
        lemmas = weighed.lemmas.tolist()
        return [tuple(lemmas[first:last]) for first, last in pairwise(bounds)]

    def starts(self, forms: Sequence[str]) -> list[set[int]]:
        """The letters before the stem of each surface form, in its readings.

        Without the readings that ``lemmas_of`` leaves out.
        """
        candidates, weights = self.readings.list(PackedForms.of(forms))
        kept = list(map(frozenset, self.lemmas_of(forms, forms)))
        starts = [
            set(self._before_lemmas(form, lemmas))
            for form, lemmas in zip(forms, kept, strict=True)
        ]
        for form, lemma, start in _iter_possible(candidates, weights):
            if lemma in kept[form]:
                starts[form].add(start)
        return starts

    def possible(
        self, forms: Sequence[str], words: Sequence[str], least_frequency: float = 0.0
    ) -> list[dict[int, Possible]]:
        """All lemmas that each surface form may be of, the unlikely ones too.

        *words* are the forms as they are printed, without diacritics. Lemmas that are
        less frequent than *least_frequency* are left out where texts don't have them.
        """
        if not forms:
            return []
        packed = PackedForms.of(forms)
        listed = self.readings.list(packed)
        weighed = self.readings.weigh(packed, words, listed)
        found: list[dict[int, Possible]] = [{} for _form in forms]
        for form, lemma, weight in zip(
            *(column.tolist() for column in weighed), strict=True
        ):
            starts = self._before_lemmas(forms[form], [lemma])
            found[form][lemma] = Possible(weight, starts)
        candidates, weights = listed
        if least_frequency:
            weights = self._without_rare(candidates, weights, weighed, least_frequency)
        likely = (weights * self.frequencies[candidates.lemmas])[weights > 0].tolist()
        has_enclitic = self.readings.has_enclitic(candidates)[weights > 0].tolist()
        for (form, lemma, start), weight, is_cut in zip(
            _iter_possible(candidates, weights), likely, has_enclitic, strict=True
        ):
            each = found[form].setdefault(lemma, Possible())
            each.starts.add(start)
            each.bare += 0.0 if start else weight
            if is_cut or forms[form][:start] not in TYPED:
                each.is_cut = True
            else:
                each.is_whole = True
        return found

    def _without_rare(
        self, candidates: Candidates, weights: Array, weighed: Weighed, least: float
    ) -> Array:
        """The *weights* of candidates, 0 for rare lemmas that are not *weighed*."""
        n_lemmas = self.frequencies.size
        keys = candidates.forms * n_lemmas + candidates.lemmas
        read = np.isin(keys, weighed.forms * n_lemmas + weighed.lemmas)
        is_frequent = self.frequencies[candidates.lemmas] >= least
        return np.where(is_frequent | read, weights, 0)

    def _before_lemmas(self, form: str, lemmas: Iterable[int]) -> Iterator[int]:
        """Where *form* is proclitics and one of *lemmas* as a dictionary has it."""
        for lemma in lemmas:
            at = form.find(self.lemma(lemma).form)
            if at == 0 or (at > 0 and form[:at] in self.proclitics):
                yield at

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

    def lemma(self, number: int) -> Lemma:
        """The lemma with a number, cached."""
        return _read_lemma(self, number)

    def read_lemma(self, number: int) -> Lemma:
        """The lemma with a number."""
        start, stop = self._arrays["text_starts"][number : number + 2].tolist()
        text = self._arrays["texts"][start:stop].tobytes().decode()
        vowelled, category, form, key, root, plurals = text.split(_FIELDS)
        return Lemma(vowelled, category, form, key, root, tuple(plurals.split()))


def _iter_possible(
    candidates: Candidates, weights: Array
) -> Iterator[tuple[int, int, int]]:
    """The form, the lemma and the start of each of *candidates* that has a weight."""
    possible = weights > 0
    columns = candidates.forms, candidates.lemmas, candidates.starts
    yield from zip(*(column[possible].tolist() for column in columns), strict=True)


@lru_cache(CACHED_LEMMAS)
def _read_lemma(lexicon: Lexicon, number: int) -> Lemma:
    return lexicon.read_lemma(number)
