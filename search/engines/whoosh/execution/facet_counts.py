"""Counts the values of a facet among documents."""

from __future__ import annotations

import numpy as np

from search.engines.contract import EngineRequest, FacetCounts
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.execution.top_k import largest_counts
from search.engines.whoosh.index.snapshot import Snapshot
from search.request import NOT_STATED


def count_facet(
    snapshot: Snapshot, request: EngineRequest, name: str, docs: Array
) -> FacetCounts:
    """The most frequent values of the facet *name* among *docs*, the chosen included.

    Equal counts are in the order of the values.
    """
    chosen = _list_chosen(request, name)
    column = snapshot.sorted_set_doc_values(name)
    if column is None or not docs.size:
        return FacetCounts(tuple((value, 0) for value in chosen), 0, int(docs.size))
    counts = column.count(docs)
    largest = largest_counts(counts, request.facet_limit)
    shown = {column.labels[at]: int(counts[at]) for at in largest.tolist()}
    for value in chosen:
        if value not in shown:
            shown[value] = column.count_of(value, counts)
    return FacetCounts(
        tuple(shown.items()),
        int(np.count_nonzero(counts)),
        column.count_none(docs, counts),
    )


def _list_chosen(request: EngineRequest, name: str) -> list[str]:
    """The values that the filter of the facet asks for or excludes."""
    return [
        value
        for each in request.filters
        if each.name == name
        for value in (*each.values, *each.excluded)
        if value != NOT_STATED
    ]
