"""Pages of one search, and what searches leave in the caches."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from search.arabic.families import asked_lemmas, join_keys
from search.engines.contract import EngineRequest
from search.engines.whoosh.backend import WhooshBackend
from search.engines.whoosh.execution.scoring import Scoring
from search.engines.whoosh.query.nodes import Family
from search.errors import QueryTooExpensive
from search.query.parse import parse
from search.request import Sort
from tests.search.text_index import TextIndex

_PAGE = 20


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
    def test_pages_together_are_the_whole_order(
        self, index: TextIndex, query: str, sort: Sort
    ) -> None:
        every = list(index.engine.iter_ids(EngineRequest(parse(query), sort=sort)))
        pages = [_page(index, query, number, sort) for number in range(25)]
        assert [one for page in pages for one in page] == every
        assert len(set(every)) == len(every) > 300

    def test_later_page_of_a_cached_order_scores_nothing(
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


class TestCachedBytes:
    """The cache knows its bytes, however a search ends."""

    QUERIES = ("كتاب مكتبة", "كتاب OR مكتبة", '"كتاب مكتبة"', "كتاب", "مكتبة")

    @pytest.mark.parametrize("query", QUERIES)
    def test_pages_and_exports_are_counted(self, index: TextIndex, query: str) -> None:
        request = EngineRequest(parse(query), limit=_PAGE)
        for _time in range(3):
            index.engine.run(request)
            assert _held(index) == _counted(index) > 0
            next(index.engine.iter_ids(request))
            assert _held(index) == _counted(index)

    def test_refused_search_is_counted(
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
    return sum(postings.nbytes for postings in index.snapshot.postings_cache)


def _counted(index: TextIndex) -> int:
    return index.snapshot.postings_cache.nbytes


class TestCacheMb:
    @pytest.mark.parametrize(("megabytes", "is_cached"), [(0, False), (1, True)])
    def test_postings_are_cached_unless_the_bound_is_zero(
        self,
        tmp_path: Path,
        megabytes: int,
        is_cached: bool,
    ) -> None:
        made = WhooshBackend("default", PATH=str(tmp_path), CACHE_MB=megabytes)
        TextIndex(tmp_path, ["كتاب"])
        made.run(EngineRequest(parse("كتاب"), limit=1))
        read = made.store.snapshot().postings_cache.get(
            (Family, ("text", join_keys(asked_lemmas("كتاب"))))
        )
        assert (read is not None) == is_cached
