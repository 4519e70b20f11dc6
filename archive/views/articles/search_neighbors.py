"""The results before and after an article, of the search that led to it.

The archive does not depend on search: the setting ``SEARCH_NEIGHBORS`` is the dotted
path of a function ``(article_id, parameters) -> SearchNeighbors | None``; empty: none.
"""

from typing import Protocol

from django.conf import settings
from django.http import QueryDict
from django.utils.module_loading import import_string


class SearchNeighbors(Protocol):
    """Where an article stands among the results of a search."""

    @property
    def rank(self) -> int:
        """Its rank, from 1."""
        ...

    @property
    def total(self) -> int:
        """How many results there are."""
        ...

    @property
    def before(self) -> int | None:
        """The id of the article before it; ``None`` for the first."""
        ...

    @property
    def after(self) -> int | None:
        """The id of the article after it; ``None`` for the last that is looked at."""
        ...


def find_search_neighbors(
    article_id: int, parameters: QueryDict
) -> SearchNeighbors | None:
    """The neighbors of an article in the search of the query string *parameters*.

    ``None`` where it holds no search, the search cannot be made, or does not find the
    article among its first results.
    """
    path = getattr(settings, "SEARCH_NEIGHBORS", "")
    if not path:
        return None
    found: SearchNeighbors | None = import_string(path)(article_id, parameters)
    return found
