"""What makes one hit better than another: the weights, and the second look at the best.

All documents are scored by word family, exact form and title. For the best of them a
second look adds what would take too long for all: other words of the same root, and
words that stand side by side as in the query. How the numbers were chosen is told in
docs/decisions/0010-ranking.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from whoosh import query as q

from search.engines.whoosh.arrays import Array, is_in_sorted
from search.engines.whoosh.execution.matching import Matching
from search.engines.whoosh.execution.positions import POSITION_BITS, encode_positions
from search.engines.whoosh.execution.scoring import Scoring
from search.engines.whoosh.execution.top_k import top_k
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.weights import ADJACENT_WEIGHT, ROOT_WEIGHT, Rescore
from search.fields import ARTICLE_ID, DATE_FIRST

# How many of the best hits are looked at a second time.
RESCORE_WINDOW: Final = 200


def rank(
    matching: Matching, docs: Array, scores: Array, bonuses: Rescore, last: int
) -> tuple[Array, Array]:
    """The best *last* of the hits *docs*, and their scores, the best first.

    Equal scores stand by date, the newest first. The best are looked at again for
    *bonuses*; a bonus never takes away, so that what is not among them stays behind.
    """
    snapshot = matching.snapshot
    has_bonuses = bool(bonuses.kin or bonuses.lines)
    if has_bonuses and docs.size <= RESCORE_WINDOW:
        best = np.arange(docs.size)
    else:
        chosen = max(last, RESCORE_WINDOW) if has_bonuses else last
        best = select_best(snapshot, docs, scores, chosen)
    found = scores[best]
    if best.size > 1 and has_bonuses:
        looked_at = best[:RESCORE_WINDOW]
        order = looked_at.argsort()
        more = _look_again(matching, docs[looked_at[order]], bonuses)
        found[:RESCORE_WINDOW][order] += more
        again = select_best(snapshot, docs[best], found, last)
        best, found = best[again], found[again]
    return docs[best[:last]], found[:last]


def select_best(snapshot: Snapshot, docs: Array, scores: Array, limit: int) -> Array:
    """Indexes of the *limit* best of *docs* by score, then the newest, then the id."""
    at = np.arange(docs.size)
    if limit * 2 < docs.size:
        bound = np.partition(scores, docs.size - limit)[docs.size - limit]
        at = (scores >= bound).nonzero()[0]
    dates = snapshot.numeric_doc_values(DATE_FIRST)[docs[at]]
    articles = snapshot.numeric_doc_values(ARTICLE_ID)[docs[at]]
    return at[top_k((-scores[at], -dates, -articles), 0, limit)]


def _look_again(matching: Matching, best: Array, bonuses: Rescore) -> Array:
    """What each of the documents *best*, ascending, earns by *bonuses*."""
    look = _Rescorer(matching, best)
    earned = look.rate_words(bonuses.kin)
    for words in bonuses.lines:
        earned += ADJACENT_WEIGHT * look.rate_line(words)
    return earned


class _Rescorer:
    """Rates some documents, the *best*, by their own tokens."""

    def __init__(self, matching: Matching, best: Array) -> None:
        self._matching = matching
        self._best = best
        self._scoring = Scoring(matching, best)

    def rate_words(self, terms: Sequence[q.Query]) -> Array:
        """What each of the best documents earns by words of the same root."""
        scores = self._scoring.none()
        for term in terms:
            self._matching.deadline.check()
            postings = self._matching.postings.find(term)
            self._scoring.add_postings(term.field(), postings, ROOT_WEIGHT, scores)
        return scores[self._best]

    def rate_line(self, words: Sequence[q.Query]) -> Array:
        """What each scores for the neighbors of a line that are neighbors in it."""
        scores = np.zeros(self._best.size, np.float32)
        places = [self._find_places(word) for word in words]
        flags = [self._matching.postings.flags(word) for word in words]
        name = words[0].field()
        for at, (before, after) in enumerate(pairwise(places)):
            together = is_in_sorted(after, before + 1)
            if not together.any():
                continue
            docs = before[together] >> POSITION_BITS
            rows = self._best.searchsorted(docs)
            counts = np.bincount(rows, minlength=self._best.size)
            both = flags[at] & flags[at + 1]
            # How many documents of all have the pair: as many of those with both
            # words as there are of the best with both words.
            share = np.count_nonzero(counts) / np.count_nonzero(both[self._best])
            pairs = max(1.0, share * np.count_nonzero(both))
            scores += self._scoring.bm25(name, self._best, counts, pairs, 1)
        return scores

    def _find_places(self, leaf: q.Query) -> Array:
        """The packed places of a word in the best."""
        return encode_positions(
            *self._matching.postings.find(leaf).tokens_in(self._scoring.flags)
        )
