"""What a query may cost: how many of its words may be looked for in every form.

Public: `check_cost`, `MOST_OPEN_WORDS`.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from search.errors import QueryTooExpensive
from search.query import (
    And,
    Field,
    Fuzzy,
    MostOf,
    Not,
    Or,
    Query,
    Wildcard,
)

# Each is compared with every form of the index, which takes up to a second in a large
# one; a query has room for a hundred words.
MOST_OPEN_WORDS: Final = 8


def check_cost(query: Query) -> None:
    """Raise QueryTooExpensive where *query* has too many patterns and `Fuzzy` words."""
    if _count_open(query) > MOST_OPEN_WORDS:
        raise QueryTooExpensive(
            _(
                "More than %(limit)d words have “?”, “~” or an asterisk before their "
                "end. Leave some out."
            )
            % {"limit": MOST_OPEN_WORDS}
        )


def _count_open(query: Query) -> int:
    match query:
        case Wildcard() | Fuzzy():
            return 1
        case And(children) | Or(children) | MostOf(children):
            return sum(map(_count_open, children))
        case Field(_, child) | Not(child):
            return _count_open(child)
    return 0
