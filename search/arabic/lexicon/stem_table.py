"""The table of stems: the lemmas of each, and how each lemma is inflected there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from search.arabic.lexicon.packing import Array
from search.arabic.lexicon.segmentation import Cuts
from search.arabic.lexicon.stems import Rows


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
    """Readings of some forms before they are weighed: parallel arrays int64[n]."""

    forms: Array
    lemmas: Array
    profiles: Array
    attachments: Array
    starts: Array


@dataclass(frozen=True, slots=True)
class StemTable:
    """Stems with their lemmas.

    ``keys``: packed stems, uint64[n_stems], ascending and distinct.
    ``firsts``: for each stem its first row, and the end: int64[n_stems + 1].
    ``lemmas``, ``profiles``: parallel rows, int[n_rows]; the inflections of a row are
    those of its profile.
    """

    keys: Array
    firsts: Array
    lemmas: Array
    profiles: Array

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
        )


@dataclass(frozen=True, slots=True)
class Profiles:
    """Sets of inflections: CSR arrays int64, and the number of profiles."""

    inflections: Array
    firsts: Array

    def expand(self, profiles: Array) -> tuple[Array, Array]:
        """Each of *profiles* with each of its inflections: indexes, inflections."""
        owners, at = expand_ranges(self.firsts[profiles], self.firsts[profiles + 1])
        return owners, self.inflections[at]


def build_table(rows: Rows, lemma_of: Array, other: int) -> tuple[StemTable, Profiles]:
    """The table of *rows*, whose lemmas are renumbered by *lemma_of*.

    The last profile has the inflection *other* alone.
    """
    known = rows.keys > 0
    keys, inflections = rows.keys[known], rows.inflections[known]
    lemmas = lemma_of[rows.lemmas[known]]
    order = np.lexsort((inflections, lemmas, keys))
    keys, lemmas, inflections = keys[order], lemmas[order], inflections[order]
    is_new = _differs(keys) | _differs(lemmas)
    distinct = is_new | _differs(inflections)
    keys, lemmas, inflections, is_new = (
        each[distinct] for each in (keys, lemmas, inflections, is_new)
    )
    starts = np.flatnonzero(is_new)
    profiles, sets = _number_sets(inflections, starts)
    sets.append(np.array([other], np.uint16).tobytes())
    return _index(keys[starts], lemmas[starts], profiles), _pack_sets(sets)


def _differs(values: Array) -> Array:
    """Whether each value is not the one before it: bool[n]."""
    differs = np.ones(values.size, bool)
    differs[1:] = values[1:] != values[:-1]
    return differs


def _number_sets(inflections: Array, starts: Array) -> tuple[Array, list[bytes]]:
    """The number of the set of inflections of each row, and the sets as uint16."""
    data = inflections.astype(np.uint16).tobytes()
    bounds = [*(2 * starts).tolist(), len(data)]
    numbers: dict[bytes, int] = {}
    profiles = [
        numbers.setdefault(data[first:last], len(numbers))
        for first, last in pairwise(bounds)
    ]
    return np.array(profiles), list(numbers)


def _pack_sets(sets: Sequence[bytes]) -> Profiles:
    sizes = [len(each) // 2 for each in sets]
    inflections = np.frombuffer(b"".join(sets), np.uint16).astype(np.int64)
    return Profiles(inflections, np.concatenate(([0], np.cumsum(sizes))))


def _index(keys: Array, lemmas: Array, profiles: Array) -> StemTable:
    distinct = np.flatnonzero(_differs(keys))
    firsts = np.append(distinct, keys.size)
    return StemTable(keys[distinct], firsts, lemmas, profiles)


def add_rows(table: StemTable, keys: Array, lemmas: Array, profile: int) -> StemTable:
    """*table* with more rows of one profile."""
    counts = np.diff(table.firsts)
    all_keys = np.concatenate((np.repeat(table.keys, counts), keys))
    order = np.argsort(all_keys, kind="stable")
    return _index(
        all_keys[order],
        np.concatenate((table.lemmas, lemmas))[order],
        np.concatenate((table.profiles, np.full(keys.size, profile)))[order],
    )
