"""Sorting occurrences by the words around them, by what the index has of positions.

The index lists positions by word, not words by position: one pass over all posting
lists finds the words that stand at some hundred thousand wanted positions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from search.deadline import Deadline
from search.engines.corpus import ContextOrder
from search.engines.whoosh.arrays import Array, distinct
from search.engines.whoosh.codec.families import Families
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.corpus.occurrences import Occurrences, flag_docs
from search.engines.whoosh.corpus.scanning import iter_pieces
from search.engines.whoosh.execution.positions import POSITION_BITS
from search.engines.whoosh.index.snapshot import Snapshot
from search.fields import CONTENT

# Words beside an occurrence that it is sorted by, as in the usual concordancers.
NEIGHBORS: Final = 3
# Bits of the table that most positions that are not wanted are told by.
_TABLE_BITS: Final = 22
# Spreads documents over the table: the golden ratio of Knuth's multiplicative hashing.
_MULTIPLIER: Final = 2_654_435_769
_NONE: Final = np.empty(0, np.int64)


def order_by_context(
    found: Occurrences,
    articles: Array,
    order: ContextOrder,
    rank: Callable[[Array], Array],
) -> Array:
    """The indexes of *found* in the order of the words beside each: int64[n].

    *articles* has the id of each document; *rank* returns the rank of the word at each
    of some positions, which are ascending. Where a text begins or ends comes last.
    """
    columns = list(_neighbors(found, order))
    wanted = distinct(np.concatenate(columns))
    ranks = rank(wanted)
    keys = [ranks[wanted.searchsorted(column)] for column in columns]
    # The last key is the first that np.lexsort sorts by.
    return np.lexsort((*found.keys_of_ties(articles), *reversed(keys)))


def _neighbors(found: Occurrences, order: ContextOrder) -> Iterator[Array]:
    """The encoded positions of the words to sort by, the nearest first."""
    for distance in range(NEIGHBORS):
        if order is ContextOrder.BEFORE:
            yield found.starts - 1 - distance
        elif order is ContextOrder.AFTER:
            yield found.starts + found.tokens + distance
        else:
            yield found.starts + distance


def rank_words(
    snapshot: Snapshot, wanted: Array, deadline: Deadline, *, by_lemma: bool
) -> Array:
    """The rank of the word at each of the *wanted* positions: int64[n].

    *wanted* is ascending; where no word stands the rank is behind that of all words.
    Raises QueryTooExpensive.
    """
    segments: list[tuple[Array, Array, list[bytes]]] = []
    names: set[bytes] = set()
    for base, field in snapshot.fields(CONTENT):
        at, lists = _find_words(snapshot, field, base, wanted, deadline)
        different, numbers = np.unique(lists, return_inverse=True)
        of_lists = _name(field, different, by_lemma=by_lemma)
        names.update(of_lists)
        segments.append((at, numbers, of_lists))
    rank_of = {name: rank for rank, name in enumerate(sorted(names))}
    ranks = np.full(wanted.size, len(names))
    for at, numbers, of_lists in segments:
        of_names = np.array([rank_of[name] for name in of_lists], np.int64)
        ranks[at] = of_names[numbers]
    return ranks


def _find_words(
    snapshot: Snapshot,
    field: FieldPostings,
    base: int,
    wanted: Array,
    deadline: Deadline,
) -> tuple[Array, Array]:
    """Which of the *wanted* positions have a word in a segment, and its posting list.

    Two parallel int64 arrays.
    """
    inside = flag_docs(wanted >> POSITION_BITS, snapshot.max_doc)
    table = np.zeros(1 << _TABLE_BITS, bool)
    table[_spread(wanted)] = True
    indexes, lists = [_NONE], [_NONE]
    for piece, of_postings in iter_pieces(field, deadline):
        docs = field.docs(piece) + base
        at = inside[docs].nonzero()[0]
        if not at.size:
            continue
        tokens = field.occurrences(piece).take(at)
        encoded = docs[at].repeat(tokens.freqs) << POSITION_BITS
        encoded |= field.positions(tokens)
        # Most are not wanted, and the table tells so faster than a search.
        likely = table[_spread(encoded)].nonzero()[0]
        slots = np.minimum(wanted.searchsorted(encoded[likely]), wanted.size - 1)
        found = wanted[slots] == encoded[likely]
        indexes.append(slots[found])
        lists.append(of_postings[at].repeat(tokens.freqs)[likely[found]])
    return np.concatenate(indexes), np.concatenate(lists)


def _spread(encoded: Array) -> Array:
    """The place of each encoded position in the table: int64[n]."""
    mixed = (encoded >> POSITION_BITS) * _MULTIPLIER + encoded
    return mixed & ((1 << _TABLE_BITS) - 1)


def _name(field: FieldPostings, lists: Array, *, by_lemma: bool) -> list[bytes]:
    """What each of *lists* is sorted by: its likeliest lemma, or its form."""
    families = field.families
    if by_lemma and isinstance(families, Families):
        return list(families.lemmas.iter_at(families.likeliest(lists)))
    return list(field.terms.iter_at(field.ordinals_of(lists)))
