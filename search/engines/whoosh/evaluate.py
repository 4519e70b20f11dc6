"""Evaluates Whoosh query trees on arrays: which documents match, and how well.

Every kind of query has one function in ``_EVALUATE``. A match is a sorted array of
document numbers with a parallel array of scores; scores are BM25 over what a leaf
stands for, so that the forms of one word count as one word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from whoosh import query as q

from search.engines.whoosh.marked_queries import Marked
from search.engines.whoosh.picking import pick
from search.engines.whoosh.places import (
    PLACE_BITS,
    contains,
    find_places,
    find_sequence,
)
from search.engines.whoosh.queries import (
    Beginning,
    ColumnRange,
    Family,
    InTitle,
    Root,
    Sequence,
)
from search.engines.whoosh.segment import Postings
from search.engines.whoosh.segment_file import Array
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.term_queries import TextRange
from search.engines.whoosh.word_queries import Nearly, Pattern

# The usual constants of BM25 (Robertson and Zaragoza 2009), as Lucene ships them.
K1: Final = 1.2
B: Final = 0.75


@dataclass(frozen=True, slots=True)
class Matches:
    """Ascending document numbers and the score of each."""

    docs: Array
    scores: Array


def nothing() -> Matches:
    """No document."""
    return Matches(np.empty(0, np.int64), np.empty(0))


def evaluate(snapshot: Snapshot, query: q.Query) -> Matches:
    """The documents that match *query*, deleted ones left out.

    Raises TypeError for a kind of query that has no function here.
    """
    matches = _evaluate(snapshot, query)
    if snapshot.alive is None:
        return matches
    alive = snapshot.alive[matches.docs]
    return Matches(matches.docs[alive], matches.scores[alive])


def _evaluate(snapshot: Snapshot, query: q.Query) -> Matches:
    for kind in type(query).__mro__:
        function = _EVALUATE.get(kind)
        if function is not None:
            return function(snapshot, query)
    raise TypeError(f"No evaluation for {type(query).__name__}.")


def bm25(snapshot: Snapshot, name: str, postings: Postings, boost: float) -> Array:
    """The BM25 score of each posting, with Lucene's ever positive idf."""
    if not snapshot.schema[name].scorable or not len(postings.docs):
        return np.full(len(postings.docs), boost)
    docs = postings.docs
    return boost * rate(snapshot, name, docs, postings.freqs, len(docs))


def rate(
    snapshot: Snapshot, name: str, docs: Array, freqs: Array, found: float
) -> Array:
    """BM25 of *docs* that have a word so often, of which *found* documents have any."""
    idf = np.log1p((snapshot.count - found + 0.5) / (found + 0.5))
    weights = freqs.astype(np.float32)
    norms = K1 * (1 - B + B * snapshot.relative_lengths(name)[docs])
    scores: Array = idf * weights * (K1 + 1) / (weights + norms)
    return scores


def _leaf(snapshot: Snapshot, query: Any) -> Matches:
    name = query.field()
    if name not in snapshot.schema:
        return nothing()
    postings = _find_postings(snapshot, query)
    return Matches(postings.docs, bm25(snapshot, name, postings, query.boost))


def _find_postings(snapshot: Snapshot, leaf: q.Query) -> Postings:
    key = _key_of(leaf) if type(leaf) in _KEPT else None
    found = snapshot.kept.get(key) if key else None
    if found is None:
        found = snapshot.gather(leaf.field(), pick(snapshot, leaf))
        if key:
            snapshot.kept.put(key, found)
    return found


def _key_of(leaf: q.Query) -> tuple[object, ...]:
    """All that decides which documents *leaf* matches: all but its weight."""
    asked = [value for name, value in vars(leaf).items() if name != "boost"]
    return (type(leaf), *asked)


def _in_title(snapshot: Snapshot, query: InTitle) -> Matches:
    """Matches in the title, each word as rare as it is in the whole text."""
    title = _find_postings(snapshot, query.title)
    if not title.docs.size:
        return nothing()
    found = len(_find_postings(snapshot, query.text).docs)
    name = query.title.field()
    scores = rate(snapshot, name, title.docs, title.freqs, max(found, len(title.docs)))
    return Matches(title.docs, query.boost * scores)


def _sequence(snapshot: Snapshot, query: Sequence) -> Matches:
    return _score_places(snapshot, query, find_sequence(snapshot, query))


def _marked(snapshot: Snapshot, query: Marked) -> Matches:
    return _score_places(snapshot, query, find_places(snapshot, query))


def _score_places(snapshot: Snapshot, query: q.Query, places: Array) -> Matches:
    docs, freqs = np.unique(places >> PLACE_BITS, return_counts=True)
    name = query.field()
    return Matches(docs, bm25(snapshot, name, Postings(docs, freqs), query.boost))


def _and(snapshot: Snapshot, query: q.And) -> Matches:
    wanted = [child for child in query.subqueries if not isinstance(child, q.Not)]
    unwanted = [child.query for child in query.subqueries if isinstance(child, q.Not)]
    matches = intersect(
        [_evaluate(snapshot, child) for child in wanted] or [_all(snapshot)]
    )
    for child in unwanted:
        matches = exclude(matches, _evaluate(snapshot, child))
    return matches


def intersect(several: list[Matches]) -> Matches:
    """The documents in all of *several*, their scores added."""
    several = sorted(several, key=lambda matches: len(matches.docs))
    first = several[0]
    docs, scores = first.docs, first.scores
    for other in several[1:]:
        if not docs.size or not other.docs.size:
            return nothing()
        at = np.minimum(np.searchsorted(other.docs, docs), other.docs.size - 1)
        both = other.docs[at] == docs
        docs, scores = docs[both], scores[both] + other.scores[at[both]]
    return Matches(docs, scores)


def exclude(matches: Matches, unwanted: Matches) -> Matches:
    """*matches* without the documents of *unwanted*."""
    kept = ~contains(unwanted.docs, matches.docs)
    return Matches(matches.docs[kept], matches.scores[kept])


def unite(snapshot: Snapshot, several: list[Matches]) -> Matches:
    """The documents in any of *several*, their scores added."""
    several = [matches for matches in several if matches.docs.size]
    if len(several) < 2:
        return several[0] if several else nothing()
    docs = np.concatenate([matches.docs for matches in several])
    scores = np.concatenate([matches.scores for matches in several])
    found = np.zeros(snapshot.count, bool)
    found[docs] = True
    table = np.bincount(docs, scores, minlength=snapshot.count)
    united = np.flatnonzero(found)
    return Matches(united, table[united])


def _or(snapshot: Snapshot, query: q.Or) -> Matches:
    several = [_evaluate(snapshot, child) for child in query.subqueries]
    united = unite(snapshot, several)
    if query.minmatch < 2 or not united.docs.size:
        return united
    docs = np.concatenate([matches.docs for matches in several])
    enough = np.bincount(docs, minlength=snapshot.count) >= query.minmatch
    kept = enough[united.docs]
    return Matches(united.docs[kept], united.scores[kept])


def _all(snapshot: Snapshot) -> Matches:
    return Matches(np.arange(snapshot.count), np.ones(snapshot.count))


def _every(snapshot: Snapshot, query: q.Every) -> Matches:
    name = query.fieldname
    if name is None or name == "*":
        return _all(snapshot)
    postings = snapshot.gather(name, lambda field: np.arange(len(field.terms)))
    return Matches(postings.docs, np.full(len(postings.docs), query.boost))


def _not(snapshot: Snapshot, query: q.Not) -> Matches:
    return exclude(_all(snapshot), _evaluate(snapshot, query.query))


def _and_not(snapshot: Snapshot, query: q.AndNot) -> Matches:
    return exclude(_evaluate(snapshot, query.a), _evaluate(snapshot, query.b))


def _and_maybe(snapshot: Snapshot, query: q.AndMaybe) -> Matches:
    matches, more = _evaluate(snapshot, query.a), _evaluate(snapshot, query.b)
    if not matches.docs.size or not more.docs.size:
        return matches
    at = np.minimum(np.searchsorted(more.docs, matches.docs), more.docs.size - 1)
    extra = np.where(more.docs[at] == matches.docs, more.scores[at], 0.0)
    return Matches(matches.docs, matches.scores + extra)


def _require(snapshot: Snapshot, query: q.Require) -> Matches:
    required = _evaluate(snapshot, query.b)
    unscored = Matches(required.docs, np.zeros(len(required.docs)))
    return intersect([_evaluate(snapshot, query.a), unscored])


def _constant(snapshot: Snapshot, query: q.ConstantScoreQuery) -> Matches:
    docs = _evaluate(snapshot, query.child).docs
    return Matches(docs, np.full(len(docs), query.score))


def _numeric_range(snapshot: Snapshot, query: q.NumericRange) -> Matches:
    return _constant(
        snapshot, q.ConstantScoreQuery(query._compile_query(snapshot.reader))
    )


def _phrase(snapshot: Snapshot, query: q.Phrase) -> Matches:
    words = tuple(q.Term(query.fieldname, word) for word in query.words)
    distance = None if query.slop == 1 else query.slop * (len(words) - 1)
    return _sequence(snapshot, Sequence(words, distance, boost=query.boost))


def _column_range(snapshot: Snapshot, query: ColumnRange) -> Matches:
    return _alike(np.flatnonzero(query.choose(snapshot.numbers(query.fieldname))))


def _alike(docs: Array) -> Matches:
    return Matches(docs, np.ones(docs.size))


# Leaves that are asked for more than once in one search: by title, rarity and nearness,
# and without each of the other words where nothing is found.
_KEPT: Final = frozenset({q.Term, Family, Root, Beginning, Pattern, Nearly})

_EVALUATE: Final[dict[type, Callable[[Snapshot, Any], Matches]]] = {
    q.Term: _leaf,
    q.MultiTerm: _leaf,
    InTitle: _in_title,
    Marked: _marked,
    Sequence: _sequence,
    q.Phrase: _phrase,
    q.And: _and,
    q.Or: _or,
    q.Not: _not,
    q.AndNot: _and_not,
    q.AndMaybe: _and_maybe,
    q.Require: _require,
    q.Every: _every,
    q.ConstantScoreQuery: _constant,
    q.NumericRange: _numeric_range,
    ColumnRange: _column_range,
    TextRange: lambda snapshot, query: _alike(query.find(snapshot)),
    type(q.NullQuery): lambda snapshot, query: nothing(),
}
