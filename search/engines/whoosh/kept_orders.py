"""The orders of searches that somebody pages through, within a bound of memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Final

from search.engines.whoosh.segment_file import Array

# For each commit of the index that a process has open; a hit takes twelve bytes.
MOST_BYTES: Final = 16 * 1024 * 1024


# Documents, the best first, and their scores.
Order = tuple[Array, Array]


class KeptOrders:
    """Keeps the hits of the latest searches, the best first; threads may share it."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._size = 0
        self._kept: OrderedDict[Hashable, Order] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Order | None:
        """The hits kept under *key*, or ``None``."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, key: Hashable, hits: Order) -> None:
        """Keep *hits*, which are not to be changed, and drop what is too much."""
        with self._lock:
            replaced = self._kept.pop(key, None)
            self._size -= _size(replaced) if replaced else 0
            self._kept[key] = hits
            self._size += _size(hits)
            while self._size > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._size -= _size(oldest)


def _size(hits: Order) -> int:
    return sum(array.nbytes for array in hits)
