"""Encoding of an export in chunks."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

# Bytes.
CHUNK_SIZE: Final = 65_536


def stream(texts: Iterable[str]) -> Iterator[bytes]:
    """The texts in UTF-8, in chunks of at least CHUNK_SIZE bytes.

    The first chunk is made at once, so that errors are raised before a response begins.
    """
    chunks = _iter_chunks(texts)
    first = next(chunks, b"")
    return chain((first,), chunks)


def _iter_chunks(texts: Iterable[str]) -> Iterator[bytes]:
    chunk = bytearray()
    for text in texts:
        chunk += text.encode()
        if len(chunk) >= CHUNK_SIZE:
            yield bytes(chunk)
            chunk.clear()
    if chunk:
        yield bytes(chunk)
