"""Filters: which documents pass facet values, the period and other searches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Final, NamedTuple

import numpy as np

from search.engines.contract import EngineRequest
from search.engines.limits import check_request
from search.engines.whoosh.arrays import Array, is_in_sorted
from search.engines.whoosh.execution.matching import Matching
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.compiler import compile_period, compile_query
from search.fields import DATE_FIRST
from search.request import NOT_STATED, FacetFilter

# The name of the period among the filters; no facet has it.
PERIOD: Final = "period"


class FilteredDocs(NamedTuple):
    """Matching documents, ascending, int64[n], and which of them pass each filter.

    ``passing`` has a bool[n] for each name that can be left out: of a facet of which
    any value is enough, and ``PERIOD``. ``always`` are those that pass all others.
    """

    docs: Array
    always: Array | None
    passing: Mapping[str, Array]

    @property
    def hits(self) -> Array:
        """The documents that pass every filter, ascending."""
        return self._passing(self.passing)

    def hits_without(self, name: str) -> Array:
        """The documents that pass every filter but *name*, ascending."""
        return self._passing(other for other in self.passing if other != name)

    def _passing(self, names: Iterable[str]) -> Array:
        if not self.passing and self.always is None:
            return self.docs
        flags = [self.passing[name] for name in names]
        if self.always is not None:
            flags.append(self.always)
        return self.docs[reduce(np.logical_and, flags)] if flags else self.docs


def find_docs(matching: Matching, request: EngineRequest) -> Array:
    """What the query and the other searches of *request* find: int64[n], ascending.

    Raises QueryTooExpensive.
    """
    docs = matching.find(compile_query(request.query))
    for other in request.within:
        docs = docs[is_in_sorted(find_hits(matching, other), docs)]
    for other in request.without:
        docs = docs[~is_in_sorted(find_hits(matching, other), docs)]
    return docs


def find_hits(matching: Matching, request: EngineRequest) -> Array:
    """The documents that *request* finds: int64[n], ascending.

    Raises QueryTooExpensive.
    """
    check_request(request)
    docs = find_docs(matching, request)
    return filter_docs(matching.snapshot, request, docs).hits


def filter_docs(
    snapshot: Snapshot, request: EngineRequest, docs: Array
) -> FilteredDocs:
    """*docs*, ascending, with what of them passes the filters of *request*."""
    always: list[Array] = []
    passing: dict[str, Array] = {}
    for each in request.filters:
        if each.excluded:
            always.append(~_has_any(snapshot, each.name, each.excluded)[docs])
        if each.values and each.match_any:
            passing[each.name] = _has_any(snapshot, each.name, each.values)[docs]
        elif each.values:
            always.append(_has_all(snapshot, each)[docs])
    if request.period or request.undated:
        passing[PERIOD] = _is_in_period(snapshot, request, docs)
    return FilteredDocs(
        docs, reduce(np.logical_and, always) if always else None, passing
    )


def _is_in_period(snapshot: Snapshot, request: EngineRequest, docs: Array) -> Array:
    """Whether each of *docs* is of the period, or undated where that passes: bool."""
    flags: list[Array] = []
    if request.period:
        inside = [
            one.choose(snapshot.numeric_doc_values(one.fieldname)[docs])
            for one in compile_period(request.period)
        ]
        flags.append(reduce(np.logical_and, inside))
    if request.undated:
        flags.append(snapshot.numeric_doc_values(DATE_FIRST)[docs] == 0)
    return reduce(np.logical_or, flags)


def _has_all(snapshot: Snapshot, wanted: FacetFilter) -> Array:
    """Whether each document of the index has all values of *wanted*: bool[n_docs]."""
    flags = [_has_any(snapshot, wanted.name, (value,)) for value in wanted.values]
    return reduce(np.logical_and, flags)


def _has_any(snapshot: Snapshot, name: str, values: tuple[str, ...]) -> Array:
    """Whether each document of the index has one of *values*: bool[n_docs]."""
    flags = np.zeros(snapshot.max_doc, bool)
    for base, field in snapshot.fields(name):
        for value in values:
            if value != NOT_STATED:
                flags[field.docs(field.find(value.encode())) + base] = True
    if NOT_STATED in values:
        flags |= _has_none(snapshot, name)
    return flags


def _has_none(snapshot: Snapshot, name: str) -> Array:
    """Whether each document of the index is without a value: bool[n_docs]."""
    column = snapshot.sorted_set_doc_values(name)
    if column is None:
        return np.ones(snapshot.max_doc, bool)
    return column.has_none
