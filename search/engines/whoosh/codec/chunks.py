"""Sections that come piece by piece, so that none is in memory as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import DTypeLike

from search.engines.whoosh.arrays import Array

# Values of a piece: a multiple of eight, for pieces of bits are packed one by one.
CHUNK: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class ChunkedArray:
    """*size* values of one type, which come in arrays, again and again.

    Each array but the last has a multiple of eight of them.
    """

    dtype: np.dtype[Any]
    size: int
    iterate: Callable[[], Iterator[Array]]

    def __iter__(self) -> Iterator[Array]:
        return self.iterate()

    def map(
        self,
        change: Callable[[Array], Array],
        dtype: DTypeLike,
        size: int | None = None,
    ) -> ChunkedArray:
        """What *change* makes of each piece: *size* values, or as many as these."""
        return ChunkedArray(
            np.dtype(dtype),
            self.size if size is None else size,
            lambda: map(change, self),
        )

    def join(self) -> Array:
        """All values in one array."""
        return np.concatenate([np.empty(0, self.dtype), *self])


def split_chunks(values: Array, size: int = CHUNK) -> ChunkedArray:
    """The pieces of an array, of *size* values each, which are no copies.

    >>> [piece.tolist() for piece in split_chunks(np.array([1, 2, 3]))]
    [[1, 2, 3]]
    """
    return ChunkedArray(
        values.dtype,
        values.size,
        lambda: (values[at : at + size] for at in range(0, values.size, size)),
    )
