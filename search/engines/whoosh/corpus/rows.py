"""The page of a concordance, from the occurrences of the words of a search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from search.engines.corpus import (
    Concordance,
    ConcordanceRequest,
    ContextOrder,
    Occurrence,
    list_words,
)
from search.engines.whoosh.arrays import Array, distinct
from search.engines.whoosh.corpus.occurrences import Occurrences, count_earlier
from search.engines.whoosh.execution.positions import POSITION_BITS

# More occurrences are not sorted by their contexts, and are read by nobody.
MOST_SORTED: Final = 250_000
_BY_DATE: Final = frozenset({ContextOrder.OLDEST, ContextOrder.NEWEST})
# After every day, as keys of days count.
_AFTER_ALL: Final = 100_000_000


@dataclass(frozen=True, slots=True)
class Columns:
    """What rows are told apart by, by document: article ids and days, yyyymmdd or 0."""

    articles: Array
    days: Array


def build_concordance(
    every: Occurrences,
    request: ConcordanceRequest,
    columns: Columns,
    sort: Callable[[Occurrences], Occurrences],
) -> Concordance:
    """The page of *request*; *sort* orders occurrences by their contexts.

    *every* has those of all words of the search.
    """
    words = np.bincount(every.words, minlength=len(list_words(request.search.query)))
    found = every
    if request.word is not None:
        found = every.take(every.words == request.word)
    is_sorted = request.order in _BY_DATE or found.starts.size <= MOST_SORTED
    if not is_sorted or request.order in _BY_DATE:
        ordered = _sort_by_date(found, request.order, columns)
    else:
        ordered = sort(found) if found.starts.size else found
    page = ordered.take(slice(request.offset, request.offset + request.limit))
    positions = page.starts & ((1 << POSITION_BITS) - 1)
    earlier = count_earlier(every, page)
    articles = columns.articles[page.docs]
    by_row = (articles, positions, page.tokens, page.words, earlier)
    return Concordance(
        rows=tuple(map(Occurrence, *(column.tolist() for column in by_row))),
        total=found.starts.size,
        articles=distinct(found.docs).size,
        words=tuple(words.tolist()),
        is_sorted=is_sorted,
    )


def _sort_by_date(
    found: Occurrences, order: ContextOrder, columns: Columns
) -> Occurrences:
    """*found* by date, the undated last; equal ones in the order of article ids."""
    days = columns.days[found.docs].astype(np.int64)
    dated = -days if order is ContextOrder.NEWEST else days
    ties = found.keys_of_ties(columns.articles)
    return found.take(np.lexsort((*ties, np.where(days == 0, _AFTER_ALL, dated))))
