"""The postings of words asked for lately, within a bound of memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Final

from search.engines.whoosh.segment import Postings

# For each commit of the index that a process has open.
MOST_BYTES: Final = 32 * 1024 * 1024


class PostingsCache:
    """Keeps the postings used last; safe to share between threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._size = 0
        self._kept: OrderedDict[Hashable, Postings] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Postings | None:
        """The postings kept under *key*, or ``None``."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, key: Hashable, postings: Postings) -> None:
        """Keep *postings*, which are not to be changed, and drop what is too much."""
        with self._lock:
            replaced = self._kept.pop(key, None)
            self._size -= _size(replaced) if replaced else 0
            self._kept[key] = postings
            self._size += _size(postings)
            while self._size > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._size -= _size(oldest)


def _size(postings: Postings) -> int:
    return int(postings.docs.nbytes + postings.freqs.nbytes)
