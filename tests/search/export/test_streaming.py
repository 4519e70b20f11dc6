"""Encoding of an export in chunks."""

from collections.abc import Iterator

import pytest

from search.errors import IndexUnavailable
from search.export.streaming import CHUNK_SIZE, stream


class TestStream:
    def test_chunks_join_to_the_text(self) -> None:
        pieces = ["دجلة" * number for number in range(400)]
        assert b"".join(stream(pieces)).decode() == "".join(pieces)

    def test_chunks_are_larger_than_rows(self) -> None:
        row = "صف" * 1000
        sizes = [len(chunk) for chunk in stream([row] * 200)]
        assert len(sizes) > 2
        assert all(CHUNK_SIZE <= size < 2 * CHUNK_SIZE for size in sizes[:-1])

    def test_error_in_the_first_chunk_is_raised_at_once(self) -> None:
        def broken() -> Iterator[str]:
            raise IndexUnavailable("There is no index yet.")
            yield ""

        with pytest.raises(IndexUnavailable):
            stream(broken())

    def test_only_the_first_chunk_is_read_ahead(self) -> None:
        read = []

        def pieces() -> Iterator[str]:
            for number in range(100):
                read.append(number)
                yield "س" * CHUNK_SIZE

        stream(pieces())
        assert read == [0]
