"""A segment on disk: named arrays in one file, mapped and never copied.

Layout, all numbers little-endian:

    8 bytes  magic            4 bytes  format version      4 bytes  length of the table
    4 bytes  number of blocks 4 bytes  CRC-32 of table and block sums
    table (JSON: facts, and for each section its type, count and offset)
    block sums (CRC-32 of each 64 KiB of data)
    data, from the next multiple of 64 bytes

The table is checked when the file is opened, each block of data when it is first
read. So a worker answers its first query without reading the whole file, and an
altered byte is an ``IndexUnavailable``, never a wrong answer.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from search.errors import IndexUnavailable

MAGIC: Final = b"SIJILseg"
FORMAT_VERSION: Final = 2
BLOCK: Final = 65_536
ALIGNMENT: Final = 64
_HEADER: Final = struct.Struct("<8sIIII")
# Bytes of a CRC-32.
_SUM_LENGTH: Final = 4

Array = NDArray[Any]


def _aligned(offset: int) -> int:
    return -(-offset // ALIGNMENT) * ALIGNMENT


def write_segment_file(
    path: Path, facts: dict[str, Any], sections: dict[str, Array]
) -> int:
    """Write *sections* and *facts* to *path* and to disk; returns the size in bytes."""
    table: dict[str, tuple[str, int, int]] = {}
    size = 0
    for name, array in sections.items():
        dtype = array.dtype.newbyteorder("<")
        table[name] = (dtype.str, array.size, _aligned(size))
        size = _aligned(size) + array.nbytes
    blocks = -(-size // BLOCK)
    head = json.dumps(
        {"facts": facts, "sections": table, "size": size}, ensure_ascii=False
    ).encode()
    data = _aligned(_HEADER.size + len(head) + _SUM_LENGTH * blocks)
    with path.open("wb") as file:
        file.seek(data)
        sums = np.array(_write_data(file, sections), "<u4").tobytes()
        file.seek(0)
        total = zlib.crc32(head + sums)
        file.write(_HEADER.pack(MAGIC, FORMAT_VERSION, len(head), blocks, total))
        file.write(head + sums)
        file.flush()
        os.fsync(file.fileno())
    return data + size


def _write_data(file: BinaryIO, sections: dict[str, Array]) -> list[int]:
    """Write all sections one after the other; returns the checksum of each block."""
    sums: list[int] = []
    waiting = bytearray()
    written = 0
    for array in sections.values():
        little = np.ascontiguousarray(array).astype(
            array.dtype.newbyteorder("<"), copy=False
        )
        waiting.extend(bytes(_aligned(written) - written))
        waiting.extend(little.tobytes())
        written = _aligned(written) + little.nbytes
        whole = len(waiting) - len(waiting) % BLOCK
        sums.extend(
            zlib.crc32(waiting[at : at + BLOCK]) for at in range(0, whole, BLOCK)
        )
        file.write(waiting[:whole])
        del waiting[:whole]
    if waiting:
        sums.append(zlib.crc32(waiting))
        file.write(waiting)
    return sums


class SegmentFile:
    """A segment file opened for reading; arrays are views into the mapped file.

    Raises IndexUnavailable, naming the file, where it is missing, cut short,
    altered or of another format.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise self._unavailable() from error
        self._read_table()

    def _read_table(self) -> None:
        if len(self._map) < _HEADER.size:
            raise self._unavailable()
        magic, version, length, blocks, total = _HEADER.unpack_from(self._map)
        head_end = _HEADER.size + length
        sums_end = head_end + _SUM_LENGTH * blocks
        if magic != MAGIC or version != FORMAT_VERSION or len(self._map) < sums_end:
            raise self._unavailable()
        if zlib.crc32(self._map[_HEADER.size : sums_end]) != total:
            raise self._unavailable()
        table = json.loads(self._map[_HEADER.size : head_end])
        self.facts: dict[str, Any] = table["facts"]
        self._sections: dict[str, tuple[str, int, int]] = table["sections"]
        self._sums = np.frombuffer(self._map, "<u4", blocks, head_end)
        self._verified = bytearray(blocks)
        self._unverified = blocks
        self._data = _aligned(sums_end)
        if len(self._map) != self._data + table["size"]:
            raise self._unavailable()

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return len(self._map)

    def names(self) -> list[str]:
        """The names of all sections."""
        return list(self._sections)

    def count(self, name: str) -> int:
        """How many values the section *name* has."""
        return self._sections[name][1]

    def array(self, name: str, start: int = 0, stop: int | None = None) -> Array:
        """Values *start* to *stop* of a section, checked, read-only, not copied."""
        dtype_name, count, offset = self._sections[name]
        dtype = np.dtype(dtype_name)
        stop = count if stop is None else stop
        if stop <= start:
            return np.empty(0, dtype)
        first = offset + start * dtype.itemsize
        self._verify(first, offset + stop * dtype.itemsize)
        return np.frombuffer(self._map, dtype, stop - start, self._data + first)

    def dtype(self, name: str) -> np.dtype[Any]:
        """The type of the values of a section."""
        return np.dtype(self._sections[name][0])

    def spans(self, name: str, starts: Array, stops: Array) -> Array:
        """Values *starts*[i] to *stops*[i] of a section for each i, joined, checked."""
        if starts.size == 1:
            return self.array(name, int(starts[0]), int(stops[0]))
        dtype_name, count, offset = self._sections[name]
        dtype = np.dtype(dtype_name)
        if not count or not starts.size:
            return np.empty(0, dtype)
        self._verify_spans(
            offset + starts.astype(np.int64) * dtype.itemsize,
            offset + stops.astype(np.int64) * dtype.itemsize,
        )
        values = np.frombuffer(self._map, dtype, count, self._data + offset)
        bounds = zip(starts.tolist(), stops.tolist(), strict=True)
        return np.concatenate([values[start:stop] for start, stop in bounds])

    def _verify_spans(self, starts: Array, stops: Array) -> None:
        if self._unverified == 0:
            return
        first, last = starts // BLOCK, (stops - 1) // BLOCK
        known = np.frombuffer(self._verified, np.uint8)
        # The blocks between are looked at one by one; most spans lie in one or two.
        open_ones = (known[first] == 0) | (known[last] == 0) | (last - first > 1)
        for at in np.flatnonzero(open_ones & (stops > starts)).tolist():
            self._verify(int(starts[at]), int(stops[at]))

    def raw(self, name: str, start: int, stop: int) -> bytes:
        """Bytes *start* to *stop* of the section *name*, which must hold bytes."""
        offset = self._sections[name][2]
        self._verify(offset + start, offset + stop)
        at = self._data + offset
        return self._map[at + start : at + stop]

    def _verify(self, start: int, stop: int) -> None:
        """Check the blocks between two offsets that were not checked before."""
        first, last = start // BLOCK, -(-stop // BLOCK)
        at = self._verified.find(0, first, last)
        while at != -1:
            begin = self._data + at * BLOCK
            with memoryview(self._map) as view:
                matches = zlib.crc32(view[begin : begin + BLOCK]) == int(self._sums[at])
            if not matches:
                raise self._unavailable()
            self._verified[at] = 1
            self._unverified -= 1
            at = self._verified.find(0, at + 1, last)

    def _unavailable(self) -> IndexUnavailable:
        return IndexUnavailable(
            _("The index file %(file)s is missing or damaged. Build the index again.")
            % {"file": self.path.name},
            fragment=str(self.path),
        )
