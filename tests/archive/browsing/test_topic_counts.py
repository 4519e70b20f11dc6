"""Counts in the topic tree."""

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from archive.browsing.topic_counts import count_subtrees

# 1 has the narrower topics 2 and 3, and 2 has 4; 5 stands alone.
PARENTS = {1: None, 2: 1, 3: 1, 4: 2, 5: None}


class TestCountSubtrees:
    def test_article_counts_on_its_topic_and_all_ancestors(self) -> None:
        assert count_subtrees(PARENTS, [(10, 4)]) == {4: 1, 2: 1, 1: 1}

    def test_article_on_two_branches_counts_once_above_them(self) -> None:
        counts = count_subtrees(PARENTS, [(10, 3), (10, 4)])
        assert counts == {1: 1, 2: 1, 3: 1, 4: 1}

    def test_article_on_a_topic_and_its_parent_counts_once(self) -> None:
        assert count_subtrees(PARENTS, [(10, 1), (10, 2)])[1] == 1

    def test_unknown_topic_does_not_count(self) -> None:
        assert count_subtrees(PARENTS, [(10, 99)]) == {}

    def test_cycle_ends(self) -> None:
        assert count_subtrees({1: 2, 2: 1}, [(10, 1)]) == {1: 1, 2: 1}

    @given(st.sets(st.tuples(st.integers(1, 30), st.sampled_from(sorted(PARENTS)))))
    def test_distinct_articles_are_counted(self, links: set[tuple[int, int]]) -> None:
        below = {1: {1, 2, 3, 4}, 2: {2, 4}, 3: {3}, 4: {4}, 5: {5}}
        counts = count_subtrees(PARENTS, sorted(links))
        articles = {
            article: {topic for _, topic in group}
            for article, group in groupby(sorted(links), key=lambda link: link[0])
        }
        for topic, subtree in below.items():
            expected = sum(bool(topics & subtree) for topics in articles.values())
            assert counts[topic] == expected
