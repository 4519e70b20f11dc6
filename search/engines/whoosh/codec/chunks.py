"""Arrays in chunks, so that a large section is never in memory as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import DTypeLike

from search.engines.whoosh.arrays import Array

# Values in a chunk: a multiple of eight, because flags are packed chunk by chunk.
CHUNK: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class ChunkedArray:
    """An array of *size* values that can be iterated in chunks, any number of times.

    Each chunk but the last has a multiple of eight values.
    """

    dtype: np.dtype[Any]
    size: int
    iterate: Callable[[], Iterator[Array]]

    def __iter__(self) -> Iterator[Array]:
        return self.iterate()

    def map(
        self,
        function: Callable[[Array], Array],
        dtype: DTypeLike,
        size: int | None = None,
    ) -> ChunkedArray:
        """*function* of each chunk, lazily; *size* values, or as many as here."""
        return ChunkedArray(
            np.dtype(dtype),
            self.size if size is None else size,
            lambda: map(function, self),
        )

    def join(self) -> Array:
        """All values in one array."""
        return np.concatenate([np.empty(0, self.dtype), *self])


def split_chunks(values: Array, size: int = CHUNK) -> ChunkedArray:
    """*values* in chunks of *size*, which are views.

    >>> [chunk.tolist() for chunk in split_chunks(np.array([1, 2, 3]), 2)]
    [[1, 2], [3]]
    """
    return ChunkedArray(
        values.dtype,
        values.size,
        lambda: (values[start : start + size] for start in range(0, values.size, size)),
    )
