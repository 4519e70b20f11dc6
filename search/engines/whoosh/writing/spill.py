"""Spill buffers: arrays that grow, in memory while they are small, then in files.

The files have no name, so that the system removes them however the process ends.
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

# Bytes that a buffer holds in memory: saving a few articles needs no file.
_MAX_MEMORY: Final = 1 << 20


class SpillBuffer:
    """An array of one dtype that values are appended to."""

    def __init__(self, dtype: DTypeLike, folder: Path | None) -> None:
        self.dtype: np.dtype[Any] = np.dtype(dtype)
        self.size = 0
        self._file = SpooledTemporaryFile(  # noqa: SIM115 - closed by ``close``
            max_size=_MAX_MEMORY, dir=str(folder) if folder else None
        )
        self._is_at_end = True

    def append(self, values: Array) -> None:
        """Append *values*, converted to the dtype."""
        if not self._is_at_end:
            self._file.seek(self.size * self.dtype.itemsize)
            self._is_at_end = True
        self._file.write(values.astype(self.dtype, copy=False).tobytes())
        self.size += values.size

    def read(self, start: int, stop: int) -> Array:
        """The values *start* to *stop* (excluded): a copy."""
        width = self.dtype.itemsize
        self._is_at_end = False
        self._file.seek(start * width)
        return np.frombuffer(self._file.read((stop - start) * width), self.dtype)

    def chunks(self) -> ChunkedArray:
        """The values appended so far, in chunks."""
        return ChunkedArray(self.dtype, self.size, self._iter_chunks)

    def _iter_chunks(self) -> Iterator[Array]:
        for start in range(0, self.size, CHUNK):
            yield self.read(start, min(start + CHUNK, self.size))

    def close(self) -> None:
        """Release the memory and the file."""
        # Closing flushes, which fails on a full disk; the data is not needed any more.
        with contextlib.suppress(OSError):
            self._file.close()


class SpillFolder:
    """The buffers of a segment that is being built, with their files in *folder*.

    Without *folder* they are where temporary files are.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._buffers: list[SpillBuffer] = []

    def new_buffer(self, dtype: DTypeLike) -> SpillBuffer:
        """A new, empty buffer."""
        buffer = SpillBuffer(dtype, self._folder)
        self._buffers.append(buffer)
        return buffer

    def close(self) -> None:
        """Close all buffers."""
        for buffer in self._buffers:
            buffer.close()
        self._buffers.clear()
