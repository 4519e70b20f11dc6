"""Room for what is gathered until it is written: in files as soon as it is much.

The files have no name, so that nothing of them stays behind, however a process ends.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, Final

import numpy as np
from numpy.typing import DTypeLike

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.chunks import CHUNK, ChunkedArray

# Bytes of one spool that stay in memory: articles that are saved need no file.
_IN_MEMORY: Final = 1 << 20


class SpillBuffer:
    """Numbers of one type, of which new ones are put behind those before."""

    def __init__(self, dtype: DTypeLike, folder: Path | None) -> None:
        self.dtype: np.dtype[Any] = np.dtype(dtype)
        self.size = 0
        self._file = SpooledTemporaryFile(  # noqa: SIM115 - closed by ``close``
            max_size=_IN_MEMORY, dir=str(folder) if folder else None
        )
        self._is_at_end = True

    def append(self, values: Array) -> None:
        """Put *values* behind those before."""
        if not self._is_at_end:
            self._file.seek(self.size * self.dtype.itemsize)
            self._is_at_end = True
        self._file.write(values.astype(self.dtype, copy=False).tobytes())
        self.size += values.size

    def read(self, start: int, stop: int) -> Array:
        """The values *start* to *stop*."""
        width = self.dtype.itemsize
        self._is_at_end = False
        self._file.seek(start * width)
        return np.frombuffer(self._file.read((stop - start) * width), self.dtype)

    def pieces(self) -> ChunkedArray:
        """All values there are now, in pieces."""
        return ChunkedArray(self.dtype, self.size, self._iter_pieces)

    def _iter_pieces(self) -> Iterator[Array]:
        for start in range(0, self.size, CHUNK):
            yield self.read(start, min(start + CHUNK, self.size))

    def close(self) -> None:
        """Give the room back."""
        # What could not be written on a full disk is not wanted any more.
        with contextlib.suppress(OSError):
            self._file.close()


class SpillFolder:
    """The spools of one segment that is being made, with their files in *folder*."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._spools: list[SpillBuffer] = []

    def spool(self, dtype: DTypeLike) -> SpillBuffer:
        """A new spool of numbers of this type."""
        made = SpillBuffer(dtype, self._folder)
        self._spools.append(made)
        return made

    def close(self) -> None:
        """Give all room back."""
        for spool in self._spools:
            spool.close()
        self._spools.clear()
