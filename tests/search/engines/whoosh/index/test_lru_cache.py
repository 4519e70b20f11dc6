"""Turning pages scores nothing again, and never keeps more than it may."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from search.engines.contract import EngineRequest
from search.engines.whoosh.backend import WhooshBackend
from search.engines.whoosh.execution.scoring import Scoring
from search.engines.whoosh.index.lru_cache import LruCache
from search.engines.whoosh.query.nodes import Family
from search.errors import QueryTooExpensive
from search.query.parse import parse
from search.request import Sort
from tests.search.text_index import TextIndex

_PAGE = 20


def _text(count: int) -> str:
    return "ا" * count


def _keep(most: int = 10) -> LruCache[str]:
    """Keeps texts of as many characters."""
    return LruCache(most, len)


class TestKept:
    def test_what_was_put_is_given_back(self) -> None:
        kept, text = _keep(), _text(3)
        kept.put("كتاب", text)
        assert kept.get("كتاب") is text
        assert kept.get("قلم") is None

    def test_what_was_not_asked_for_the_longest_goes_first(self) -> None:
        kept = _keep(20)
        for key in "ابج":
            kept.put(key, _text(6))
        kept.get("ا")
        kept.put("د", _text(6))
        assert [key for key in "ابجد" if kept.get(key)] == ["ا", "ج", "د"]

    def test_what_is_put_again_counts_once(self) -> None:
        kept = _keep(10)
        kept.put("ب", _text(2))
        for _time in range(5):
            kept.put("ا", _text(8))
        assert kept.get("ب")
        assert kept.get("ا")

    def test_what_is_larger_than_all_is_not_kept(self) -> None:
        kept = _keep(10)
        kept.put("ا", _text(11))
        assert kept.get("ا") is None
        kept.put("ب", _text(10))
        assert kept.get("ب")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TextIndex:
    texts = ["كتاب " * (1 + at % 7) + "مكتبة " * (at % 5) for at in range(450)]
    return TextIndex(tmp_path_factory.mktemp("pages"), texts, segments=2)


def _page(index: TextIndex, query: str, number: int, sort: Sort) -> Sequence[int]:
    request = EngineRequest(
        parse(query), sort=sort, offset=number * _PAGE, limit=_PAGE, count_dates=True
    )
    answer = index.engine.run(request)
    assert answer.dates
    return [hit.article_id for hit in answer.hits]


class TestPages:
    @pytest.mark.parametrize("sort", list(Sort))
    @pytest.mark.parametrize("query", ["كتاب", "كتاب مكتبة", "كتاب OR مكتبة"])
    def test_together_they_are_the_whole_text(
        self, index: TextIndex, query: str, sort: Sort
    ) -> None:
        every = list(index.engine.iter_ids(EngineRequest(parse(query), sort=sort)))
        pages = [_page(index, query, number, sort) for number in range(25)]
        assert [one for page in pages for one in page] == every
        assert len(set(every)) == len(every) > 300

    def test_the_third_page_scores_nothing_again(
        self, index: TextIndex, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        expected = _page(index, "مكتبة", 2, Sort.RELEVANCE)
        _page(index, "مكتبة", 1, Sort.RELEVANCE)

        def refuse(scoring: Scoring, query: object) -> None:
            raise QueryTooExpensive("scored")

        monkeypatch.setattr(Scoring, "score", refuse)
        assert _page(index, "مكتبة", 2, Sort.RELEVANCE) == expected
        with pytest.raises(QueryTooExpensive, match="scored"):
            _page(index, "كتاب -مكتبة", 2, Sort.RELEVANCE)


class TestWords:
    """What searches leave of words is counted, however they end."""

    QUERIES = ("كتاب مكتبة", "كتاب OR مكتبة", '"كتاب مكتبة"', "كتاب", "مكتبة")

    @pytest.mark.parametrize("query", QUERIES)
    def test_pages_and_exports(self, index: TextIndex, query: str) -> None:
        request = EngineRequest(parse(query), limit=_PAGE)
        for _time in range(3):
            index.engine.run(request)
            assert _held(index) == _counted(index) > 0
            next(index.engine.iter_ids(request))
            assert _held(index) == _counted(index)

    def test_searches_that_take_too_long(
        self, index: TextIndex, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        request = EngineRequest(parse("كتاب مكتبة"), limit=_PAGE)
        index.engine.run(request)

        def refuse(scoring: Scoring, query: object) -> None:
            raise QueryTooExpensive("scored")

        monkeypatch.setattr(Scoring, "score", refuse)
        with pytest.raises(QueryTooExpensive, match="scored"):
            index.engine.run(EngineRequest(parse('"كتاب مكتبة"'), limit=_PAGE))
        assert _held(index) == _counted(index)


def _held(index: TextIndex) -> int:
    kept = index.snapshot.postings_cache
    return sum(leaf.measure() for leaf, _size in kept._kept.values())


def _counted(index: TextIndex) -> int:
    return index.snapshot.postings_cache._size


class TestSetting:
    @pytest.mark.parametrize(("megabytes", "is_kept"), [(0, False), (1, True)])
    def test_words_are_kept_where_there_may_be_any(
        self,
        tmp_path: Path,
        megabytes: int,
        is_kept: bool,
    ) -> None:
        made = WhooshBackend("default", PATH=str(tmp_path), KEEP_MB=megabytes)
        TextIndex(tmp_path, ["كتاب"])
        made.run(EngineRequest(parse("كتاب"), limit=1))
        read = made.store.snapshot().postings_cache.get((Family, ("text", "كتاب")))
        assert (read is not None) == is_kept
