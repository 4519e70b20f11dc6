"""The limit of words in a query that scan the lexicon."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from search.engines.contract import EngineRequest
from search.errors import QueryTooExpensive
from search.query import Query, TermQuery, walk

# Each compares the word with every term of the index, up to a second in a large one;
# a query has room for a hundred words.
MAX_SCANNING_TERMS: Final = 8


def check_cost(query: Query) -> None:
    """Raise QueryTooExpensive where too many words of *query* scan the lexicon."""
    if _count_scanning(query) > MAX_SCANNING_TERMS:
        raise QueryTooExpensive(
            _(
                "More than %(limit)d words have “?”, “~” or an asterisk before their "
                "end. Leave some out."
            )
            % {"limit": MAX_SCANNING_TERMS}
        )


def check_request(request: EngineRequest) -> None:
    """`check_cost` of the query of *request* and of those of its other searches."""
    check_cost(request.query)
    for other in (*request.within, *request.without):
        check_request(other)


def _count_scanning(query: Query) -> int:
    return sum(isinstance(node, TermQuery) and node.scans_terms for node in walk(query))
