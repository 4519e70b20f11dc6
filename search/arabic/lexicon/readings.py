"""Weighing readings: which lemmas some forms may be of, and how likely each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from search.arabic.lexicon.clitics import Clitic
from search.arabic.lexicon.packing import LETTERS, Array, PackedForms
from search.arabic.lexicon.printed import agreement, is_telling
from search.arabic.lexicon.segmentation import Segmenter
from search.arabic.lexicon.stem_table import Candidates, StemTable, expand_ranges

# What readers leave before a word that they look for.
TYPED: Final = frozenset({"", "و", "ف", "ال", "وال", "فال"})
# What the counts of annotated text weigh against the likelihood of a reading: as many
# words as this.
PRIOR_COUNT: Final = 3.0
# Readings of a form that are less likely than this are dropped, but the likeliest.
LEAST_WEIGHT: Final = 0.1
# How frequent a lemma is that is offered beside a likelier one.
LEAST_FREQUENCY: Final = 1e-6
# How likely a word is that the lexicon lacks, if all letters are equally likely: what
# is less likely as a reading with clitics is none (كاضمي is not ك, أضم and ي).
_UNKNOWN_WORD: Final = 1e-4
_EQUAL_LETTERS: Final = 1 / len(LETTERS)
# Where so little is left of the counted readings of a form after its printed letters
# have spoken, it is another word than the one that was counted: آن is not أن.
_LEAST_LEFT: Final = 0.1


class Weighed(NamedTuple):
    """Readings of forms: parallel arrays of forms, lemmas and weights.

    Forms and lemmas by number; the weights are shares of the readings of the form.
    """

    forms: Array
    lemmas: Array
    weights: Array


class Listed(NamedTuple):
    """Readings before they are weighed, and how likely the inflection of each is.

    ``weights`` is float[n]; 0 where stem and clitics do not agree.
    """

    candidates: Candidates
    weights: Array


class Readings:
    """The readings of forms, weighed by the *arrays* of a compiled lexicon."""

    def __init__(
        self,
        arrays: Mapping[str, Array],
        proclitics: Sequence[Clitic],
        enclitics: Sequence[Clitic],
    ) -> None:
        self._arrays = arrays
        self._segmenter = Segmenter(arrays["keys"], proclitics, enclitics)
        columns = "keys", "firsts", "stem_lemmas", "profiles", "seats"
        self._table = StemTable(*map(arrays.__getitem__, columns))

    def list(self, packed: PackedForms) -> Listed:
        """All readings of *packed* forms."""
        candidates = self._table.expand(self._segmenter.cut(packed))
        weights: Array = self._arrays["profile_weights"][
            candidates.profiles, candidates.attachments
        ]
        return Listed(candidates, weights)

    def has_enclitic(self, candidates: Candidates) -> Array:
        """Whether each of *candidates* has an enclitic: bool[n]."""
        return self._segmenter.has_enclitic(candidates.attachments)

    def weigh(
        self, packed: PackedForms, words: Sequence[str], listed: Listed | None = None
    ) -> Weighed:
        """The readings of *packed* forms: as annotated text has them, else likely ones.

        *words* are the forms as they are printed, which makes some unlikely. *listed*
        are all readings, where they are known; else few are needed.
        """
        counted = self._find_counted(packed)
        is_counted = np.zeros(len(words), bool)
        is_counted[counted.forms] = True
        is_telling_ = np.fromiter(map(is_telling, words), bool, len(words))
        if listed:
            likely, possible = self._weigh_likely(packed, words, listed)
        else:
            cut = np.flatnonzero((~is_counted | is_telling_) & (packed.lengths > 0))
            needed = packed.take(cut)
            likely, possible = self._weigh_likely(
                needed, [words[each] for each in cut.tolist()], self.list(needed)
            )
            likely = likely._replace(forms=cut[likely.forms])
        counted, is_other = _against_print(
            counted, likely, possible, is_counted & is_telling_
        )
        replaced = ~is_counted | is_other
        kept = ~is_other[counted.forms]
        by_likelihood = replaced[likely.forms]
        return share(
            np.concatenate((counted.forms[kept], likely.forms[by_likelihood])),
            np.concatenate((counted.lemmas[kept], likely.lemmas[by_likelihood])),
            np.concatenate((counted.weights[kept], likely.weights[by_likelihood])),
        )

    def _find_counted(self, packed: PackedForms) -> Weighed:
        """The shares of the readings of forms that annotated text has."""
        numbers, keys = packed.whole(), self._arrays["form_keys"]
        at = np.minimum(np.searchsorted(keys, numbers), keys.size - 1)
        counted = np.flatnonzero((numbers > 0) & (keys[at] == numbers))
        first = self._arrays["form_firsts"][at[counted]].astype(np.int64)
        last = self._arrays["form_firsts"][at[counted] + 1].astype(np.int64)
        owners, rows = expand_ranges(first, last)
        return Weighed(
            counted[owners],
            self._arrays["form_lemmas"][rows].astype(np.int64),
            self._arrays["form_weights"][rows].astype(np.float64),
        )

    def _weigh_likely(
        self, packed: PackedForms, words: Sequence[str], listed: Listed
    ) -> tuple[Weighed, Array]:
        """The *listed* readings by the likelihood of lemma and inflection.

        With what print makes of it, and the likelihood without that: float64[n].
        """
        candidates, weights = listed
        weights = weights * self._arrays["lemma_weights"][candidates.lemmas]
        lengths = packed.lengths[candidates.forms]
        has_enclitic = self._segmenter.has_enclitic(candidates.attachments)
        is_cut = has_enclitic | (candidates.starts > 0)
        weights[is_cut & (weights < _UNKNOWN_WORD * _EQUAL_LETTERS**lengths)] = 0
        agrees = agreement(words, candidates, has_enclitic)
        return (
            Weighed(candidates.forms, candidates.lemmas, weights * agrees),
            weights.astype(np.float64),
        )


def _against_print(
    counted: Weighed, likely: Weighed, possible: Array, is_telling_form: Array
) -> tuple[Weighed, Array]:
    """*counted*, less what printed letters make unlikely, and the forms to read anew.

    *possible* has the likelihood of each of *likely* before its letters count;
    *is_telling_form* the forms with telling letters: bool[n_forms]. A share is
    multiplied by how likely the letters are in that reading.
    """
    at = np.flatnonzero(is_telling_form[counted.forms])
    factors = np.ones(counted.forms.size)
    if at.size:
        n_lemmas = int(max(counted.lemmas.max(), likely.lemmas.max(initial=0))) + 1
        wanted = counted.forms[at] * n_lemmas + counted.lemmas[at]
        read = likely.forms * n_lemmas + likely.lemmas
        factors[at] = _ratio(read, likely.weights, possible, wanted)
    weights = counted.weights * factors
    left = np.bincount(counted.forms, weights, is_telling_form.size)
    return counted._replace(weights=weights), is_telling_form & (left < _LEAST_LEFT)


def _ratio(keys: Array, parts: Array, wholes: Array, wanted: Array) -> Array:
    """For each key *wanted*, its sum of *parts* by that of *wholes*; 1 where none has.

    >>> _ratio(
    ...     np.array([5, 5, 7]), np.array([1.0, 1.0, 0.5]), np.array([1.0, 3.0, 1.0]),
    ...     np.array([5, 6, 7]),
    ... )
    array([0.5, 1. , 0.5])
    """
    distinct, at = np.unique(keys, return_inverse=True)
    whole = np.bincount(at, wholes, distinct.size)
    ratios = np.bincount(at, parts, distinct.size) / np.where(whole > 0, whole, 1)
    ratios[whole == 0] = 1
    place = np.searchsorted(distinct, wanted)
    found = np.append(distinct, -1)[place] == wanted
    return np.where(found, np.append(ratios, 1.0)[place], 1.0)


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


def drop_unlikely(weighed: Weighed) -> Weighed:
    """The readings that are not under ``LEAST_WEIGHT``, and the likeliest of each form.

    Sorted by form and then by weight, the greatest first.
    """
    order = np.lexsort((weighed.lemmas, -weighed.weights, weighed.forms))
    forms, lemmas, weights = (each[order] for each in weighed)
    is_first = np.ones(forms.size, bool)
    is_first[1:] = forms[1:] != forms[:-1]
    kept = is_first | (weights >= LEAST_WEIGHT)
    return Weighed(forms[kept], lemmas[kept], weights[kept])
