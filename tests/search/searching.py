"""Helpers of search tests: from a query and filters to names of entries."""

from collections.abc import Mapping, Sequence

from search.query import Everything
from search.query.parse import parse
from search.request import SearchRequest, Sort, read_filters
from search.results.facets import build_period
from search.results.model import SearchResults
from search.searcher import run
from tests.search.library import Library


def make_request(
    text: str = "",
    filters: Mapping[str, Sequence[str]] | None = None,
    *,
    dates: tuple[str, str] = ("", ""),
    sort: Sort = Sort.RELEVANCE,
    page: int = 1,
) -> SearchRequest:
    """The request that the form builds from the same parameters."""
    return SearchRequest(
        text=text,
        query=parse(text) if text else Everything(),
        filters=read_filters(filters or {}),
        date_from=dates[0],
        date_to=dates[1],
        period=build_period(*dates),
        sort=sort,
        page=page,
    )


def search(request: SearchRequest | str, *, language: str = "ar") -> SearchResults:
    """The results of a request, or of a query text alone."""
    if isinstance(request, str):
        request = make_request(request)
    return run(request, language=language)


def entry_names(library: Library, results: SearchResults) -> list[str]:
    """The names of the entries found, in the order of the rows."""
    return library.names([row.article.pk for row in results.rows])
