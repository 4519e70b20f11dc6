"""LRU caches: values, eviction by bytes, and the table of bounds."""

from dataclasses import dataclass

import pytest

from search.engines.whoosh.caches import CACHE_MB, LruCache


@dataclass(frozen=True)
class Value:
    nbytes: int


def _cache(*keys: str, max_bytes: int = 20, nbytes: int = 6) -> LruCache[Value]:
    cache: LruCache[Value] = LruCache(max_bytes)
    for key in keys:
        cache.put(key, Value(nbytes))
    return cache


class TestLruCache:
    def test_value_is_returned_by_its_key(self) -> None:
        cache, value = _cache(), Value(3)
        cache.put("كتاب", value)
        assert cache.get("كتاب") is value
        assert cache.get("قلم") is None

    def test_least_recently_used_value_is_evicted_first(self) -> None:
        cache = _cache("ا", "ب", "ج")
        cache.get("ا")
        cache.put("د", Value(6))
        assert [key for key in "ابجد" if cache.get(key)] == ["ا", "ج", "د"]

    def test_value_put_again_counts_once(self) -> None:
        cache = _cache("ب", max_bytes=10, nbytes=2)
        for _time in range(5):
            cache.put("ا", Value(8))
        assert cache.get("ب")
        assert cache.nbytes == 10

    def test_grown_value_counts_with_its_new_size(self) -> None:
        cache = _cache("ا", "ب")
        cache.put("ا", Value(14))
        assert cache.nbytes == 20
        cache.put("ا", Value(15))
        assert cache.get("ب") is None

    def test_oversized_value_is_not_cached(self) -> None:
        cache = _cache("ا", max_bytes=10)
        cache.put("ا", Value(11))
        assert cache.get("ا") is None
        cache.put("ب", Value(10))
        assert cache.get("ب")

    def test_iteration_yields_the_values(self) -> None:
        assert list(_cache("ا", "ب")) == [Value(6), Value(6)]


class TestBounds:
    @pytest.mark.parametrize("name", CACHE_MB)
    def test_named_cache_has_the_bound_of_the_table(self, name: str) -> None:
        cache: LruCache[Value] = LruCache.of(name)
        bound = CACHE_MB[name] * 1024 * 1024
        cache.put("fits", Value(bound))
        cache.put("too large", Value(bound + 1))
        assert [value.nbytes for value in cache] == [bound]

    def test_given_megabytes_replace_the_bound(self) -> None:
        cache: LruCache[Value] = LruCache.of("postings", 0)
        cache.put("كتاب", Value(1))
        assert cache.get("كتاب") is None
