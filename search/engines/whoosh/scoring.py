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

from search.engines.whoosh.leaves import LeafPostings
from search.engines.whoosh.marked_queries import Marked
from search.engines.whoosh.matching import Matching, look_up, wanted
from search.engines.whoosh.ordered import count_runs
from search.engines.whoosh.places import PLACE_BITS
from search.engines.whoosh.queries import Better, ColumnRange, InTitle, Sequence
from search.engines.whoosh.segment_file import Array
from search.engines.whoosh.snapshot import K1
from search.engines.whoosh.term_queries import TextRange

# A table of all documents pays where they are no more than so many for each posting,
# and the postings no more than so many for each document that is scored.
_FEW: Final = 8


class Scoring:
    """Scores the documents *docs*, ascending, by what *matching* found."""

    def __init__(self, matching: Matching, docs: Array) -> None:
        self.matching = matching
        self.docs = docs
        self._count = matching.snapshot.count
        self._norms: dict[str, Array] = {}

    def score(self, query: q.Query) -> Array:
        """The score of each document, all of which match *query*."""
        scores = np.zeros(self.docs.size, np.float32)
        self.add(query, scores)
        return scores

    def add(self, query: q.Query, scores: Array) -> None:
        """Add to *scores* what each document, all of which match, has by *query*."""
        self.matching.deadline.check()
        resolved = self.matching.resolve(query)
        look_up(_ADD, resolved)(self, resolved, scores)

    def add_possible(self, query: q.Query, scores: Array) -> None:
        """The same, and nothing where a document does not match."""
        if _scores_others(query):
            scores += self.score(query) * self.matching.flags(query)[self.docs]
        else:
            self.add(query, scores)

    def add_postings(
        self, name: str, postings: LeafPostings, found: int, boost: float, scores: Array
    ) -> None:
        """Add BM25 of a word with these *postings* in the field *name*.

        *found* documents of the index have it.
        """
        size = postings.docs.size
        if self._count < size * _FEW and size < self.docs.size * _FEW:
            counts = np.bincount(postings.docs, postings.freqs, self._count)
            scores += self.rate(name, counts[self.docs], found, boost)
        elif size:
            docs, freqs = postings.find_in(self.flags)
            rows = self._rows[docs]
            if not postings.is_one_list:
                counts = np.bincount(rows, freqs, self.docs.size)
                rows = counts.nonzero()[0]
                freqs = counts[rows]
            scores[rows] += self.rate(name, freqs, found, boost, rows)

    def rate(
        self, name: str, freqs: Array, found: float, boost: float, rows: Any = ...
    ) -> Array:
        """BM25, with Lucene's ever positive idf, of a word that stands so often.

        *found* documents of the index have it in the field *name*; the frequencies
        are those of the documents in *rows*, or of all.
        """
        if not self.matching.snapshot.schema[name].scorable:
            return (freqs > 0) * np.float32(boost)
        idf = math.log1p((self._count - found + 0.5) / (found + 0.5))
        weights = freqs.astype(np.float32)
        scores: Array = weights + self._norms_of(name)[rows]
        np.divide(weights, scores, out=scores)
        scores *= np.float32(boost * idf * (K1 + 1))
        return scores

    @cached_property
    def flags(self) -> Array:
        """For each document of the index whether it is scored."""
        flags = self.matching.none()
        flags[self.docs] = True
        return flags

    @cached_property
    def _rows(self) -> Array:
        """For each of the documents its place among them; of others nothing is said."""
        rows = np.empty(self._count, np.intp)
        rows[self.docs] = np.arange(self.docs.size)
        return rows

    def _norms_of(self, name: str) -> Array:
        if name not in self._norms:
            self._norms[name] = self.matching.snapshot.norms(name)[self.docs]
        return self._norms[name]


def _scores_others(query: q.Query) -> bool:
    """Whether documents that do not match *query* may be scored by a part of it."""
    if isinstance(query, q.Or):
        return bool(query.minmatch > 1)
    return isinstance(query, _OF_SEVERAL) and not isinstance(query, Better)


def _leaf(scoring: Scoring, query: Any, scores: Array) -> None:
    postings = scoring.matching.leaves.find(query)
    name, boost = query.field(), query.boost
    scoring.add_postings(name, postings, postings.found, boost, scores)


def _in_title(scoring: Scoring, query: InTitle, scores: Array) -> None:
    """Matches in the title, each word as rare as it is in the whole text."""
    leaves = scoring.matching.leaves
    title = leaves.find(query.title)
    found = max(leaves.find(query.text).found, title.found)
    scoring.add_postings(query.title.field(), title, found, query.boost, scores)


def _at_places(scoring: Scoring, query: Any, scores: Array) -> None:
    docs, freqs = count_runs(scoring.matching.places(query) >> PLACE_BITS)
    at = np.searchsorted(docs, scoring.docs)
    counts = np.append(freqs, 0)[at]
    counts[np.append(docs, -1)[at] != scoring.docs] = 0
    scores += scoring.rate(query.field(), counts, docs.size, query.boost)


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
    scores += scoring.matching.flags(query)[scoring.docs]


def _every(scoring: Scoring, query: q.Every, scores: Array) -> None:
    flags = scoring.matching.flags(query)[scoring.docs]
    scores += flags * np.float32(query.boost)


def _constant(scoring: Scoring, query: Any, scores: Array) -> None:
    flags = scoring.matching.flags(query)[scoring.docs]
    scores += flags * np.float32(query.score)


_OF_SEVERAL: Final = (q.And, q.AndMaybe, q.AndNot, q.Require)

_ADD: Final[dict[type, Callable[[Scoring, Any, Array], None]]] = {
    q.Term: _leaf,
    q.MultiTerm: _leaf,
    InTitle: _in_title,
    Marked: _at_places,
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
