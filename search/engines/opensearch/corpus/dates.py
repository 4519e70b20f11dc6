"""Hits by date and source, counted by the server without a limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from search.date_keys import MONTHS_OF_YEAR
from search.engines.contract import DateCounts
from search.engines.opensearch.answering import Counts, read_dates, read_terms
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.documents import DAY, LENGTH, MONTH, YEAR
from search.engines.opensearch.paging import WINDOW, count_all, search_many
from search.engines.opensearch.query.words import Json

SOURCE: Final = "source"
_KEYS: Final = (SOURCE, YEAR, MONTH)
# A source, "" without one, and a month as `HeldWords` has it.
Group = tuple[str, int]


def count_dates(
    cluster: Cluster, index: str, query: Json, found: Mapping[str, Any]
) -> DateCounts:
    """The counts of `asking.DATE_COUNTS` for *query*, completed where any are cut off.

    *found* are the aggregations of the server's answer.
    """

    def every(name: str, field: str) -> Counts:
        counts = read_terms(found[name])
        return count_all(cluster, index, query, field) if counts is None else counts

    return read_dates(
        every("years", YEAR),
        every("months", MONTH),
        found["undated"]["doc_count"],
        lambda: count_all(cluster, index, query, DAY),
    )


def group_of(source: str | None, year: int | None, month: int | None) -> Group:
    """The group of a document with these values.

    >>> group_of("7", 1923, 192302), group_of(None, 1923, None)
    (('7', 192302), ('', 192300))
    """
    return source or "", month or (year or 0) * MONTHS_OF_YEAR


def iter_held(
    cluster: Cluster, index: str, query: Json
) -> Iterator[tuple[Group, int, int]]:
    """The articles and the tokens of each source and month among the hits of *query*.

    A document of several sources counts in each.
    """
    sources = [
        {key: {"terms": {"field": key, "missing_bucket": True}}} for key in _KEYS
    ]
    composite: Json = {"size": WINDOW, "sources": sources}
    tokens = {"tokens": {"sum": {"field": LENGTH}}}
    while True:
        held = {"held": {"composite": composite, "aggs": tokens}}
        [answer] = search_many(
            cluster, index, [{"size": 0, "query": query, "aggs": held}]
        )
        found = answer["aggregations"]["held"]
        for each in found["buckets"]:
            group = group_of(*(each["key"][key] for key in _KEYS))
            yield group, each["doc_count"], int(each["tokens"]["value"])
        if "after_key" not in found:
            return
        composite = {**composite, "after": found["after_key"]}
