"""Where words stand: phrases, nearness and marked words, by sorted packed places.

A packed place is a document's number and a position in it, one 64-bit number; so
arrays of places are compared and searched like any sorted numbers.
"""

from __future__ import annotations

from functools import reduce
from typing import Final

import numpy as np
from whoosh import query as q

from search.engines.whoosh.arrays import Array, distinct, intersect, is_in_sorted
from search.engines.whoosh.execution.postings_reader import PostingsReader
from search.engines.whoosh.query.diacritics import WithDiacritics
from search.engines.whoosh.query.nodes import Sequence

# No text has more positions than fit below the document's number.
POSITION_BITS: Final = 32


def find_phrase_positions(leaves: PostingsReader, query: Sequence) -> Array:
    """The sorted packed places at which the words of *query* stand as asked."""
    flags = reduce(np.logical_and, (_flags(leaves, word) for word in query.words))
    places = [_find_in(leaves, word, flags) for word in query.words]
    if query.distance is not None:
        return _windows(places, query.distance)
    found = places[0]
    for keys in places[1:]:
        found = intersect(found + 1, keys)
    return found - (len(places) - 1)


def find_word_positions(leaves: PostingsReader, word: q.Query) -> Array:
    """The sorted packed places of all tokens that a word stands for."""
    return _find_in(leaves, word, _flags(leaves, word))


def _flags(leaves: PostingsReader, word: q.Query) -> Array:
    """The documents in which *word* may stand."""
    if isinstance(word, WithDiacritics):
        return leaves.flags(word.unmarked)
    return leaves.flags(word)


def _find_in(leaves: PostingsReader, word: q.Query, flags: Array) -> Array:
    """The sorted packed places of *word* in the documents with a flag."""
    leaves.deadline.check()
    if isinstance(word, WithDiacritics):
        places = encode_positions(*leaves.find(word.unmarked).tokens_in(flags))
        others = encode_positions(*leaves.find(word.others).tokens_in(flags))
        return places[~is_in_sorted(others, places)]
    return encode_positions(*leaves.find(word).tokens_in(flags))


def encode_positions(rows: Array, places: Array) -> Array:
    """Sorted packed places of parallel arrays of documents and positions."""
    keys: Array = (rows << POSITION_BITS) | places
    keys.sort()
    return keys


def _windows(places: list[Array], distance: int) -> Array:
    """The first place of each window of *distance* more that holds every word."""
    starts = distinct(np.concatenate(places))
    for keys in places:
        after = np.searchsorted(keys, starts)
        inside = np.zeros(starts.size, bool)
        found = after < keys.size
        inside[found] = keys[after[found]] <= starts[found] + distance
        starts = starts[inside]
    return starts
