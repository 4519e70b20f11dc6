"""A segment on disk: named arrays in one file, mapped and never copied.

Layout, all numbers little-endian:

    8 bytes  magic            4 bytes  format version      4 bytes  length of the table
    4 bytes  number of blocks 4 bytes  CRC-32 of table and block sums
    table (JSON: facts, and for each section its type, count and offset)
    block sums (CRC-32 of each 16 KiB of data)
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
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from django.utils.translation import gettext_lazy as _

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.chunks import ChunkedArray, split_chunks
from search.errors import IndexUnavailable

MAGIC: Final = b"SIJILseg"
FORMAT_VERSION: Final = 3
# Small enough that a word of few articles is soon checked.
BLOCK: Final = 16_384
ALIGNMENT: Final = 64
_HEADER: Final = struct.Struct("<8sIIII")
# Where so many times as many values lie between the first and the last of several, all
# of them are checked: blocks are mostly checked already, and each is told by one look.
_NEAR: Final = 64
# Bytes of a CRC-32.
_SUM_LENGTH: Final = 4

# What a segment file is made of, by name.
Sections = dict[str, Array | ChunkedArray]


def _aligned(offset: int) -> int:
    return -(-offset // ALIGNMENT) * ALIGNMENT


def write_segment_file(
    path: Path,
    metadata: Mapping[str, Any],
    sections: Mapping[str, Array | ChunkedArray],
) -> int:
    """Write *sections* and *facts* to *path* and to disk; returns the size in bytes."""
    table: dict[str, tuple[str, int, int]] = {}
    size = 0
    for name, section in sections.items():
        dtype = section.dtype.newbyteorder("<")
        table[name] = (dtype.str, section.size, _aligned(size))
        size = _aligned(size) + section.size * dtype.itemsize
    blocks = -(-size // BLOCK)
    head = json.dumps(
        {"facts": metadata, "sections": table, "size": size}, ensure_ascii=False
    ).encode()
    data = _aligned(_HEADER.size + len(head) + _SUM_LENGTH * blocks)
    with path.open("wb") as file:
        file.seek(data)
        sums = np.array(_write_data(file, sections.values()), "<u4").tobytes()
        file.seek(0)
        total = zlib.crc32(head + sums)
        file.write(_HEADER.pack(MAGIC, FORMAT_VERSION, len(head), blocks, total))
        file.write(head + sums)
        # Up to the data, of which there may be none.
        file.truncate(data + size)
        file.flush()
        os.fsync(file.fileno())
    return data + size


def _write_data(file: BinaryIO, sections: Iterable[Array | ChunkedArray]) -> list[int]:
    """Write all sections one after the other; returns the checksum of each block."""
    sums: list[int] = []
    waiting = bytearray()
    written = 0
    for section in sections:
        waiting.extend(bytes(_aligned(written) - written))
        written = _aligned(written)
        for piece in (
            section if isinstance(section, ChunkedArray) else split_chunks(section)
        ):
            little = np.ascontiguousarray(piece, piece.dtype.newbyteorder("<"))
            waiting += little.tobytes()
            written += little.nbytes
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


class Section:
    """One array of a segment file, whose values are checked as they are read."""

    def __init__(self, file: SegmentFile, values: Array, offset: int) -> None:
        self._file = file
        self._values = values
        self._offset = offset

    @property
    def size(self) -> int:
        """How many values there are."""
        return self._values.size

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of the values."""
        return self._values.dtype

    def read(self, start: int, stop: int) -> Array:
        """The values *start* to *stop*, read-only, not copied."""
        if stop > start:
            width = self._values.itemsize
            self._file.verify(self._offset + start * width, self._offset + stop * width)
        return self._values[start:stop]

    def read_bytes(self, start: int, stop: int) -> bytes:
        """The values *start* to *stop* of a section that holds bytes."""
        return self._file.read_bytes(self._offset + start, self._offset + stop)

    def take(self, at: Array) -> Array:
        """The values at the ascending places *at*, copied."""
        if at.size:
            self._verify(at)
        return self._values[at]

    def _verify(self, at: Array) -> None:
        width = self._values.itemsize
        first, last = int(at[0]), int(at[-1]) + 1
        if last - first <= at.size * _NEAR:
            self._file.verify(self._offset + first * width, self._offset + last * width)
        else:
            self._file.verify_all(self._offset + at.astype(np.int64) * width)


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
        if magic == MAGIC and version != FORMAT_VERSION:
            raise IndexUnavailable(
                _("The index is of another version of Sijill. Build it again."),
                fragment=str(self.path),
            )
        head_end = _HEADER.size + length
        sums_end = head_end + _SUM_LENGTH * blocks
        if magic != MAGIC or len(self._map) < sums_end:
            raise self._unavailable()
        if zlib.crc32(self._map[_HEADER.size : sums_end]) != total:
            raise self._unavailable()
        table = json.loads(self._map[_HEADER.size : head_end])
        self.metadata: dict[str, Any] = table["facts"]
        self._sections: dict[str, tuple[str, int, int]] = table["sections"]
        self._sums = np.frombuffer(self._map, "<u4", blocks, head_end)
        self._verified = bytearray(blocks)
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

    def section(self, name: str) -> Section:
        """The section *name*, of which nothing is checked yet."""
        dtype, count, offset = self._sections[name]
        values = np.frombuffer(self._map, dtype, count, self._data + offset)
        return Section(self, values, offset)

    def array(self, name: str) -> Array:
        """All values of a section, checked, read-only, not copied."""
        section = self.section(name)
        return section.read(0, section.size)

    def read_bytes(self, start: int, stop: int) -> bytes:
        """The bytes between two offsets, checked."""
        self.verify(start, stop)
        return self._map[self._data + start : self._data + stop]

    def verify(self, start: int, stop: int) -> None:
        """Check the blocks between two offsets that were not checked before."""
        last = -(-stop // BLOCK)
        at = self._verified.find(0, start // BLOCK, last)
        while at != -1:
            self._verify_block(at)
            at = self._verified.find(0, at + 1, last)

    def verify_all(self, offsets: Array) -> None:
        """Check the blocks with these offsets that were not checked before."""
        if 0 not in self._verified:
            return
        blocks = offsets // BLOCK
        known = np.frombuffer(self._verified, np.uint8)
        for block in sorted(set(blocks[known[blocks] == 0].tolist())):
            self._verify_block(block)

    def _verify_block(self, block: int) -> None:
        begin = self._data + block * BLOCK
        with memoryview(self._map) as view:
            found = zlib.crc32(view[begin : begin + BLOCK])
        if found != int(self._sums[block]):
            raise self._unavailable()
        self._verified[block] = 1

    def _unavailable(self) -> IndexUnavailable:
        return IndexUnavailable(
            _("The index file %(file)s is missing or damaged. Build the index again.")
            % {"file": self.path.name},
            fragment=str(self.path),
        )
