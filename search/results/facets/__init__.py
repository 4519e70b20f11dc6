"""The facets of a results page: values with their counts, dates, filters as chips."""

from search.results.facets.dates import build_date_facet, build_period, label_dates
from search.results.facets.values import (
    FacetRows,
    build_chips,
    build_facet,
    build_facets,
)

__all__ = [
    "FacetRows",
    "build_chips",
    "build_date_facet",
    "build_facet",
    "build_facets",
    "build_period",
    "label_dates",
]
