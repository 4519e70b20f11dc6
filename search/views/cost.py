"""The cost of a search in an address, for rate limits."""

from __future__ import annotations

from django.http import QueryDict

from search import searcher
from search.errors import IndexUnavailable
from search.forms import SearchForm


def estimate_seconds(parameters: QueryDict) -> float:
    """About how many processor seconds the page of these *parameters* takes.

    0 where the search cannot be read or the index is unavailable: the page that says so
    costs nothing. Neither runs the query nor asks the database.
    """
    form = SearchForm(parameters)
    if not form.is_valid():
        return 0.0
    try:
        return searcher.estimate_seconds(form.search_request)
    except IndexUnavailable:
        return 0.0
