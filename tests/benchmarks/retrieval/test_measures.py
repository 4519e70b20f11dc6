"""Measures by hand."""

import pytest

from benchmarks.retrieval.measures import first_rank, mean_reciprocal_rank, success


class TestFirstRank:
    @pytest.mark.parametrize(
        ("found", "relevant", "rank"),
        [
            (["a", "b", "c"], {"a"}, 1),
            (["a", "b", "c"], {"c"}, 3),
            (["a", "b", "c"], {"c", "b"}, 2),
            (["a", "b", "c"], {"d"}, None),
            ([], {"a"}, None),
        ],
    )
    def test_it_is_that_of_the_best_relevant_hit(
        self, found: list[str], relevant: set[str], rank: int | None
    ) -> None:
        assert first_rank(found, relevant) == rank


class TestMeanReciprocalRank:
    @pytest.mark.parametrize(
        ("ranks", "mean"),
        [
            ([1], 1.0),
            ([2, 4], 0.375),
            ([10], 0.1),
            ([11], 0.0),
            ([None, 1], 0.5),
            ([None], 0.0),
        ],
    )
    def test_it_is_the_mean_of_one_over_rank(
        self, ranks: list[int | None], mean: float
    ) -> None:
        assert mean_reciprocal_rank(ranks) == pytest.approx(mean)

    def test_it_has_no_value_without_queries(self) -> None:
        with pytest.raises(ValueError, match="no query"):
            mean_reciprocal_rank([])


class TestSuccess:
    @pytest.mark.parametrize(
        ("depth", "share"), [(1, 0.25), (2, 0.5), (9, 0.5), (10, 0.75)]
    )
    def test_it_is_the_share_of_queries_answered_so_early(
        self, depth: int, share: float
    ) -> None:
        assert success([1, 2, 10, None], depth) == share

    def test_it_has_no_value_without_queries(self) -> None:
        with pytest.raises(ValueError, match="no query"):
            success([], 1)
