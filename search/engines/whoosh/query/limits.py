"""What a query may cost: how many of its words may be looked for in every form.

Public: `check_cost`, `MOST_OPEN_WORDS`.
"""

from __future__ import annotations

from time import monotonic
from typing import Final

from django.utils.translation import gettext_lazy as _

from search.errors import QueryTooExpensive
from search.query import And, Field, Fuzzy, MostOf, Not, Or, Query, Wildcard

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


class Deadline:
    """The end of the time of one search, which begins now and has *seconds*.

    ``None`` seconds never end. What is done between two checks takes some
    milliseconds, or for a pattern in a very large lexicon a second.
    """

    def __init__(self, seconds: float | None) -> None:
        self._end = None if seconds is None else monotonic() + seconds

    def check(self) -> None:
        """Raise QueryTooExpensive where the time is over."""
        if self._end is not None and monotonic() > self._end:
            raise QueryTooExpensive(
                _(
                    "This search takes too long. Leave out some words, above all "
                    "those with an asterisk, “?” or “~”."
                )
            )
