"""Turning pages scores nothing again, and never keeps more than it may."""

from collections.abc import Sequence

import numpy as np
import pytest

from search.engines.contract import EngineRequest
from search.engines.whoosh.kept_orders import KeptOrders, Order
from search.engines.whoosh.scoring import Scoring
from search.errors import QueryTooExpensive
from search.request import Sort
from search.syntax import parse
from tests.search.text_index import TextIndex

# Documents of eight bytes and scores of four.
_BYTES_A_HIT = 12
_PAGE = 20


def _order(count: int) -> Order:
    return np.arange(count), np.ones(count, np.float32)


class TestKeptOrders:
    def test_what_was_put_is_given_back(self) -> None:
        orders, order = KeptOrders(), _order(3)
        orders.put("كتاب", order)
        assert orders.get("كتاب") is order
        assert orders.get("قلم") is None

    def test_what_was_not_asked_for_the_longest_goes_first(self) -> None:
        orders = KeptOrders(most_bytes=20 * _BYTES_A_HIT)
        for key in "ابج":
            orders.put(key, _order(6))
        orders.get("ا")
        orders.put("د", _order(6))
        assert [key for key in "ابجد" if orders.get(key)] == ["ا", "ج", "د"]

    def test_what_is_put_again_counts_once(self) -> None:
        orders = KeptOrders(most_bytes=10 * _BYTES_A_HIT)
        orders.put("ب", _order(2))
        for _time in range(5):
            orders.put("ا", _order(8))
        assert orders.get("ب")
        assert orders.get("ا")

    def test_what_is_larger_than_all_is_not_kept(self) -> None:
        orders = KeptOrders(most_bytes=10 * _BYTES_A_HIT)
        orders.put("ا", _order(11))
        assert orders.get("ا") is None
        orders.put("ب", _order(10))
        assert orders.get("ب")


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
    def test_together_they_are_the_whole_order(
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
