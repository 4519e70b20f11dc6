"""Searches that the archive asks for: the results around an article, all results."""

from dataclasses import dataclass
from itertools import chain
from typing import Final

from django.http import QueryDict

from search import searcher
from search.errors import IndexUnavailable, QueryTooExpensive
from search.forms import SearchForm

# Results among which the article is looked for: 50 pages.
MAX_LOOKED_AT: Final = 1_000


@dataclass(frozen=True, slots=True)
class Neighbors:
    """The rank of an article among *total* results, and the ids beside it."""

    rank: int
    total: int
    before: int | None
    after: int | None


def find_neighbors(article_id: int, parameters: QueryDict) -> Neighbors | None:
    """The neighbors of the article in the search of *parameters*.

    ``None`` where they hold no search, it cannot be made, or the article is not among
    its first MAX_LOOKED_AT results: an article is shown whatever its search does.
    """
    form = SearchForm(parameters)
    try:
        # Without a lexicon some queries cannot even be read.
        if not form.is_valid() or not form.search_request.query_string():
            return None
        ids, total = searcher.list_first_ids(form.search_request, limit=MAX_LOOKED_AT)
    except (QueryTooExpensive, IndexUnavailable):
        return None
    if article_id not in ids:
        return None
    at = ids.index(article_id)
    return Neighbors(
        rank=at + 1,
        total=total,
        before=ids[at - 1] if at else None,
        after=ids[at + 1] if at + 1 < len(ids) else None,
    )


def list_found(parameters: QueryDict) -> list[int]:
    """The ids of all articles that the search of *parameters* finds.

    Raises ValueError with a sentence where it cannot be made.
    """
    form = SearchForm(parameters)
    try:
        if not form.is_valid():
            raise ValueError(" ".join(map(str, chain(*form.errors.values()))))
        return list(searcher.iter_ids(form.search_request))
    except (QueryTooExpensive, IndexUnavailable) as error:
        raise ValueError(str(error)) from error
