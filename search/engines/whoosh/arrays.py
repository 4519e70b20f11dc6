"""Helpers for sorted one-dimensional NumPy arrays, their runs and ranges.

``np.unique`` and the functions built on it are avoided: their first call imports
``numpy.ma``, which takes longer than a search.
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
    """*values*, none negative, in the smallest unsigned dtype that holds them.

    >>> narrow(np.array([1, 300])).dtype
    dtype('uint16')
    """
    top = int(values.max()) if values.size else 0
    return values.astype(np.min_scalar_type(top), copy=False)


def distinct(values: Array) -> Array:
    """The distinct *values*, sorted.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    return count_runs(np.sort(values))[0]


def count_runs(values: Array) -> tuple[Array, Array]:
    """The distinct values of a sorted array, sorted, and the count of each.

    >>> [found.tolist() for found in count_runs(np.array([1, 3, 3]))]
    [[1, 3], [1, 2]]
    """
    starts = run_starts(values)
    return values[starts], run_lengths(starts, values.size)


def run_starts(values: Array) -> Array:
    """The index of the first element of each run of equal *values*: intp, sorted.

    >>> run_starts(np.array([1, 3, 3])).tolist()
    [0, 1]
    """
    is_start = np.ones(values.size, bool)
    np.not_equal(values[1:], values[:-1], out=is_start[1:])
    return is_start.nonzero()[0]


def string_run_starts(strings: Sequence[bytes]) -> Array:
    """The same as ``run_starts`` for a sequence of byte strings.

    >>> string_run_starts([b"a", b"c", b"c"]).tolist()
    [0, 1]
    """
    is_start = np.ones(len(strings), bool)
    differ = map(ne, islice(strings, 1, None), strings)
    is_start[1:] = np.fromiter(differ, bool, max(len(strings) - 1, 0))
    return is_start.nonzero()[0]


def run_lengths(starts: Array, end: int) -> Array:
    """The lengths, intp, of adjacent runs from their sorted *starts*; *end* ends all.

    >>> run_lengths(np.array([0, 2, 3]), 7).tolist()
    [2, 1, 4]
    """
    lengths = np.empty(starts.size, np.intp)
    if starts.size:
        np.subtract(starts[1:], starts[:-1], out=lengths[:-1])
        lengths[-1] = end - starts[-1]
    return lengths


def concat_ranges(starts: Array, stops: Array) -> Array:
    """The ranges *starts*[i] to *stops*[i] (excluded) one after the other: int64.

    >>> concat_ranges(np.array([2, 7]), np.array([4, 10])).tolist()
    [2, 3, 7, 8, 9]
    """
    return concat_sized_ranges(starts.astype(np.int64), stops.astype(np.int64) - starts)


def concat_sized_ranges(starts: Array, sizes: Array) -> Array:
    """The ranges of *sizes*[i] numbers from *starts*[i] on, one after the other.

    Both arrays must be of signed dtypes: they are subtracted from one another.

    >>> concat_sized_ranges(np.array([2, 7]), np.array([2, 3])).tolist()
    [2, 3, 7, 8, 9]
    """
    numbers: Array = (starts - sizes.cumsum() + sizes).repeat(sizes)
    numbers += np.arange(numbers.size)
    return numbers


def neighbor_ranges(numbers: range | Array) -> list[range]:
    """The ranges of neighbors among distinct ascending *numbers*.

    >>> neighbor_ranges(np.array([2, 3, 7])), neighbor_ranges(range(2, 4))
    ([range(2, 4), range(7, 8)], [range(2, 4)])
    """
    if isinstance(numbers, range):
        return [numbers] if numbers else []
    starts = np.ones(numbers.size, bool)
    starts[1:] = np.diff(numbers) != 1
    first = starts.nonzero()[0]
    sizes = run_lengths(first, numbers.size).tolist()
    return [
        range(start, start + size)
        for start, size in zip(numbers[first].tolist(), sizes, strict=True)
    ]


def is_in_sorted(haystack: Array, needles: Array) -> Array:
    """Whether each of *needles* is in the sorted *haystack*: bool[needles.size].

    >>> is_in_sorted(np.array([1, 4, 9]), np.array([5, 4])).tolist()
    [False, True]
    """
    if not haystack.size:
        return np.zeros(needles.size, bool)
    at = np.minimum(haystack.searchsorted(needles), haystack.size - 1)
    found: Array = haystack[at] == needles
    return found


def find_in_sorted(haystack: Array, needles: Array) -> Array:
    """The indexes in *haystack* of those *needles* that it holds; both are sorted.

    >>> find_in_sorted(np.array([1, 4, 9]), np.array([4, 5])).tolist()
    [1]
    """
    at = haystack.searchsorted(needles)
    at = at[: at.searchsorted(haystack.size)]
    found: Array = at[haystack[at] == needles[: at.size]]
    return found


def intersect(one: Array, other: Array) -> Array:
    """The values in both arrays, sorted; each array is distinct in itself.

    >>> intersect(np.array([1, 4, 9]), np.array([4, 5])).tolist()
    [4]
    """
    both = np.concatenate((one, other))
    both.sort()
    found: Array = both[1:][both[1:] == both[:-1]]
    return found


def locate_parts(bounds: Array, parts: range | Array) -> tuple[int, int] | Array:
    """The entries of *parts*: their range, start and stop, or the index of each.

    *parts* are ascending numbers; *bounds* has the start of each part's entries, and
    the end of all.

    >>> locate_parts(np.array([0, 2, 5, 9]), range(1, 3))
    (2, 9)
    >>> locate_parts(np.array([0, 2, 5, 9]), np.array([0, 2])).tolist()
    [0, 1, 5, 6, 7, 8]
    """
    if not isinstance(parts, range):
        if parts.size and int(parts[-1] - parts[0]) >= parts.size:
            return concat_ranges(bounds[parts], bounds[parts + 1])
        parts = range(int(parts[0]), int(parts[-1]) + 1) if parts.size else range(0)
    return int(bounds[parts.start]), int(bounds[parts.stop])


def part_sizes(bounds: Array, parts: range | Array) -> Array:
    """How many entries each of *parts* has, whose *bounds* they are: int64.

    >>> part_sizes(np.array([0, 2, 5, 9]), range(1, 3)).tolist()
    [3, 4]
    """
    if isinstance(parts, range):
        return np.diff(bounds[parts.start : parts.stop + 1].astype(np.int64))
    sizes: Array = bounds[parts + 1].astype(np.int64) - bounds[parts]
    return sizes
