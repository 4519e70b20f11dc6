"""Sorted arrays of numbers, and spans of them.

NumPy's own ``unique`` and what is made of it load its masked arrays at the first call,
which takes longer than a search.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from operator import ne
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def narrow(values: Array) -> Array:
    """*values*, none below zero, in the smallest unsigned type that holds them.

    >>> narrow(np.array([1, 300])).dtype
    dtype('uint16')
    """
    top = int(values.max()) if values.size else 0
    return values.astype(np.min_scalar_type(top), copy=False)


def distinct(numbers: Array) -> Array:
    """The different ones among *numbers*, ascending.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    return count_runs(np.sort(numbers))[0]


def count_runs(numbers: Array) -> tuple[Array, Array]:
    """The different ones among the sorted *numbers*, and how often each is there.

    >>> [found.tolist() for found in count_runs(np.array([1, 3, 3]))]
    [[1, 3], [1, 2]]
    """
    first = run_starts(numbers)
    return numbers[first], run_lengths(first, numbers.size)


def run_starts(numbers: Array) -> Array:
    """Where in the sorted *numbers* another one begins.

    >>> run_starts(np.array([1, 3, 3])).tolist()
    [0, 1]
    """
    begins = np.ones(numbers.size, bool)
    np.not_equal(numbers[1:], numbers[:-1], out=begins[1:])
    return begins.nonzero()[0]


def string_run_starts(strings: Sequence[bytes]) -> Array:
    """Where among *strings*, whose equals are neighbors, another one begins.

    >>> string_run_starts([b"a", b"c", b"c"]).tolist()
    [0, 1]
    """
    begins = np.ones(len(strings), bool)
    differ = map(ne, islice(strings, 1, None), strings)
    begins[1:] = np.fromiter(differ, bool, max(len(strings) - 1, 0))
    return begins.nonzero()[0]


def run_lengths(first: Array, end: int) -> Array:
    """How far it is from each of *first* to the next, and from the last to *end*.

    >>> run_lengths(np.array([0, 2, 3]), 7).tolist()
    [2, 1, 4]
    """
    found = np.empty(first.size, np.intp)
    if first.size:
        np.subtract(first[1:], first[:-1], out=found[:-1])
        found[-1] = end - first[-1]
    return found


def concat_ranges(starts: Array, stops: Array) -> Array:
    """All numbers from *starts*[i] up to *stops*[i], for each i in turn.

    >>> concat_ranges(np.array([2, 7]), np.array([4, 10])).tolist()
    [2, 3, 7, 8, 9]
    """
    return concat_sized_ranges(starts.astype(np.int64), stops.astype(np.int64) - starts)


def concat_sized_ranges(starts: Array, sizes: Array) -> Array:
    """So many numbers as *sizes*[i] from *starts*[i] on, for each i in turn.

    Both are of signed types, in which NumPy can add and subtract them.

    >>> concat_sized_ranges(np.array([2, 7]), np.array([2, 3])).tolist()
    [2, 3, 7, 8, 9]
    """
    found: Array = (starts - sizes.cumsum() + sizes).repeat(sizes)
    found += np.arange(found.size)
    return found


def is_in_sorted(haystack: Array, needles: Array) -> Array:
    """For each of the *needles* whether it is in the sorted *haystack*."""
    if not haystack.size:
        return np.zeros(needles.size, bool)
    at = np.minimum(haystack.searchsorted(needles), haystack.size - 1)
    found: Array = haystack[at] == needles
    return found


def find_in_sorted(haystack: Array, needles: Array) -> Array:
    """Where those of the *needles* that are in the sorted *haystack* are in it.

    >>> find_in_sorted(np.array([1, 4, 9]), np.array([4, 5])).tolist()
    [1]
    """
    at = haystack.searchsorted(needles)
    at = at[: at.searchsorted(haystack.size)]
    found: Array = at[haystack[at] == needles[: at.size]]
    return found


def intersect(one: Array, other: Array) -> Array:
    """The numbers that both have, ascending; neither has one twice.

    >>> intersect(np.array([1, 4, 9]), np.array([4, 5])).tolist()
    [4]
    """
    both = np.concatenate((one, other))
    both.sort()
    found: Array = both[1:][both[1:] == both[:-1]]
    return found
