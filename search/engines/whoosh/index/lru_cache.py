"""What searches leave for the next ones, within a bound of memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class LruCache(Generic[Value]):
    """Keeps what was asked for the latest, no more than *most_bytes* of it.

    *measure* tells how many bytes a value takes. Values are not to be changed; threads
    may share them.
    """

    def __init__(self, most_bytes: int, measure: Callable[[Value], int]) -> None:
        self._most = most_bytes
        self._measure = measure
        self._size = 0
        self._kept: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """The value kept under *key*, or ``None``."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Value) -> None:
        """Keep *value*, and drop what is too much."""
        size = self._measure(value)
        with self._lock:
            _replaced, freed = self._kept.pop(key, (None, 0))
            self._kept[key] = value, size
            self._size += size - freed
            while self._size > self._most:
                _key, (_oldest, freed) = self._kept.popitem(last=False)
                self._size -= freed
