"""A segment on disk: named arrays, called sections, in one memory-mapped file.

Layout, all numbers little-endian:

    8 bytes  magic              4 bytes  format version    4 bytes  size of the table
    4 bytes  number of blocks   4 bytes  CRC-32 of the table and the checksums
    table: JSON with metadata ("facts"), dtype, size and offset of each section
    checksums: the CRC-32 of each block of 16 KiB of data
    data: the sections, each from a multiple of 64 bytes on

The table is checked when the file is opened, a block of data when it is first read:
so a process answers its first query without reading the whole file, and an altered
byte raises IndexUnavailable instead of giving a wrong answer.
"""

from __future__ import annotations

import json
import mmap
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
# Bytes of a block: few, so that reading a rare word checks little.
BLOCK: Final = 16_384
ALIGNMENT: Final = 64
_HEADER: Final = struct.Struct("<8sIIII")
# Up to this many values per value taken, all blocks of the range are checked: that is
# one scan of flags, most of which are set, instead of arithmetic for each value.
_DENSE: Final = 64
# Bytes of a CRC-32.
_CHECKSUM_BYTES: Final = 4

# Arrays by the names of their sections.
Sections = dict[str, Array | ChunkedArray]


def _aligned(offset: int) -> int:
    return -(-offset // ALIGNMENT) * ALIGNMENT


def write_segment_file(
    path: Path,
    metadata: Mapping[str, Any],
    sections: Mapping[str, Array | ChunkedArray],
) -> int:
    """Write a segment file; returns its size in bytes.

    Whoever commits it syncs it to disk before. *metadata* must be serializable as JSON.
    Chunked sections are iterated once.
    """
    table: dict[str, tuple[str, int, int]] = {}
    size = 0
    for name, section in sections.items():
        dtype = section.dtype.newbyteorder("<")
        table[name] = (dtype.str, section.size, _aligned(size))
        size = _aligned(size) + section.size * dtype.itemsize
    blocks = -(-size // BLOCK)
    table_json = json.dumps(
        {"facts": metadata, "sections": table, "size": size}, ensure_ascii=False
    ).encode()
    data = _aligned(_HEADER.size + len(table_json) + _CHECKSUM_BYTES * blocks)
    with path.open("wb") as file:
        file.seek(data)
        checksums = np.array(_write_data(file, sections.values()), "<u4").tobytes()
        file.seek(0)
        total = zlib.crc32(table_json + checksums)
        file.write(_HEADER.pack(MAGIC, FORMAT_VERSION, len(table_json), blocks, total))
        file.write(table_json + checksums)
        # Pads a file whose sections are all empty up to where data would start.
        file.truncate(data + size)
    return data + size


def _write_data(file: BinaryIO, sections: Iterable[Array | ChunkedArray]) -> list[int]:
    """Write all sections one after the other; returns the checksum of each block."""
    checksums: list[int] = []
    buffer = bytearray()
    size = 0
    for section in sections:
        buffer.extend(bytes(_aligned(size) - size))
        size = _aligned(size)
        chunks = section if isinstance(section, ChunkedArray) else split_chunks(section)
        for chunk in chunks:
            little_endian = np.ascontiguousarray(chunk, chunk.dtype.newbyteorder("<"))
            buffer += little_endian.tobytes()
            size += little_endian.nbytes
            full = len(buffer) - len(buffer) % BLOCK
            checksums.extend(
                zlib.crc32(buffer[at : at + BLOCK]) for at in range(0, full, BLOCK)
            )
            file.write(buffer[:full])
            del buffer[:full]
    if buffer:
        checksums.append(zlib.crc32(buffer))
        file.write(buffer)
    return checksums


class Section:
    """An array of a segment file; reading values checks the blocks they are in.

    All methods raise IndexUnavailable where a block is damaged.
    """

    def __init__(self, file: SegmentFile, values: Array, offset: int) -> None:
        self._file = file
        self._values = values
        self._offset = offset

    @property
    def size(self) -> int:
        """The number of values."""
        return self._values.size

    @property
    def dtype(self) -> np.dtype[Any]:
        """The dtype of the values."""
        return self._values.dtype

    def read(self, start: int, stop: int) -> Array:
        """The values *start* to *stop* (excluded): a read-only view."""
        if stop > start:
            width = self._values.itemsize
            self._file.verify(self._offset + start * width, self._offset + stop * width)
        return self._values[start:stop]

    def read_bytes(self, start: int, stop: int) -> bytes:
        """The values *start* to *stop* (excluded) of a section of bytes."""
        return self._file.read_bytes(self._offset + start, self._offset + stop)

    def take(self, indexes: Array) -> Array:
        """The values at the ascending *indexes*: a copy."""
        if indexes.size:
            self._verify(indexes)
        return self._values[indexes]

    def _verify(self, indexes: Array) -> None:
        width = self._values.itemsize
        start, stop = int(indexes[0]), int(indexes[-1]) + 1
        if stop - start <= indexes.size * _DENSE:
            self._file.verify(self._offset + start * width, self._offset + stop * width)
        else:
            self._file.verify_each(self._offset + indexes.astype(np.int64) * width)


class SegmentFile:
    """A segment file opened for reading; arrays are views of the mapped file.

    Raises IndexUnavailable, with the file's name, if it is missing, truncated, altered
    or of another format version.
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
        table_end = _HEADER.size + length
        checksums_end = table_end + _CHECKSUM_BYTES * blocks
        if magic != MAGIC or len(self._map) < checksums_end:
            raise self._unavailable()
        if zlib.crc32(self._map[_HEADER.size : checksums_end]) != total:
            raise self._unavailable()
        table = json.loads(self._map[_HEADER.size : table_end])
        self.metadata: dict[str, Any] = table["facts"]
        self._sections: dict[str, tuple[str, int, int]] = table["sections"]
        self._checksums = np.frombuffer(self._map, "<u4", blocks, table_end)
        # 1 for each block that was checked.
        self._verified = bytearray(blocks)
        self._data = _aligned(checksums_end)
        if len(self._map) != self._data + table["size"]:
            raise self._unavailable()

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    @property
    def size(self) -> int:
        """The size of the file in bytes."""
        return len(self._map)

    def names(self) -> list[str]:
        """The names of all sections."""
        return list(self._sections)

    def section(self, name: str) -> Section:
        """The section *name*, unchecked; raises KeyError if there is none."""
        dtype, size, offset = self._sections[name]
        values = np.frombuffer(self._map, dtype, size, self._data + offset)
        return Section(self, values, offset)

    def array(self, name: str) -> Array:
        """All values of the section *name*, checked: a read-only view."""
        section = self.section(name)
        return section.read(0, section.size)

    def read_bytes(self, start: int, stop: int) -> bytes:
        """The data from *start* to *stop*, offsets in bytes, checked."""
        self.verify(start, stop)
        return self._map[self._data + start : self._data + stop]

    def verify(self, start: int, stop: int) -> None:
        """Check the unchecked blocks from *start* to *stop*, offsets in bytes."""
        last = -(-stop // BLOCK)
        at = self._verified.find(0, start // BLOCK, last)
        while at != -1:
            self._verify_block(at)
            at = self._verified.find(0, at + 1, last)

    def verify_each(self, offsets: Array) -> None:
        """Check the unchecked blocks in which *offsets*, in bytes, are."""
        if 0 not in self._verified:
            return
        blocks = offsets // BLOCK
        is_verified = np.frombuffer(self._verified, np.uint8)
        for block in sorted(set(blocks[is_verified[blocks] == 0].tolist())):
            self._verify_block(block)

    def _verify_block(self, block: int) -> None:
        start = self._data + block * BLOCK
        with memoryview(self._map) as view:
            checksum = zlib.crc32(view[start : start + BLOCK])
        if checksum != int(self._checksums[block]):
            raise self._unavailable()
        self._verified[block] = 1

    def _unavailable(self) -> IndexUnavailable:
        return IndexUnavailable(
            _("The index file %(file)s is missing or damaged. Build the index again.")
            % {"file": self.path.name},
            fragment=str(self.path),
        )
