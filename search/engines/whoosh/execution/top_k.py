"""Top-k by several keys, by partial sort."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from search.engines.whoosh.arrays import Array

# Up to so many rows a full sort is no slower than a selection.
_SMALL: Final = 2000


def top_k(keys: Sequence[Array], offset: int, limit: int) -> Array:
    """Indexes of the rows ranked *offset* to *offset* + *limit* by *keys*: int64[k].

    Keys are ascending, the most important first; rows that are equal by all keys stay
    in order.

    >>> top_k((np.array([3, 1, 2, 1]), np.array([0, 9, 0, 8])), 0, 3).tolist()
    [3, 1, 2]
    """
    count, end = len(keys[0]), offset + limit
    if count <= _SMALL or end * 2 > count:
        return np.lexsort(tuple(reversed(keys)))[offset:end]
    # Every row that may rank before *end*, ties of the first key included.
    bound = np.partition(keys[0], end - 1)[end - 1]
    candidates = (keys[0] <= bound).nonzero()[0]
    order = np.lexsort(tuple(key[candidates] for key in reversed(keys)))
    page: Array = candidates[order[offset:end]]
    return page


def largest_counts(counts: Array, limit: int | None) -> Array:
    """The ordinals of the *limit* largest counts above 0, or of all of them.

    Largest first; equal counts are in the order of their ordinals.
    """
    counted = counts.nonzero()[0]
    count = counted.size if limit is None else limit
    largest: Array = counted[top_k((-counts[counted],), 0, count)]
    return largest
