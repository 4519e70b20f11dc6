"""The results of a search as bytes: numbers of articles and hashes of their texts."""

import hashlib
import struct
import zlib
from collections.abc import Mapping
from typing import Final

# An article: its number, and the first 16 bytes of the SHA-256 of its text.
_RECORD: Final = struct.Struct(">q16s")
HASH_BYTES: Final = 16

# The hash of the text by the number of the article.
Results = Mapping[int, bytes]


def shorten(content_hash: str) -> bytes:
    """The part of an article's ``content_hash`` that is kept.

    >>> len(shorten("00ff" * 16))
    16
    """
    return bytes.fromhex(content_hash)[:HASH_BYTES]


def pack(results: Results) -> bytes:
    """The results by ascending number, compressed."""
    return zlib.compress(_write(results))


def unpack(packed: bytes) -> dict[int, bytes]:
    """The inverse of `pack`.

    >>> unpack(pack({7: b"a" * 16, 3: b"b" * 16}))
    {3: b'bbbbbbbbbbbbbbbb', 7: b'aaaaaaaaaaaaaaaa'}
    """
    return dict(_RECORD.iter_unpack(zlib.decompress(packed)))


def fingerprint(results: Results) -> str:
    """SHA-256, in hex, of the results, whatever their order."""
    return hashlib.sha256(_write(results)).hexdigest()


def _write(results: Results) -> bytes:
    return b"".join(_RECORD.pack(number, results[number]) for number in sorted(results))
