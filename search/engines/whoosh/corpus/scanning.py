"""All posting lists of a field, in pieces that bound memory and time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from search.deadline import Deadline
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.postings import FieldPostings

# Postings of a piece: some 50 MB of arrays.
PIECE: Final = 1_000_000


def iter_pieces(
    field: FieldPostings, deadline: Deadline
) -> Iterator[tuple[range, Array]]:
    """Ranges of posting lists, with the list of each of their postings: int64[n].

    A list longer than a piece is a piece. Raises QueryTooExpensive after the
    *deadline*.
    """
    freqs = field.doc_freqs(range(field.n_lists))
    ends = freqs.cumsum()
    first = 0
    while first < field.n_lists:
        deadline.check()
        before = int(ends[first - 1]) if first else 0
        last = max(int(ends.searchsorted(before + PIECE, side="right")), first + 1)
        yield range(first, last), np.arange(first, last).repeat(freqs[first:last])
        first = last
