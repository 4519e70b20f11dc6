"""A page of many by their sorting keys: the best or the newest, without sorting all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from search.engines.whoosh.arrays import Array

# Sorting everything is no slower than selecting where this many are few.
_FEW: Final = 2000


def top_k(keys: Sequence[Array], offset: int, limit: int) -> Array:
    """Places *offset* to *offset* + *limit* by *keys*, the most important first.

    Each key is ascending; later keys break ties of earlier ones, and what is equal by
    all stays in order. What comes back are indexes into the keys.
    """
    count, end = len(keys[0]), offset + limit
    if count <= _FEW or end * 2 > count:
        return np.lexsort(tuple(reversed(keys)))[offset:end]
    # All that could come before place *end*, ties of the first key included.
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
