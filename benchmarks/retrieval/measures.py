"""Measures of rankings: pure functions of the retrieved and the relevant ids."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

# The number of hits of a query that are retrieved: the 10 of MRR@10.
CUTOFF: Final = 10


def first_rank(retrieved: Sequence[str], relevant: Set[str]) -> int | None:
    """The rank, from 1, of the first relevant hit; ``None`` where none is relevant.

    >>> first_rank(["a", "b", "c"], {"b", "c"}), first_rank(["a"], {"b"})
    (2, None)
    """
    ranks = (rank for rank, hit in enumerate(retrieved, 1) if hit in relevant)
    return next(ranks, None)


def mean_reciprocal_rank(ranks: Sequence[int | None], cutoff: int = CUTOFF) -> float:
    """The mean of 1 / rank, in which a rank beyond *cutoff* or ``None`` counts 0.

    Raises ValueError where *ranks* is empty. The measure is Voorhees's (TREC-8
    Question Answering Track, 1999).

    >>> mean_reciprocal_rank([1, 2, None, 11])
    0.375
    """
    return _mean([1 / rank if rank and rank <= cutoff else 0.0 for rank in ranks])


def success(ranks: Sequence[int | None], cutoff: int) -> float:
    """The share, from 0 to 1, of queries with a relevant hit at *cutoff* or before.

    Raises ValueError where *ranks* is empty.

    >>> success([1, 2, None, 11], 1), success([1, 2, None, 11], 10)
    (0.25, 0.5)
    """
    return _mean([float(rank is not None and rank <= cutoff) for rank in ranks])


def _mean(values: Sequence[float]) -> float:
    if not values:
        raise ValueError("There is no query to take the mean of.")
    return sum(values) / len(values)
