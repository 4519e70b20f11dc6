"""Measures of a ranking: pure functions of the ids found and the relevant ones."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

# How many hits of a query are looked at.
DEPTH: Final = 10


def first_rank(found: Sequence[str], relevant: Set[str]) -> int | None:
    """The rank, from 1, of the first relevant hit; ``None`` where none is relevant.

    >>> first_rank(["a", "b", "c"], {"b", "c"}), first_rank(["a"], {"b"})
    (2, None)
    """
    ranks = (rank for rank, one in enumerate(found, 1) if one in relevant)
    return next(ranks, None)


def mean_reciprocal_rank(ranks: Sequence[int | None], depth: int = DEPTH) -> float:
    """The mean of 1 / rank, in which a rank beyond *depth* or ``None`` counts 0.

    Raises ValueError where there are no *ranks*. The measure is Voorhees's (TREC-8
    Question Answering Track, 1999).

    >>> mean_reciprocal_rank([1, 2, None, 11])
    0.375
    """
    return _mean([1 / rank if rank and rank <= depth else 0.0 for rank in ranks])


def success(ranks: Sequence[int | None], depth: int) -> float:
    """The share of queries with a relevant hit among the first *depth*, from 0 to 1.

    Raises ValueError where there are no *ranks*.

    >>> success([1, 2, None, 11], 1), success([1, 2, None, 11], 10)
    (0.25, 0.5)
    """
    return _mean([float(rank is not None and rank <= depth) for rank in ranks])


def _mean(values: Sequence[float]) -> float:
    if not values:
        raise ValueError("There is no query to take the mean of.")
    return sum(values) / len(values)
