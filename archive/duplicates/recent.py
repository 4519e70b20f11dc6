"""The runs of the texts that were compared last, so that they are not read again."""

from __future__ import annotations

from typing import Final

from archive.duplicates.words import Hashes

_MOST_BYTES: Final = 32 * 1024 * 1024


class RecentRuns:
    """Runs of texts by the digest of the text, the last ones; not thread-safe.

    What a digest stands for never changes, so that nothing has to be forgotten where a
    transaction is rolled back or somebody edits an article.
    """

    def __init__(self, *, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._runs: dict[int, Hashes] = {}
        self._bytes = 0

    def __bool__(self) -> bool:
        return bool(self._runs)

    def get(self, digest: int) -> Hashes | None:
        """The runs of the text with this digest, None where they are not kept."""
        return self._runs.get(digest)

    def add(self, digest: int, runs: Hashes) -> None:
        """Keep the runs; the oldest ones go where they are too many."""
        if digest in self._runs:
            return
        self._runs[digest] = runs
        self._bytes += runs.nbytes
        while self._bytes > self._most_bytes:
            self._bytes -= self._runs.pop(next(iter(self._runs))).nbytes
