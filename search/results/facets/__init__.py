"""The facets of a results page: values with their counts, dates, filters as chips."""

from search.results.facets.chips import (
    describe_chips,
    list_impossible,
    list_removals,
)
from search.results.facets.dates import build_date_facet, build_period, label_dates
from search.results.facets.tree import order_as_tree
from search.results.facets.values import FacetRows, build_facet, build_facets

__all__ = [
    "FacetRows",
    "build_date_facet",
    "build_facet",
    "build_facets",
    "build_period",
    "describe_chips",
    "label_dates",
    "list_impossible",
    "list_removals",
    "model",
    "order_as_tree",
]
