"""The cache keeps what was used last, and never more than it may."""

from pathlib import Path

import numpy as np

from search.engines.whoosh.postings_cache import PostingsCache
from search.engines.whoosh.segment import Postings
from tests.search.text_index import TextIndex

# Documents of eight bytes and frequencies of one.
_BYTES_A_POSTING = 9


def _postings(count: int) -> Postings:
    return Postings(np.arange(count), np.ones(count, np.uint8))


class TestPostingsCache:
    def test_what_was_put_is_given_back(self) -> None:
        cache, postings = PostingsCache(), _postings(3)
        cache.put("كتاب", postings)
        assert cache.get("كتاب") is postings
        assert cache.get("قلم") is None

    def test_what_was_not_asked_for_the_longest_goes_first(self) -> None:
        cache = PostingsCache(most_bytes=20 * _BYTES_A_POSTING)
        for key in "ابج":
            cache.put(key, _postings(6))
        cache.get("ا")
        cache.put("د", _postings(6))
        assert [key for key in "ابجد" if cache.get(key)] == ["ا", "ج", "د"]

    def test_what_is_put_again_counts_once(self) -> None:
        cache = PostingsCache(most_bytes=10 * _BYTES_A_POSTING)
        cache.put("ب", _postings(2))
        for _time in range(5):
            cache.put("ا", _postings(8))
        assert cache.get("ب") is not None
        assert cache.get("ا") is not None

    def test_what_is_larger_than_the_cache_is_not_kept(self) -> None:
        cache = PostingsCache(most_bytes=10 * _BYTES_A_POSTING)
        cache.put("ا", _postings(11))
        assert cache.get("ا") is None
        cache.put("ب", _postings(10))
        assert cache.get("ب") is not None


class TestKept:
    def test_what_is_kept_of_one_query_is_not_taken_for_another(
        self, tmp_path: Path
    ) -> None:
        texts = ["استقلال", "استغلال", "استغفال", "الاستقلال", "مستقل"]
        index = TextIndex(tmp_path / "one", texts)
        found = {}
        for sign in ("~1", "~2", "*"):
            query = f"استقلال{sign}"
            found[sign] = index.find(query)
            assert TextIndex(tmp_path / sign[-1], texts).find(query) == found[sign]
        assert found == {"~1": {1, 2, 4}, "~2": {1, 2, 3, 4}, "*": {1, 4}}
