"""What makes one hit better than another: the weights, and the second look at the best.

All documents are scored by word family, exact form and title. For the best of them a
second look adds what would take too long for all: other words of the same root, and
words that stand side by side as in the query. How the numbers were chosen is told in
docs/decisions/0010-ranking.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from whoosh import query as q

from search.engines.whoosh.evaluate import Matches, rate
from search.engines.whoosh.picking import pick
from search.engines.whoosh.places import PLACE_BITS, contains, pack
from search.engines.whoosh.segment_file import Array
from search.engines.whoosh.selection import select_page
from search.engines.whoosh.snapshot import Pick, Snapshot
from search.fields import ARTICLE_ID, DATE_FIRST

# What each adds to the match of the word family, whose weight is 1.
EXACT_WEIGHT: Final = 0.3
TITLE_WEIGHT: Final = 0.5
ROOT_WEIGHT: Final = 0.5
ADJACENT_WEIGHT: Final = 0.25
# How many of the best hits are looked at a second time.
LOOKED_AT_AGAIN: Final = 200


@dataclass(frozen=True, slots=True)
class Bonuses:
    """What the best hits are looked at again for.

    ``kin`` are queries for words of the same root; in ``lines`` the words stand as
    in the query, those that were typed side by side in one line.
    """

    kin: tuple[q.Query, ...]
    lines: tuple[tuple[q.Query, ...], ...]


def relevance_keys(snapshot: Snapshot, hits: Matches) -> tuple[Array, ...]:
    """The sorting keys of *hits*, ascending: score, then the newest, then the id."""
    dates = snapshot.numbers(DATE_FIRST)[hits.docs]
    articles = snapshot.numbers(ARTICLE_ID)[hits.docs]
    return -hits.scores, -dates, -articles


def look_again(snapshot: Snapshot, hits: Matches, bonuses: Bonuses) -> Matches:
    """*hits* with what the best of them earn by *bonuses*.

    A bonus never takes away, so that whatever is not among the best stays behind.
    """
    if hits.docs.size < 2 or not (bonuses.kin or bonuses.lines):
        return hits
    best = np.sort(select_page(relevance_keys(snapshot, hits), 0, LOOKED_AT_AGAIN))
    again = _SecondLook(snapshot, hits.docs[best])
    scores = hits.scores.copy()
    for leaf in bonuses.kin:
        scores[best] += ROOT_WEIGHT * again.rate_word(leaf)
    for words in bonuses.lines:
        scores[best] += ADJACENT_WEIGHT * again.rate_line(words)
    return Matches(hits.docs, scores)


class _SecondLook:
    """Rates some documents, the *best*, by their own tokens."""

    def __init__(self, snapshot: Snapshot, best: Array) -> None:
        self._snapshot = snapshot
        self._best = best
        self._row = np.full(snapshot.count, -1, np.int64)
        self._row[best] = np.arange(best.size)

    def rate_word(self, leaf: q.Query) -> Array:
        """What each of the best documents scores for a word."""
        docs, freqs = self._snapshot.gather_loose(leaf.field(), self._pick(leaf))
        rows = self._row[docs]
        inside = rows >= 0
        counts = np.bincount(rows[inside], freqs[inside], self._best.size)
        return self._rate(leaf.field(), counts, self._count_documents(docs))

    def rate_line(self, words: Sequence[q.Query]) -> Array:
        """What each scores for the neighbors of a line that are neighbors in it."""
        found = [self._find_places(word) for word in words]
        scores = np.zeros(self._best.size)
        for (docs, places), (next_docs, next_places) in pairwise(found):
            together = contains(next_places, places + 1)
            rows = places[together] >> PLACE_BITS
            if not rows.size:
                continue
            counts = np.bincount(rows, minlength=self._best.size)
            both = self._in_both(docs, next_docs)
            # How many documents of all have the pair: as many of those with both
            # words as there are of the best with both words.
            share = np.count_nonzero(counts) / np.count_nonzero(both[self._best])
            pairs = max(1.0, share * np.count_nonzero(both))
            scores += self._rate(words[0].field(), counts, pairs)
        return scores

    def _pick(self, leaf: q.Query) -> Pick:
        return pick(self._snapshot, leaf)

    def _rate(self, name: str, counts: Array, documents: float) -> Array:
        return rate(self._snapshot, name, self._best, counts, documents)

    def _count_documents(self, docs: Array) -> int:
        return int(np.count_nonzero(self._flag(docs)))

    def _flag(self, docs: Array) -> Array:
        flags = np.zeros(self._snapshot.count, bool)
        flags[docs] = True
        return flags

    def _in_both(self, docs: Array, others: Array) -> Array:
        return self._flag(docs) & self._flag(others)

    def _find_places(self, leaf: q.Query) -> tuple[Array, Array]:
        """All documents of a word, and its places in the best, row and place packed."""
        docs, rows, places = self._snapshot.gather_places_in(
            leaf.field(), self._pick(leaf), self._row
        )
        return docs, pack(rows, places)
