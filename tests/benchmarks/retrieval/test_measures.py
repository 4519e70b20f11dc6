"""Measures of rankings, computed by hand."""

import pytest

from benchmarks.retrieval.measures import first_rank, mean_reciprocal_rank, success


class TestFirstRank:
    @pytest.mark.parametrize(
        ("retrieved", "relevant", "rank"),
        [
            (["a", "b", "c"], {"a"}, 1),
            (["a", "b", "c"], {"c"}, 3),
            (["a", "b", "c"], {"c", "b"}, 2),
            (["a", "b", "c"], {"d"}, None),
            ([], {"a"}, None),
        ],
    )
    def test_rank_is_that_of_the_first_relevant_hit(
        self, retrieved: list[str], relevant: set[str], rank: int | None
    ) -> None:
        assert first_rank(retrieved, relevant) == rank


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
    def test_mean_of_reciprocal_ranks_up_to_the_cutoff(
        self, ranks: list[int | None], mean: float
    ) -> None:
        assert mean_reciprocal_rank(ranks) == pytest.approx(mean)

    def test_no_queries_raises(self) -> None:
        with pytest.raises(ValueError, match="no query"):
            mean_reciprocal_rank([])


class TestSuccess:
    @pytest.mark.parametrize(
        ("cutoff", "share"), [(1, 0.25), (2, 0.5), (9, 0.5), (10, 0.75)]
    )
    def test_share_of_queries_answered_by_the_cutoff(
        self, cutoff: int, share: float
    ) -> None:
        assert success([1, 2, 10, None], cutoff) == share

    def test_no_queries_raises(self) -> None:
        with pytest.raises(ValueError, match="no query"):
            success([], 1)
