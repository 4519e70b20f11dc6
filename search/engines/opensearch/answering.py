"""The server's answer as the contract has it: hits, totals and counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from search.engines.contract import DateCounts, FacetCounts, Hit
from search.engines.lazy_counts import LazyCounts
from search.fields import ARTICLE_ID, DOCUMENT_HASH

# Values and the number of documents that have each.
Counts = dict[Any, int]


def read_hit(hit: Mapping[str, Any], *, scored: bool) -> Hit:
    """A hit with its doc values; a document without a hash has a negative one."""
    fields = hit["fields"]
    score = hit["sort"][0] if scored else 0.0
    return Hit(fields[ARTICLE_ID][0], score, fields.get(DOCUMENT_HASH, [-1])[0])


def read_terms(aggregation: Mapping[str, Any]) -> Counts | None:
    """The values that an aggregation has counted; ``None`` where it has cut any off."""
    if aggregation["sum_other_doc_count"]:
        return None
    return {each["key"]: each["doc_count"] for each in aggregation["buckets"]}


def choose_counts(
    counts: Counts, missing: int, chosen: Sequence[str], limit: int | None
) -> FacetCounts:
    """The *limit* largest of *counts*, with those of *chosen* values.

    Equal counts are in the order of the values.
    """
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    shown = dict(ranked if limit is None else ranked[:limit])
    for value in chosen:
        shown.setdefault(value, counts.get(value, 0))
    return FacetCounts(tuple(shown.items()), len(counts), missing)


def read_dates(
    years: Counts, months: Counts, undated: int, days: Callable[[], Counts]
) -> DateCounts:
    """The counts of dates; those of days are asked for when somebody reads them."""
    return DateCounts(
        years=dict(sorted(years.items())),
        months=dict(sorted(months.items())),
        days=LazyCounts(lambda: dict(sorted(days().items()))),
        undated=undated,
    )
