"""Scores documents by a Whoosh query: BM25 of every term query in it.

Only documents that are hits already are scored, so that nothing is spent on what a
filter or another word excludes. All forms of a word count as one term.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
from whoosh import query as q

from search.engines.whoosh.arrays import Array, count_runs
from search.engines.whoosh.execution.bm25 import field_norms, term_weight, tf_weights
from search.engines.whoosh.execution.matching import Matching, look_up, required
from search.engines.whoosh.execution.positions import POSITION_BITS
from search.engines.whoosh.execution.term_postings import TermPostings
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.diacritics import WithDiacritics
from search.engines.whoosh.query.nodes import (
    ColumnRange,
    OptionalBoost,
    PositionQuery,
    TitleMatch,
)
from search.engines.whoosh.query.term_tests import TextRange

# Where a term has so many times as many postings as documents are scored, only the
# weights of these documents are looked up.
_FEW: Final = 8


class ScoredDocs(NamedTuple):
    """Documents, ascending, int64[n], and their scores, float32[n]."""

    docs: Array
    scores: Array


def evaluate(snapshot: Snapshot, query: q.Query) -> ScoredDocs:
    """All documents that match *query*, without deleted ones, with their scores.

    Raises TypeError for an unknown kind of query.
    """
    matching = Matching(snapshot)
    docs = matching.find(query)
    return ScoredDocs(docs, Scoring(matching, docs).score(query))


class Scoring:
    """Scores *docs*, ascending and distinct, by what *matching* has read.

    Scores are summed in arrays of all documents, float32[n_docs]; what these say of
    documents other than *docs* has no meaning.
    """

    def __init__(self, matching: Matching, docs: Array) -> None:
        self.matching = matching
        self.docs = docs
        self._snapshot = matching.snapshot

    def score(self, query: q.Query) -> Array:
        """The score of each of ``docs``, all of which match *query*: float32[n]."""
        scores = self.zeros()
        self.add(query, scores)
        return scores[self.docs]

    def zeros(self) -> Array:
        """A score of 0 for each document: float32[n_docs]."""
        return np.zeros(self._snapshot.max_doc, np.float32)

    def add(self, query: q.Query, scores: Array) -> None:
        """Add the scores by *query*, which all of ``docs`` match, to *scores*."""
        self.matching.deadline.check()
        rewritten = self.matching.rewrite(query)
        look_up(_SCORERS, rewritten)(self, rewritten, scores)

    def add_where_matching(self, query: q.Query, scores: Array) -> None:
        """Add the scores by *query*, and nothing for documents that do not match it."""
        if _scores_non_matching(query):
            added = self.zeros()
            self.add(query, added)
            scores += added * self.matching.flags(query)
        else:
            self.add(query, scores)

    def add_postings(
        self,
        name: str,
        postings: TermPostings,
        boost: float,
        scores: Array,
        *,
        frequent_as: TermPostings | None = None,
    ) -> None:
        """Add BM25 of a term with these *postings* in the field *name* to *scores*.

        Its document frequency is that of *frequent_as* where that is higher.
        """
        norms = field_norms(self._snapshot, name)
        only = self.docs if self.docs.size * _FEW < postings.size else None
        if only is not None and not (postings.is_warm or postings.has_weights):
            weights, only = postings.weights_in(self.flags, norms), None
        else:
            weights = postings.weights(norms)
        # Read after the weights, which make the document frequency known.
        doc_freq = postings.doc_freq
        if frequent_as:
            doc_freq = max(doc_freq, frequent_as.doc_freq)
        weights.add_to(scores, self._weight(norms, doc_freq, boost), only)

    def bm25(
        self, name: str, docs: Array, freqs: Array, doc_freq: float, boost: float
    ) -> Array:
        """BM25 of a term that stands *freqs* times in *docs*: float32[n].

        *docs* are ascending and distinct; *doc_freq* documents have the term in the
        field *name*.
        """
        norms = field_norms(self._snapshot, name)
        values = tf_weights(docs, freqs, norms).values
        return values * self._weight(norms, doc_freq, boost)

    def _weight(self, norms: Array | None, doc_freq: float, boost: float) -> np.float32:
        """What scales the tf weights of a term; only *boost* in an unscored field."""
        if norms is None:
            return np.float32(boost)
        return term_weight(self._snapshot.max_doc, doc_freq, boost)

    @cached_property
    def flags(self) -> Array:
        """Whether each document is scored: bool[n_docs]."""
        flags = self.matching.none()
        flags[self.docs] = True
        return flags


def _scores_non_matching(query: q.Query) -> bool:
    """Whether a part of *query* may score documents that do not match the whole."""
    if isinstance(query, q.Or):
        return bool(query.minmatch > 1)
    return isinstance(query, _CONJUNCTIONS) and not isinstance(query, OptionalBoost)


def _score_term(scoring: Scoring, query: Any, scores: Array) -> None:
    postings = scoring.matching.postings.read(query)
    scoring.add_postings(query.field(), postings, query.boost, scores)


def _score_title(scoring: Scoring, query: TitleMatch, scores: Array) -> None:
    title, text = map(scoring.matching.postings.read, (query.title, query.text))
    name = query.title.field()
    scoring.add_postings(name, title, query.boost, scores, frequent_as=text)


def _score_positions(scoring: Scoring, query: Any, scores: Array) -> None:
    docs, freqs = count_runs(scoring.matching.positions(query) >> POSITION_BITS)
    scores[docs] += scoring.bm25(query.field(), docs, freqs, docs.size, query.boost)


def _score_and(scoring: Scoring, query: q.And, scores: Array) -> None:
    for child in required(query):
        scoring.add(child, scores)


def _score_or(scoring: Scoring, query: q.Or, scores: Array) -> None:
    for child in query.subqueries:
        scoring.add_where_matching(child, scores)


def _score_and_maybe(scoring: Scoring, query: q.AndMaybe, scores: Array) -> None:
    scoring.add(query.a, scores)
    scoring.add_where_matching(query.b, scores)


def _score_first(scoring: Scoring, query: Any, scores: Array) -> None:
    scoring.add(query.a, scores)


def _score_one(scoring: Scoring, query: q.Query, scores: Array) -> None:
    scores += scoring.matching.flags(query)


def _score_every(scoring: Scoring, query: q.Every, scores: Array) -> None:
    scores += scoring.matching.flags(query) * np.float32(query.boost)


def _score_constant(scoring: Scoring, query: Any, scores: Array) -> None:
    scores += scoring.matching.flags(query) * np.float32(query.score)


_CONJUNCTIONS: Final = (q.And, q.AndMaybe, q.AndNot, q.Require)

_SCORERS: Final[dict[type, Callable[[Scoring, Any, Array], None]]] = {
    q.Term: _score_term,
    q.MultiTerm: _score_term,
    TitleMatch: _score_title,
    WithDiacritics: _score_positions,
    PositionQuery: _score_positions,
    q.And: _score_and,
    q.Or: _score_or,
    q.Not: _score_one,
    q.AndNot: _score_first,
    q.AndMaybe: _score_and_maybe,
    q.Require: _score_first,
    q.Every: _score_every,
    q.ConstantScoreQuery: _score_constant,
    ColumnRange: _score_one,
    TextRange: _score_one,
    type(q.NullQuery): _score_one,
}
