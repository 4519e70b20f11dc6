"""Ranks hits: a first pass by score, a second pass over the best of them.

All hits are scored by word family, exact form and title. The best `RESCORE_WINDOW` are
rescored by what would take too long for all: other words of the same root or light
stem, and words that stand side by side as in the query
(docs/decisions/0010-ranking.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from whoosh import query as q

from search.engines.weights import ADJACENT_WEIGHT
from search.engines.whoosh.arrays import Array, is_in_sorted
from search.engines.whoosh.execution.matching import Matching
from search.engines.whoosh.execution.positions import POSITION_BITS, encode_positions
from search.engines.whoosh.execution.scoring import Scoring
from search.engines.whoosh.execution.top_k import top_k
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.rescore import Rescore
from search.fields import ARTICLE_ID, DATE_FIRST
from search.request import Sort

# How many of the best hits are rescored.
RESCORE_WINDOW: Final = 200


@dataclass(frozen=True, slots=True)
class RankedDocs:
    """The best hits in order: documents, int64[n], and their scores, float32[n]."""

    docs: Array
    scores: Array

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return self.docs.nbytes + self.scores.nbytes

    def cut(self, first: int, last: int) -> RankedDocs:
        """The hits from rank *first* to *last*, counted from 0."""
        return RankedDocs(self.docs[first:last], self.scores[first:last])


def rescore(
    matching: Matching, docs: Array, scores: Array, by: Rescore, limit: int
) -> RankedDocs:
    """The best *limit* of the hits *docs*, the best first, rescored by *by*.

    Ties go to the newest, then to the highest id. Rescoring never lowers a score, so
    that hits outside the window stay behind those inside.
    """
    snapshot = matching.snapshot
    if by and docs.size <= RESCORE_WINDOW:
        best = np.arange(docs.size)
    else:
        best = _select(snapshot, docs, scores, max(limit, RESCORE_WINDOW if by else 0))
    chosen = scores[best]
    if by and best.size > 1:
        window = best[:RESCORE_WINDOW]
        ascending = window.argsort()
        rescorer = _Rescorer(matching, docs[window[ascending]])
        chosen[:RESCORE_WINDOW][ascending] += rescorer.score(by)
        again = _select(snapshot, docs[best], chosen, limit)
        best, chosen = best[again], chosen[again]
    return RankedDocs(docs[best[:limit]], chosen[:limit])


def sort_by_date(snapshot: Snapshot, docs: Array, sort: Sort, limit: int) -> RankedDocs:
    """The first *limit* of *docs* by date, then id; undated articles come last."""
    dates = snapshot.numeric_doc_values(DATE_FIRST)[docs]
    articles = snapshot.numeric_doc_values(ARTICLE_ID)[docs]
    if sort is Sort.NEWEST:
        keys = (-dates, -articles)
    else:
        keys = (np.where(dates == 0, np.iinfo(np.int64).max, dates), articles)
    ranked = docs[top_k(keys, 0, limit)]
    return RankedDocs(ranked, np.zeros(ranked.size, np.float32))


def _select(snapshot: Snapshot, docs: Array, scores: Array, limit: int) -> Array:
    """Indexes of the best *limit* of *docs*: by score, then the newest, then by id."""
    at = np.arange(docs.size)
    if limit * 2 < docs.size:
        bound = np.partition(scores, docs.size - limit)[docs.size - limit]
        at = (scores >= bound).nonzero()[0]
    dates = snapshot.numeric_doc_values(DATE_FIRST)[docs[at]]
    articles = snapshot.numeric_doc_values(ARTICLE_ID)[docs[at]]
    return at[top_k((-scores[at], -dates, -articles), 0, limit)]


class _Rescorer:
    """Scores a few documents, *docs*, ascending, by their own tokens."""

    def __init__(self, matching: Matching, docs: Array) -> None:
        self._matching = matching
        self._docs = docs
        self._scoring = Scoring(matching, docs)

    def score(self, by: Rescore) -> Array:
        """What each document's score rises by: float32[n]."""
        added = self._score_related_terms(by.related_terms)
        for terms in by.adjacent_terms:
            added += ADJACENT_WEIGHT * self._score_adjacent(terms)
        return added

    def _score_related_terms(self, terms: Sequence[q.Query]) -> Array:
        scores = self._scoring.zeros()
        for term in terms:
            self._matching.deadline.check()
            postings = self._matching.postings.read(term)
            self._scoring.add_postings(term.field(), postings, term.boost, scores)
        return scores[self._docs]

    def _score_adjacent(self, terms: Sequence[q.Query]) -> Array:
        """BM25 of each pair of neighbors in *terms* as if it were a term."""
        scores = np.zeros(self._docs.size, np.float32)
        positions = [self._positions_of(term) for term in terms]
        flags = [self._matching.postings.flags(term) for term in terms]
        name = terms[0].field()
        for at, (before, after) in enumerate(pairwise(positions)):
            is_pair = is_in_sorted(after, before + 1)
            if not is_pair.any():
                continue
            rows = self._docs.searchsorted(before[is_pair] >> POSITION_BITS)
            freqs = np.bincount(rows, minlength=self._docs.size)
            both = flags[at] & flags[at + 1]
            # The pair's document frequency is estimated: its share of the documents
            # with both words is taken to be the same outside the window as inside.
            share = np.count_nonzero(freqs) / np.count_nonzero(both[self._docs])
            doc_freq = max(1.0, share * np.count_nonzero(both))
            scores += self._scoring.bm25(name, self._docs, freqs, doc_freq, 1)
        return scores

    def _positions_of(self, term: q.Query) -> Array:
        """The encoded positions of *term* in the documents, ascending."""
        postings = self._matching.postings.read(term)
        return encode_positions(*postings.positions_in(self._scoring.flags))
