"""Did you mean: another spelling to offer for a query with few hits.

It is offered and never applied. Candidates come from the engine's fuzzy table; see
``search.arabic.edit_distance`` for their cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from search.engines.contract import Engine, Spelling, Word
from search.query import Level, Query, Term
from search.query.word_slots import TermSlot, replace_term
from search.request import SearchRequest
from search.results.explain import Statistics
from search.results.model import CountHits, Suggestion

# A query with at most MAX_HITS hits may be misspelled, in words that at most
# MAX_ARTICLES articles have: not none, for a large archive misspells any common word.
MAX_HITS: Final = 20
MAX_ARTICLES: Final = 10
# A spelling must be in so many times as many articles as the word.
MIN_RATIO: Final = 20
# Spellings of a word, and queries, that are tried.
_MAX_SPELLINGS: Final = 4
_MAX_QUERIES: Final = 12

# A misspelled word and the spellings that may be meant, never none.
Candidates = tuple[TermSlot, Sequence[Spelling]]


def suggest(
    engine: Engine,
    request: SearchRequest,
    statistics: Statistics,
    total: int,
    count: CountHits,
) -> Suggestion | None:
    """The query with its rare words spelled as more articles spell them.

    ``None`` where no such query has more hits than *total*, that of *request*.
    """
    if total > MAX_HITS:
        return None
    queries = _iter_queries(request.query, _find_spellings(engine, statistics))
    for query in islice(queries, _MAX_QUERIES):
        other = request.with_query(query)
        other_total = count(other)
        if other_total > total:
            return Suggestion(other.text, other_total, other.query_string())
    return None


def _find_spellings(engine: Engine, statistics: Statistics) -> list[Candidates]:
    """For each rare word the spellings that far more articles have, the best first."""
    candidates: list[Candidates] = []
    for slot, found in statistics:
        if not isinstance(slot.word, Term):
            continue
        articles = found.articles.get(Level.FAMILY, 0)
        if articles > MAX_ARTICLES:
            continue
        needed = max(1, MIN_RATIO * articles)
        word = Word(slot.word, slot.field)
        spellings = engine.find_spellings(word, limit=_MAX_SPELLINGS)
        common = [spelling for spelling in spellings if spelling.articles >= needed]
        if common:
            candidates.append((slot, common))
    return candidates


def _iter_queries(query: Query, candidates: Sequence[Candidates]) -> Iterator[Query]:
    """*query* with the best spelling of every word, then with each spelling alone."""
    if not candidates:
        return
    yield _respell(query, [(slot, spellings[0]) for slot, spellings in candidates])
    for slot, spellings in candidates:
        for spelling in spellings:
            yield _respell(query, [(slot, spelling)])


def _respell(query: Query, changes: Sequence[tuple[TermSlot, Spelling]]) -> Query:
    for slot, spelling in changes:
        level = slot.word.level if isinstance(slot.word, Term) else Level.FAMILY
        query = replace_term(query, slot, spelling.word, level)
    return query
