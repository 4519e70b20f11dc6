"""Estimates the processor time of a search before it runs.

Postings and tokens that a query has to read are known from the term dictionaries,
without reading any. Seconds per unit were measured on 31,000 articles with a lexicon
of 170,000 forms on one core; what matters is that a query that costs a hundred times
as much is told from a usual one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from whoosh import query as q

from search.engines.whoosh.codec.families import PostingLists
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.compiler import compile_term
from search.engines.whoosh.query.diacritics import WithDiacritics
from search.engines.whoosh.query.expansion import expand
from search.engines.whoosh.query.nodes import PositionQuery
from search.query import Level, Prefix, Query, SpanQuery, Term, TermQuery, walk

_PAGE_SECONDS: Final = 0.04
_SECONDS_A_WORD: Final = 0.002
# A posting is read, weighed and counted; a token of a phrase is read and sorted.
_SECONDS_A_POSTING: Final = 40e-9
_SECONDS_A_TOKEN: Final = 40e-9
# Terms that may have a prefix behind a proclitic are compared one by one.
_SECONDS_A_PREFIX: Final = 0.02
# A term of the lexicon is compared, and some of those like it are read and explained.
_SECONDS_A_SCANNED_TERM: Final = 0.6e-6


def estimate_seconds(snapshot: Snapshot, query: Query, field: str) -> float:
    """About how many processor seconds a results page for *query* takes.

    *field* is the one whose terms are counted, whichever field a word is looked for in.
    """
    lexicon = sum(len(one.terms) for _, one in snapshot.fields(field))
    seconds = _PAGE_SECONDS
    # Equal words are read once.
    for node in dict.fromkeys(walk(query)):
        if isinstance(node, TermQuery):
            seconds += _SECONDS_A_WORD + _estimate_word(snapshot, node, field, lexicon)
        elif isinstance(node, SpanQuery):
            words = [Term(word, node.level) for word in dict.fromkeys(node.words)]
            tokens = sum(_count_tokens(snapshot, word, field) for word in words)
            seconds += len(words) * _SECONDS_A_WORD + tokens * _SECONDS_A_TOKEN
    return seconds


def _estimate_word(
    snapshot: Snapshot, node: TermQuery, field: str, lexicon: int
) -> float:
    if node.scans_terms:
        return lexicon * _SECONDS_A_SCANNED_TERM
    if isinstance(node, Prefix):
        return _SECONDS_A_PREFIX
    return _count_postings(snapshot, node, field) * _SECONDS_A_POSTING


def _count_postings(snapshot: Snapshot, node: TermQuery, field: str) -> int:
    return sum(one.size(lists) for one, lists in _iter_lists(snapshot, node, field))


def _count_tokens(snapshot: Snapshot, node: TermQuery, field: str) -> int:
    return sum(
        int(one.total_term_freqs(lists).sum())
        for one, lists in _iter_lists(snapshot, node, field)
    )


def _iter_lists(
    snapshot: Snapshot, node: TermQuery, field: str
) -> Iterator[tuple[FieldPostings, PostingLists]]:
    """The posting lists of a word in each segment."""
    level = node.level if isinstance(node, Term) else Level.FAMILY
    for term in _iter_terms(compile_term(node, level, field)):
        expanded = expand(snapshot, term)
        for _base, one in snapshot.fields(field):
            yield one, expanded(one)


def _iter_terms(compiled: q.Query) -> Iterator[q.Query]:
    """The term queries of a compiled word, which may be split into several."""
    if isinstance(compiled, PositionQuery):
        for word in compiled.words:
            yield from _iter_terms(word)
    elif isinstance(compiled, WithDiacritics):
        yield compiled.word
    elif compiled is not q.NullQuery:
        yield compiled
