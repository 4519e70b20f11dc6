"""Filters: which matching documents pass the chosen facet values and the period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Final

import numpy as np

from search.engines.contract import EngineRequest
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.compiler import compile_period

# The name of the period among the filters; no facet has it.
PERIOD: Final = "period"


@dataclass(frozen=True, slots=True)
class FilteredDocs:
    """Matching documents, ascending, int64[n], and which of them pass each filter.

    ``passing`` has a bool[n] for each filter, by its name.
    """

    docs: Array
    passing: Mapping[str, Array]

    @property
    def hits(self) -> Array:
        """The documents that pass every filter, ascending."""
        return self._passing(self.passing)

    def hits_without(self, name: str) -> Array:
        """The documents that pass every filter but *name*, ascending."""
        return self._passing(other for other in self.passing if other != name)

    def _passing(self, names: Iterable[str]) -> Array:
        flags = [self.passing[name] for name in names]
        return self.docs[reduce(np.logical_and, flags)] if flags else self.docs


def filter_docs(
    snapshot: Snapshot, request: EngineRequest, docs: Array
) -> FilteredDocs:
    """*docs*, ascending, with what of them passes the filters of *request*."""
    passing = {
        name: _has_any_value(snapshot, name, values)[docs]
        for name, values in request.filters
    }
    if request.period:
        ranges = compile_period(request.period)
        inside = [
            one.choose(snapshot.numeric_doc_values(one.fieldname)[docs])
            for one in ranges
        ]
        passing[PERIOD] = reduce(np.logical_and, inside)
    return FilteredDocs(docs, passing)


def _has_any_value(snapshot: Snapshot, name: str, values: tuple[str, ...]) -> Array:
    """Whether each document of the index has one of *values*: bool[n_docs]."""
    flags = np.zeros(snapshot.max_doc, bool)
    for base, field in snapshot.fields(name):
        for value in values:
            flags[field.docs(field.find(value.encode())) + base] = True
    return flags
