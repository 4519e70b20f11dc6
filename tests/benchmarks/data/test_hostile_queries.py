"""Hostile queries: as many as promised, the same for a seed, and all of them parsed."""

from benchmarks.data.hostile_queries import iter_hostile_queries
from search.query import parse


def test_each_of_119_queries_is_parsed() -> None:
    queries = list(iter_hostile_queries(7))
    assert len(queries) == 119
    assert queries == list(iter_hostile_queries(7))
    for _family, query in queries:
        parse(query)
