"""The search request: query, filters, dates, sort and page, and its query string."""

from search.request.facet_filters import (
    ANY_KEY,
    EXCLUDED_PREFIX,
    NOT_STATED,
    FacetFilter,
    make_filter,
    read_filters,
)
from search.request.search_request import (
    CALENDAR_KEY,
    DATE_KEYS,
    PAGE_SIZE,
    UNDATED,
    UNDATED_KEY,
    WITHIN_KEYS,
    ChartCalendar,
    Period,
    SearchRequest,
    Sort,
    Within,
    read_as_of,
    read_level,
    read_within,
)

__all__ = [
    "ANY_KEY",
    "CALENDAR_KEY",
    "DATE_KEYS",
    "EXCLUDED_PREFIX",
    "NOT_STATED",
    "PAGE_SIZE",
    "UNDATED",
    "UNDATED_KEY",
    "WITHIN_KEYS",
    "ChartCalendar",
    "FacetFilter",
    "Period",
    "SearchRequest",
    "Sort",
    "Within",
    "make_filter",
    "read_as_of",
    "read_filters",
    "read_level",
    "read_within",
]
