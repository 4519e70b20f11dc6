"""Text in pieces as bytes in chunks, the first of which is there before any is sent.

Public: `stream`.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

CHUNK_SIZE: Final = 65_536


def stream(pieces: Iterable[str]) -> Iterator[bytes]:
    """The pieces in UTF-8.

    The first chunk is made at once, so that whatever prevents an export is raised
    here and not in the midst of a file.
    """
    chunks = _gather(pieces)
    first = next(chunks, b"")
    return chain((first,), chunks)


def _gather(pieces: Iterable[str]) -> Iterator[bytes]:
    chunk = bytearray()
    for piece in pieces:
        chunk += piece.encode()
        if len(chunk) >= CHUNK_SIZE:
            yield bytes(chunk)
            chunk.clear()
    if chunk:
        yield bytes(chunk)
