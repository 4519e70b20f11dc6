"""Matches a wildcard pattern against all terms of a dictionary at once, on arrays.

A pattern is literal runs between asterisks. The first run is compared at the beginning
of each term and the last at its end; each run between is searched for leftmost behind
the one before, which finds a match wherever there is one.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.term_dict import TermLetters

_ANY_LETTERS: Final = "*"
_ANY_LETTER: Final = "?"


def match_wildcard(letters: TermLetters, pattern: str, first: int, last: int) -> Array:
    """The ordinals from *first* to *last* of terms like *pattern*: int64, ascending.

    ``*`` stands for any letters, ``?`` for one.
    """
    starts, ends = letters.starts[first:last], letters.starts[first + 1 : last + 1]
    prefix, *runs = pattern.split(_ANY_LETTERS)
    fixed = len(pattern) - pattern.count(_ANY_LETTERS)
    lengths = ends - starts
    rows = np.flatnonzero(lengths >= fixed if runs else lengths == fixed)
    rows = _keep_run(letters.points, rows, starts[rows], prefix)
    if not runs:
        return rows + first
    suffix = runs.pop()
    rows = _keep_run(letters.points, rows, ends[rows] - len(suffix), suffix)
    at, limit = starts[rows] + len(prefix), ends[rows] - len(suffix)
    for run in filter(None, runs):
        offsets = _find_run(letters.points, run)
        following = offsets.searchsorted(at)
        has_one = following < offsets.size
        rows, limit = rows[has_one], limit[has_one]
        at = offsets[following[has_one]] + len(run)
        # A run that begins in one term may end in the next.
        is_inside = at <= limit
        rows, limit, at = rows[is_inside], limit[is_inside], at[is_inside]
    return rows + first


def _keep_run(points: Array, rows: Array, offsets: Array, run: str) -> Array:
    """Those of *rows* that have *run* at their offset."""
    for number, letter in enumerate(run):
        if letter == _ANY_LETTER:
            continue
        same = points[offsets + number] == ord(letter)
        rows, offsets = rows[same], offsets[same]
    return rows


def _find_run(points: Array, run: str) -> Array:
    """The offsets of *run* among the letters of all terms, ascending: int64[n]."""
    count = max(points.size - len(run) + 1, 0)
    matches = np.ones(count, bool)
    for number, letter in enumerate(run):
        if letter != _ANY_LETTER:
            matches &= points[number : number + count] == ord(letter)
    return matches.nonzero()[0]
