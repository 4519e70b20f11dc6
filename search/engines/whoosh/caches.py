"""LRU caches bounded by bytes, and the bounds of all of them in one table.

The policy: what one search reads is held by its `Matching` and goes with it; what later
searches can use is in an `LruCache` of the commit or the segment that it was read from,
so that no cache has to be invalidated. Pure functions of a word or of a query have
`functools.lru_cache` with a bound instead; docs/architecture.md lists those.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from threading import Lock
from types import MappingProxyType
from typing import Final, Generic, Protocol, TypeVar

from cachetools import LRUCache

_MEBIBYTE: Final = 1024 * 1024

# Mebibytes. The first is the default of ``CACHE_MB`` of the search connection, which
# SEARCH_MEMORY_MB sets.
CACHE_MB: Final[Mapping[str, int]] = MappingProxyType(
    {
        # A commit: TermPostings of the terms searched for.
        "postings": 192,
        # A commit: RankedDocs of searches beyond their first page.
        "orders": 16,
        # A field of a segment: posting lists of wildcards and fuzzy words. In a lexicon
        # of 300,000 forms one takes at most 2 MB.
        "expansions": 32,
    }
)


class HasBytes(Protocol):
    """A value that tells the bytes of memory that it takes."""

    @property
    def nbytes(self) -> int:
        """Bytes."""
        ...


Value = TypeVar("Value", bound=HasBytes)


class LruCache(Generic[Value]):
    """An LRU cache of at most *max_bytes*. Thread-safe.

    The size of a value is what ``nbytes`` says when it is put: a value that grew has
    to be put again. One larger than the cache is not cached.
    """

    def __init__(self, max_bytes: int) -> None:
        self._cache: LRUCache[Hashable, Value] = LRUCache(max_bytes, _nbytes)
        self._lock = Lock()

    @classmethod
    def of(cls, name: str, megabytes: int | None = None) -> LruCache[Value]:
        """The cache *name* of `CACHE_MB`, or one of *megabytes* mebibytes."""
        bound = CACHE_MB[name] if megabytes is None else megabytes
        return cls(bound * _MEBIBYTE)

    @property
    def nbytes(self) -> int:
        """The bytes of all values, as they were when they were put."""
        return int(self._cache.currsize)

    def __iter__(self) -> Iterator[Value]:
        """The cached values, in no order."""
        with self._lock:
            return iter(list(self._cache.values()))

    def get(self, key: Hashable) -> Value | None:
        """The value under *key*, which becomes the latest used, or ``None``."""
        with self._lock:
            # Half as long as the cache's own ``get``, which looks twice.
            try:
                return self._cache[key]
            except KeyError:
                return None

    def put(self, key: Hashable, value: Value) -> None:
        """Cache *value* under *key*, evicting the values least recently used."""
        with self._lock:
            self._cache.pop(key, None)
            if value.nbytes <= self._cache.maxsize:
                self._cache[key] = value


def _nbytes(value: HasBytes) -> int:
    return value.nbytes
