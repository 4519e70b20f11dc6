"""Top-k by several keys, against a full sort."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.execution import top_k as module
from search.engines.whoosh.execution.top_k import largest_counts, top_k

# More rows than are sorted whole.
_ROWS = module._SMALL + 500


class TestTopK:
    @given(
        seed=st.integers(0, 9_999),
        values=st.sampled_from([2, 50, 10_000]),
        offset=st.integers(0, 40),
        limit=st.integers(1, 40),
    )
    def test_page_is_that_of_a_full_sort(
        self, seed: int, values: int, offset: int, limit: int
    ) -> None:
        rng = np.random.default_rng(seed)
        keys = (rng.integers(0, values, _ROWS), rng.integers(0, 9, _ROWS))
        whole = np.lexsort(tuple(reversed(keys)))
        page = top_k(keys, offset, limit)
        assert page.tolist() == whole[offset : offset + limit].tolist()


class TestLargestCounts:
    def test_zeros_are_left_out_and_ties_keep_their_order(self) -> None:
        counts = np.array([0, 2, 5, 2, 0, 5])
        assert largest_counts(counts, 3).tolist() == [2, 5, 1]
        assert largest_counts(counts, None).tolist() == [2, 5, 1, 3]
