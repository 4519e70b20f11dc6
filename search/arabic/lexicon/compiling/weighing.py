"""How likely a reading is: of its lemma, and of its inflection with its clitics.

A reading weighs P(lemma) x P(inflection, clitics). The first comes from counts in
annotated text; the second is found by expectation maximization (Dempster, Laird and
Rubin 1977) over the inflections that an annotated form can have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from search.arabic.lexicon.compiling.inflections import Inflection
from search.arabic.lexicon.compiling.stems.profiles import Profiles
from search.arabic.lexicon.packing import Array
from search.arabic.lexicon.segmentation import Segmenter
from search.arabic.lexicon.stem_table import Candidates

_ROUNDS: Final = 4
# The likelihood of an inflection that agrees and was never seen with such clitics.
_UNSEEN: Final = 1e-6


class Targets(NamedTuple):
    """What was counted: the form, the lemma, and how often; parallel arrays.

    Sorted by form and lemma.
    """

    forms: Array
    lemmas: Array
    counts: Array


def agreement(inflections: Sequence[Inflection], segmenter: Segmenter) -> Array:
    """Whether each inflection can have clitics of each attachment.

    bool[n_inflections, n_attachments]
    """
    agrees = [
        [
            any(
                inflection.takes(proclitic, enclitic)
                for proclitic in proclitics
                for enclitic in enclitics
            )
            for proclitics in segmenter.proclitic_sets
            for enclitics in segmenter.enclitic_sets
        ]
        for inflection in inflections
    ]
    return np.array(agrees)


def weigh_inflections(
    candidates: Candidates, profiles: Profiles, agrees: Array, targets: Targets
) -> Array:
    """P(inflection, attachment) where they agree, else 0.

    float64[n_inflections, n_attachments]. *candidates* are the readings of the forms
    of *targets*.
    """
    n_lemmas = int(max(candidates.lemmas.max(), targets.lemmas.max())) + 1
    wanted = targets.forms * n_lemmas + targets.lemmas
    read = candidates.forms * n_lemmas + candidates.lemmas
    at = np.minimum(np.searchsorted(wanted, read), wanted.size - 1)
    counted = np.flatnonzero(wanted[at] == read)
    owners, inflections = profiles.expand(candidates.profiles[counted])
    attachments = candidates.attachments[counted][owners]
    events = inflections * agrees.shape[1] + attachments
    possible = agrees.ravel()[events]
    events, groups = events[possible], at[counted][owners][possible]
    # By the logarithm, so that a few words do not decide for all.
    masses = np.log1p(targets.counts)
    likelihood = np.ones(agrees.size)
    for _round in range(_ROUNDS):
        each = likelihood[events] + _UNSEEN * 1e-3
        sums = np.bincount(groups, each, wanted.size)
        expected = np.bincount(
            events, masses[groups] * each / sums[groups], agrees.size
        )
        likelihood = expected / expected.sum()
    return likelihood.reshape(agrees.shape)


def weigh_profiles(profiles: Profiles, likelihood: Array, agrees: Array) -> Array:
    """P(any inflection of a profile, attachment): float32[n_profiles, n_attachments].

    0 where none agrees.
    """
    count = profiles.firsts.size - 1
    owners, inflections = profiles.expand(np.arange(count))
    weights = np.zeros((count, agrees.shape[1]))
    np.add.at(weights, owners, likelihood[inflections])
    possible = np.zeros(weights.shape, bool)
    np.logical_or.at(possible, owners, agrees[inflections])
    return np.where(possible, weights + _UNSEEN, 0).astype(np.float32)
