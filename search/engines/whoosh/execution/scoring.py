"""How well documents match a Whoosh query tree: BM25 over what each leaf stands for.

Only documents that are hits already are scored, so that nothing is spent on what a
filter or another word leaves out. The forms of one word count as one word.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

import numpy as np
from whoosh import query as q

from search.engines.whoosh.arrays import Array, count_runs
from search.engines.whoosh.execution.bm25 import tf_weights
from search.engines.whoosh.execution.matching import Matching, look_up, wanted
from search.engines.whoosh.execution.positions import POSITION_BITS
from search.engines.whoosh.execution.term_postings import TermPostings
from search.engines.whoosh.index.snapshot import K1
from search.engines.whoosh.query.diacritics import WithDiacritics
from search.engines.whoosh.query.nodes import (
    ColumnRange,
    OptionalBoost,
    Sequence,
    TitleMatch,
)
from search.engines.whoosh.query.term_tests import TextRange

# Of so many times as many documents with a word, few are looked for one by one.
_FEW: Final = 8


class Scoring:
    """Scores the documents *docs*, ascending, by what *matching* found.

    Scores are gathered in one array for all documents of the index: what it says of
    others than *docs* counts for nothing.
    """

    def __init__(self, matching: Matching, docs: Array) -> None:
        self.matching = matching
        self.docs = docs
        self._snapshot = matching.snapshot

    def score(self, query: q.Query) -> Array:
        """The score of each of the documents, all of which match *query*."""
        scores = self.none()
        self.add(query, scores)
        return scores[self.docs]

    def none(self) -> Array:
        """A score of 0 for each document of the index."""
        return np.zeros(self._snapshot.max_doc, np.float32)

    def add(self, query: q.Query, scores: Array) -> None:
        """Add to *scores* what each document, all of which match, has by *query*."""
        self.matching.deadline.check()
        resolved = self.matching.resolve(query)
        look_up(_ADD, resolved)(self, resolved, scores)

    def add_possible(self, query: q.Query, scores: Array) -> None:
        """The same, and nothing where a document does not match."""
        if _scores_others(query):
            others = self.none()
            self.add(query, others)
            scores += others * self.matching.flags(query)
        else:
            self.add(query, scores)

    def add_postings(
        self,
        name: str,
        postings: TermPostings,
        boost: float,
        scores: Array,
        *,
        like: TermPostings | None = None,
    ) -> None:
        """Add BM25 of a word with these *postings* in the field *name*.

        It is as rare as *like* is, unless it is in more documents itself.
        """
        norms = self._snapshot.norms(name)
        only = self.docs if self.docs.size * _FEW < postings.size else None
        if only is not None and not (postings.is_warm or postings.is_rated):
            rates, only = postings.rates_in(self.flags, norms), None
        else:
            rates = postings.rates(norms)
        # Now that they are rated, this need not be counted.
        found = max(postings.found, like.found) if like else postings.found
        rates.add_to(scores, self._weight(name, found, boost), only)

    def bm25(
        self, name: str, docs: Array, freqs: Array, found: float, boost: float
    ) -> Array:
        """BM25 of a word that stands in *docs*, different ones, so often.

        *found* documents of the index have it in the field *name*.
        """
        rates = tf_weights(docs, freqs, self._snapshot.norms(name)).values
        return rates * self._weight(name, found, boost)

    def _weight(self, name: str, found: float, boost: float) -> np.float32:
        """What a word of so many documents counts, with Lucene's ever positive idf."""
        if self._snapshot.norms(name) is None:
            return np.float32(boost)
        idf = math.log1p((self._snapshot.max_doc - found + 0.5) / (found + 0.5))
        return np.float32(boost * idf * (K1 + 1))

    @cached_property
    def flags(self) -> Array:
        """For each document of the index whether it is scored."""
        flags = self.matching.none()
        flags[self.docs] = True
        return flags


def _scores_others(query: q.Query) -> bool:
    """Whether documents that do not match *query* may be scored by a part of it."""
    if isinstance(query, q.Or):
        return bool(query.minmatch > 1)
    return isinstance(query, _OF_SEVERAL) and not isinstance(query, OptionalBoost)


def _leaf(scoring: Scoring, query: Any, scores: Array) -> None:
    postings = scoring.matching.postings.find(query)
    scoring.add_postings(query.field(), postings, query.boost, scores)


def _in_title(scoring: Scoring, query: TitleMatch, scores: Array) -> None:
    """Matches in the title, each word as rare as it is in the whole text."""
    title, text = map(scoring.matching.postings.find, (query.title, query.text))
    scoring.add_postings(query.title.field(), title, query.boost, scores, like=text)


def _at_places(scoring: Scoring, query: Any, scores: Array) -> None:
    docs, freqs = count_runs(scoring.matching.places(query) >> POSITION_BITS)
    scores[docs] += scoring.bm25(query.field(), docs, freqs, docs.size, query.boost)


def _and(scoring: Scoring, query: q.And, scores: Array) -> None:
    for child in wanted(query):
        scoring.add(child, scores)


def _or(scoring: Scoring, query: q.Or, scores: Array) -> None:
    for child in query.subqueries:
        scoring.add_possible(child, scores)


def _and_maybe(scoring: Scoring, query: q.AndMaybe, scores: Array) -> None:
    scoring.add(query.a, scores)
    scoring.add_possible(query.b, scores)


def _first(scoring: Scoring, query: Any, scores: Array) -> None:
    scoring.add(query.a, scores)


def _alike(scoring: Scoring, query: q.Query, scores: Array) -> None:
    scores += scoring.matching.flags(query)


def _every(scoring: Scoring, query: q.Every, scores: Array) -> None:
    scores += scoring.matching.flags(query) * np.float32(query.boost)


def _constant(scoring: Scoring, query: Any, scores: Array) -> None:
    scores += scoring.matching.flags(query) * np.float32(query.score)


_OF_SEVERAL: Final = (q.And, q.AndMaybe, q.AndNot, q.Require)

_ADD: Final[dict[type, Callable[[Scoring, Any, Array], None]]] = {
    q.Term: _leaf,
    q.MultiTerm: _leaf,
    TitleMatch: _in_title,
    WithDiacritics: _at_places,
    Sequence: _at_places,
    q.And: _and,
    q.Or: _or,
    q.Not: _alike,
    q.AndNot: _first,
    q.AndMaybe: _and_maybe,
    q.Require: _first,
    q.Every: _every,
    q.ConstantScoreQuery: _constant,
    ColumnRange: _alike,
    TextRange: _alike,
    type(q.NullQuery): _alike,
}
