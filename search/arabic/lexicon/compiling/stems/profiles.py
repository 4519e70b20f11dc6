"""Rows of stems to the table of stems, with sets of inflections as profiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from search.arabic.lexicon.compiling.stems.rows import Rows
from search.arabic.lexicon.packing import Array
from search.arabic.lexicon.stem_table import StemTable, expand_ranges

# More than there are: they are stored in 16 bits.
_MOST_INFLECTIONS: Final = 1 << 16


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
    # As one number, because sorting by two is faster than by three.
    order = np.lexsort((lemmas * _MOST_INFLECTIONS + inflections, keys))
    keys, lemmas, inflections = keys[order], lemmas[order], inflections[order]
    seats = rows.seats[known][order]
    is_new = _differs(keys) | _differs(lemmas)
    any_seat = np.bitwise_or.reduceat(seats, np.flatnonzero(is_new))
    distinct = is_new | _differs(inflections)
    keys, lemmas, inflections, is_new = (
        each[distinct] for each in (keys, lemmas, inflections, is_new)
    )
    starts = np.flatnonzero(is_new)
    profiles, sets = _number_sets(inflections, starts)
    sets.append(np.array([other], np.uint16).tobytes())
    table = _index(keys[starts], lemmas[starts], profiles, any_seat)
    return table, _pack_sets(sets)


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


def _index(keys: Array, lemmas: Array, profiles: Array, seats: Array) -> StemTable:
    distinct = np.flatnonzero(_differs(keys))
    firsts = np.append(distinct, keys.size)
    return StemTable(keys[distinct], firsts, lemmas, profiles, seats)


def add_rows(
    table: StemTable, keys: Array, lemmas: Array, profiles: Array
) -> StemTable:
    """*table* with more rows, whose seats are not known."""
    counts = np.diff(table.firsts)
    all_keys = np.concatenate((np.repeat(table.keys, counts), keys))
    order = np.argsort(all_keys, kind="stable")
    return _index(
        all_keys[order],
        np.concatenate((table.lemmas, lemmas))[order],
        np.concatenate((table.profiles, profiles))[order],
        np.concatenate((table.seats, np.zeros(keys.size, np.uint8)))[order],
    )
