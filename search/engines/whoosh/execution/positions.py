"""Positions of phrases, of words near one another, and of words with diacritics.

A document number and a position in it are encoded as one int64, so that positions of
many documents are compared and searched like any sorted numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, Final

import numpy as np
from whoosh import query as q

from search.engines.whoosh.arrays import Array, distinct, intersect, is_in_sorted
from search.engines.whoosh.execution.postings_reader import PostingsReader
from search.engines.whoosh.query.diacritics import WithDiacritics
from search.engines.whoosh.query.nodes import NearQuery, PhraseQuery, PositionQuery

# Bits of a position below the document's number; no text has more positions.
POSITION_BITS: Final = 32


def encode_positions(docs: Array, positions: Array) -> Array:
    """The encoded positions, ascending, of parallel int64 arrays."""
    encoded: Array = (docs << POSITION_BITS) | positions
    encoded.sort()
    return encoded


def find_positions(reader: PostingsReader, query: q.Query) -> Array:
    """The encoded positions, ascending, at which *query* matches.

    *query* is a term query, or one of those in ``_FINDERS``. A phrase matches at its
    first word, words near one another at the first of each window.
    """
    find = _FINDERS.get(type(query))
    if find is not None:
        return find(reader, query)
    return _term_positions(reader, query, reader.flags(query))


def find_spans(reader: PostingsReader, query: q.Query) -> tuple[Array, Array]:
    """Where *query* matches: encoded first positions, ascending, and tokens: int64[n].

    *query* is one that ``find_positions`` takes. Words near one another reach to the
    last of them.
    """
    starts = find_positions(reader, query)
    if isinstance(query, NearQuery):
        return starts, window_sizes(_positions_of_words(reader, query), starts)
    tokens = len(query.words) if isinstance(query, PhraseQuery) else 1
    return starts, np.full(starts.size, tokens, np.int64)


def phrase_starts(words: Sequence[Array]) -> Array:
    """Where the first of *words* stands before all others, in this order.

    Each has the encoded positions of a word, ascending.

    >>> phrase_starts([np.array([3, 8]), np.array([1, 9])]).tolist()
    [8]
    """
    matching, *others = words
    for positions in others:
        matching = intersect(matching + 1, positions)
    return matching - len(others)


def window_starts(words: Sequence[Array], distance: int) -> Array:
    """The first position of each window of *distance* more that holds all *words*.

    >>> window_starts([np.array([3, 8]), np.array([1, 12])], 2).tolist()
    [1]
    """
    starts = distinct(np.concatenate(words))
    for positions in words:
        next_at = np.searchsorted(positions, starts)
        inside = np.zeros(starts.size, bool)
        has_next = next_at < positions.size
        ends = starts[has_next] + distance
        inside[has_next] = positions[next_at[has_next]] <= ends
        starts = starts[inside]
    return starts


def window_sizes(words: Sequence[Array], starts: Array) -> Array:
    """How many tokens each of the windows at *starts* has, to the last word: int64[n].

    >>> window_sizes([np.array([3, 8]), np.array([1, 12])], np.array([1])).tolist()
    [3]
    """
    ends = starts
    for positions in words:
        ends = np.maximum(ends, positions[np.searchsorted(positions, starts)])
    return ends - starts + 1


def _phrase_positions(reader: PostingsReader, query: PhraseQuery) -> Array:
    return phrase_starts(_positions_of_words(reader, query))


def _near_positions(reader: PostingsReader, query: NearQuery) -> Array:
    return window_starts(_positions_of_words(reader, query), query.distance)


def _positions_of_words(reader: PostingsReader, query: PositionQuery) -> list[Array]:
    """The positions of each word, in the documents that have all of the words."""
    words = query.distinct_words
    flags = reduce(np.logical_and, (_doc_flags(reader, word) for word in words))
    positions = [_term_positions(reader, word, flags) for word in words]
    if len(words) == len(query.words):
        return positions
    by_word = dict(zip(words, positions, strict=True))
    return [by_word[word] for word in query.words]


def _doc_flags(reader: PostingsReader, word: q.Query) -> Array:
    """The documents in which *word* may stand: bool[n_docs]."""
    if isinstance(word, WithDiacritics):
        word = word.word
    return reader.flags(word)


def _term_positions(reader: PostingsReader, word: q.Query, flags: Array) -> Array:
    """The encoded positions of *word*, ascending, in the documents with a flag."""
    reader.deadline.check()
    if isinstance(word, WithDiacritics):
        positions = _read_encoded(reader, word.word, flags)
        contradicting = _read_encoded(reader, word.contradicting, flags)
        return positions[~is_in_sorted(contradicting, positions)]
    return _read_encoded(reader, word, flags)


def _read_encoded(reader: PostingsReader, term: q.Query, flags: Array) -> Array:
    return encode_positions(*reader.read(term).positions_in(flags))


def _with_diacritics(reader: PostingsReader, query: WithDiacritics) -> Array:
    return _term_positions(reader, query, _doc_flags(reader, query))


_FINDERS: Final[dict[type, Callable[[PostingsReader, Any], Array]]] = {
    PhraseQuery: _phrase_positions,
    NearQuery: _near_positions,
    WithDiacritics: _with_diacritics,
}
