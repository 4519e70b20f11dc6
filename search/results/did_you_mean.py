"""Another spelling to offer where little is found; it is never applied unasked.

Public: `suggest`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from search.engines.contract import Engine, Spelling, Word, WordStatistics
from search.query import Level, Query, Term
from search.query.word_slots import TermSlot, replace_term
from search.request import SearchRequest
from search.results.explain import with_tree
from search.results.model import Suggestion

# Hits of a search, and articles with a word, up to which it may be misspelled. Every
# large archive has some misspellings of any common word itself.
FEW_HITS: Final = 20
FEW_ARTICLES: Final = 10
# How many times as many articles must have the word that is meant.
FAR_MORE: Final = 20
# Spellings of a word that are tried.
_TRIED: Final = 4
# Queries that are tried.
_MOST_TREES: Final = 12

Change = tuple[TermSlot, Spelling]


def suggest(
    engine: Engine,
    request: SearchRequest,
    statistics: Sequence[tuple[TermSlot, WordStatistics]],
    total: int,
    count: Callable[[SearchRequest], int],
) -> Suggestion | None:
    """The query with its rare words spelled as the archive spells others.

    Only where it finds articles, and more than the *total* of *request*; *count*
    tells how many a request finds.
    """
    if total > FEW_HITS:
        return None
    rare = [(slot, found) for slot, found in statistics if _is_rare(slot, found)]
    trees = _iter_trees(request.query, _find_spellings(engine, rare))
    for tree in islice(trees, _MOST_TREES):
        other = with_tree(request, tree)
        found = count(other)
        if found > total:
            return Suggestion(other.text, found, other.query_string())
    return None


def _is_rare(slot: TermSlot, found: WordStatistics) -> bool:
    return (
        isinstance(slot.word, Term)
        and found.articles.get(Level.FAMILY, 0) <= FEW_ARTICLES
    )


def _find_spellings(
    engine: Engine, rare: Sequence[tuple[TermSlot, WordStatistics]]
) -> list[tuple[TermSlot, tuple[Spelling, ...]]]:
    """For each word the spellings that far more articles have."""
    found = []
    for slot, own in rare:
        needed = FAR_MORE * own.articles[Level.FAMILY]
        near = engine.find_spellings(Word(slot.word, slot.field), limit=_TRIED)
        common = tuple(one for one in near if one.articles >= max(1, needed))
        if common:
            found.append((slot, common))
    return found


def _iter_trees(
    query: Query, found: Sequence[tuple[TermSlot, tuple[Spelling, ...]]]
) -> Iterator[Query]:
    """*query* with the best spelling of every word, then with others one by one."""
    if not found:
        return
    yield _put_all(query, [(slot, near[0]) for slot, near in found])
    for slot, near in found:
        for spelling in near:
            yield _put_all(query, [(slot, spelling)])


def _put_all(query: Query, changes: Sequence[Change]) -> Query:
    for slot, spelling in changes:
        level = slot.word.level if isinstance(slot.word, Term) else Level.FAMILY
        query = replace_term(query, slot, spelling.word, level)
    return query
