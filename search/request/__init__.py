"""The search request: query, filters, dates, sort and page, and its query string."""

from search.request.search_request import (
    DATE_KEYS,
    PAGE_SIZE,
    Period,
    SearchRequest,
    Sort,
    read_as_of,
    read_filters,
    read_level,
)

__all__ = [
    "DATE_KEYS",
    "PAGE_SIZE",
    "Period",
    "SearchRequest",
    "Sort",
    "read_as_of",
    "read_filters",
    "read_level",
]
