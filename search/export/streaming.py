"""Encoding of an export in chunks."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

# Bytes.
CHUNK_SIZE: Final = 65_536


def stream(
    pieces: Iterable[str | bytes], *, chunk_size: int = CHUNK_SIZE
) -> Iterator[bytes]:
    """The pieces, texts in UTF-8, in chunks of at least *chunk_size* bytes.

    The first chunk is made at once, so that errors are raised before a response begins.
    """
    chunks = _iter_chunks(pieces, chunk_size)
    first = next(chunks, b"")
    return chain((first,), chunks)


def _iter_chunks(pieces: Iterable[str | bytes], size: int) -> Iterator[bytes]:
    chunk = bytearray()
    for piece in pieces:
        chunk += piece.encode() if isinstance(piece, str) else piece
        if len(chunk) >= size:
            yield bytes(chunk)
            chunk.clear()
    if chunk:
        yield bytes(chunk)
