"""What makes one hit better than another: the weights, and the second look at the best.

All documents are scored by word family, exact form and title. For the best of them a
second look adds what would take too long for all: words that stand side by side as in
the query, and other words of the same root. How the numbers were chosen is told in
docs/decisions/0009-ranking.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from whoosh import query as q

from search.engines.whoosh.evaluate import Matches, evaluate
from search.engines.whoosh.segment_file import Array
from search.engines.whoosh.selection import select_page
from search.engines.whoosh.snapshot import Snapshot
from search.fields import ARTICLE_ID, DATE_FIRST

# What each adds to the match of the word family, whose weight is 1.
EXACT_WEIGHT: Final = 0.3
TITLE_WEIGHT: Final = 0.5
ROOT_WEIGHT: Final = 0.4
ADJACENT_WEIGHT: Final = 0.3
# How many of the best hits are looked at a second time.
LOOKED_AT_AGAIN: Final = 200


def relevance_keys(snapshot: Snapshot, hits: Matches) -> tuple[Array, ...]:
    """The sorting keys of *hits*, ascending: score, then the newest, then the id."""
    dates = snapshot.numbers(DATE_FIRST)[hits.docs]
    articles = snapshot.numbers(ARTICLE_ID)[hits.docs]
    return -hits.scores, -dates, -articles


def look_again(
    snapshot: Snapshot, hits: Matches, bonuses: Sequence[q.Query]
) -> Matches:
    """*hits* with what the best of them earn by *bonuses*, which match no others.

    A bonus never takes away, so that whatever is not among the best stays behind.
    """
    if not bonuses or hits.docs.size < 2:
        return hits
    best = np.sort(select_page(relevance_keys(snapshot, hits), 0, LOOKED_AT_AGAIN))
    docs = hits.docs[best]
    scores = hits.scores.copy()
    for bonus in bonuses:
        earned = evaluate(snapshot, bonus)
        if earned.docs.size:
            at = np.minimum(np.searchsorted(earned.docs, docs), earned.docs.size - 1)
            scores[best] += np.where(earned.docs[at] == docs, earned.scores[at], 0.0)
    return Matches(hits.docs, scores)
