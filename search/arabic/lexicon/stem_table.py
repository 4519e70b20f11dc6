"""The table of stems: the lemmas of each, and how each lemma is inflected there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from search.arabic.lexicon.packing import Array
from search.arabic.lexicon.segmentation import Cuts


def expand_ranges(first: Array, last: Array) -> tuple[Array, Array]:
    """Each number from *first* to before *last*: the index of its range, the number.

    >>> owners, numbers = expand_ranges(np.array([5, 9]), np.array([7, 10]))
    >>> owners.tolist(), numbers.tolist()
    ([0, 0, 1], [5, 6, 9])
    """
    counts = last - first
    owners = np.repeat(np.arange(counts.size), counts)
    before = np.cumsum(counts) - counts
    return owners, np.arange(owners.size) - before[owners] + first[owners]


class Candidates(NamedTuple):
    """Readings of some forms before they are weighed: parallel arrays int64[n].

    ``seats`` has the bits of ``printed.seats_of``, 0 where they are not known.
    """

    forms: Array
    lemmas: Array
    profiles: Array
    attachments: Array
    starts: Array
    seats: Array


@dataclass(frozen=True, slots=True)
class StemTable:
    """Stems with their lemmas.

    ``keys``: packed stems, uint64[n_stems], ascending and distinct.
    ``firsts``: for each stem its first row, and the end: int64[n_stems + 1].
    ``lemmas``, ``profiles``, ``seats``: parallel rows, int[n_rows]; the inflections of
    a row are those of its profile, its printed letters agree with its seats.
    """

    keys: Array
    firsts: Array
    lemmas: Array
    profiles: Array
    seats: Array

    def expand(self, cuts: Cuts) -> Candidates:
        """The readings of each cut, one for each lemma of its stem."""
        first = self.firsts[cuts.stems].astype(np.int64)
        last = self.firsts[cuts.stems + 1].astype(np.int64)
        owners, rows = expand_ranges(first, last)
        return Candidates(
            cuts.forms[owners],
            self.lemmas[rows].astype(np.int64),
            self.profiles[rows].astype(np.int64),
            cuts.attachments[owners],
            cuts.starts[owners],
            self.seats[rows],
        )
