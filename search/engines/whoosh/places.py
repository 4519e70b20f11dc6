"""Where words stand: phrases, nearness and marked words, by sorted packed places.

A packed place is a document's number and a position in it, one 64-bit number; so
arrays of places are compared and searched like any sorted numbers.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from whoosh import query as q

from search.engines.whoosh.marked_queries import Marked
from search.engines.whoosh.picking import pick
from search.engines.whoosh.queries import Sequence
from search.engines.whoosh.segment_file import Array
from search.engines.whoosh.snapshot import Snapshot

# No text has more positions than fit below the document's number.
PLACE_BITS: Final = 32


def find_sequence(snapshot: Snapshot, query: Sequence) -> Array:
    """The packed places at which the words of *query* begin to stand as asked."""
    places = [find_places(snapshot, word) for word in query.words]
    if query.distance is not None:
        return _windows(places, query.distance)
    found = places[0]
    for at, keys in enumerate(places[1:], start=1):
        found = found[contains(keys, found + at)]
    return found


def find_places(snapshot: Snapshot, word: q.Query) -> Array:
    """The packed places of all tokens that a word stands for."""
    if isinstance(word, Marked):
        places = find_places(snapshot, q.Term(word.fieldname, word.text))
        others = pack(*snapshot.gather_places(word.marks, word.pick_others))
        return places[~contains(others, places)]
    return pack(*snapshot.gather_places(word.field(), pick(snapshot, word)))


def pack(rows: Array, places: Array) -> Array:
    """Sorted packed places of parallel arrays of documents and positions."""
    keys: Array = (rows << PLACE_BITS) | places
    keys.sort()
    return keys


def contains(haystack: Array, needles: Array) -> Array:
    """For each of the *needles* whether it is in the sorted *haystack*."""
    if not haystack.size:
        return np.zeros(needles.size, bool)
    at = np.minimum(np.searchsorted(haystack, needles), haystack.size - 1)
    found: Array = haystack[at] == needles
    return found


def _windows(places: list[Array], distance: int) -> Array:
    """The first place of each window of *distance* more that holds every word."""
    # Some sorted arrays one after the other are merged faster than they are hashed.
    every = np.sort(np.concatenate(places), kind="stable")
    starts = every[np.flatnonzero(np.diff(every, prepend=-1))]
    for keys in places:
        after = np.searchsorted(keys, starts)
        inside = np.zeros(starts.size, bool)
        found = after < keys.size
        inside[found] = keys[after[found]] <= starts[found] + distance
        starts = starts[inside]
    return starts
