"""The places where the words of a search stand in the articles that it finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from whoosh import query as q

from search.engines.corpus import list_words
from search.engines.whoosh.arrays import (
    Array,
    concat_sized_ranges,
    distinct,
    is_in_sorted,
    run_starts,
)
from search.engines.whoosh.execution.matching import Matching
from search.engines.whoosh.execution.positions import POSITION_BITS, find_spans
from search.engines.whoosh.query.compiler import compile_query, compile_term
from search.query import Level, Query, SpanQuery, Term

_NONE: Final = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Occurrences by document and position: parallel int64[n].

    ``starts`` are encoded positions, ``tokens`` how many words each has, ``words`` the
    number of the word of the query, as ``list_words`` has them.
    """

    starts: Array
    tokens: Array
    words: Array

    @property
    def docs(self) -> Array:
        """The document of each."""
        return self.starts >> POSITION_BITS

    @property
    def nbytes(self) -> int:
        """Bytes."""
        return self.starts.nbytes + self.tokens.nbytes + self.words.nbytes

    def keys_of_ties(self, articles: Array) -> tuple[Array, Array]:
        """What decides between equal ones, the last key first: place, article id.

        *articles* has the id of each document: documents are numbered otherwise after a
        merge, articles never.
        """
        return self.starts, articles[self.docs]

    def take(self, at: Array | slice) -> Occurrences:
        """Those that *at* chooses, by indexes, flags or a slice."""
        return Occurrences(self.starts[at], self.tokens[at], self.words[at])


def count_earlier(found: Occurrences, page: Occurrences) -> Array:
    """How many tokens of *found* stand before each of *page* in its document: int64[n].

    *found* is ascending and has all of *page*. A token of two words counts once.
    """
    shown = found.take(is_in_sorted(distinct(page.docs), found.docs))
    tokens = distinct(concat_sized_ranges(shown.starts, shown.tokens))
    documents = page.docs << POSITION_BITS
    earlier: Array = tokens.searchsorted(page.starts) - tokens.searchsorted(documents)
    return earlier


def flag_docs(docs: Array, count: int) -> Array:
    """Whether each of *count* documents is one of *docs*: bool[count]."""
    flags = np.zeros(count, bool)
    flags[docs] = True
    return flags


def find_occurrences(matching: Matching, query: Query, docs: Array) -> Occurrences:
    """The occurrences of the words of *query* in *docs*, ascending.

    Where several begin at one position, the longest counts.
    """
    inside = flag_docs(docs, matching.snapshot.max_doc)
    found: list[tuple[Array, Array]] = []
    for compiled in _compile(query):
        if compiled == q.NullQuery:
            found.append((_NONE, _NONE))
            continue
        starts, tokens = find_spans(matching.postings, compiled)
        kept = inside[starts >> POSITION_BITS]
        found.append((starts[kept], tokens[kept]))
    return join_words(found)


def join_words(found: Sequence[tuple[Array, Array]]) -> Occurrences:
    """The starts and tokens of each word of a query as occurrences, ascending.

    Where several begin at one position, the longest counts.
    """
    if not found:
        return Occurrences(_NONE, _NONE, _NONE)
    starts, tokens = map(np.concatenate, zip(*found, strict=True))
    words = np.arange(len(found)).repeat([each[0].size for each in found])
    if len(found) > 1:
        order = np.lexsort((words, -tokens, starts))
        order = order[run_starts(starts[order])]
        starts, tokens, words = starts[order], tokens[order], words[order]
    return Occurrences(starts, tokens, words)


def _compile(query: Query) -> Iterator[q.Query]:
    """The query for each word of *query*, without weights."""
    for field, leaf in list_words(query):
        if isinstance(leaf, SpanQuery):
            yield compile_query(leaf, field)
            continue
        level = leaf.level if isinstance(leaf, Term) else Level.FAMILY
        yield compile_term(leaf, level, field)
