"""The sections of one field's postings, from sorted tokens in one or many pieces."""

from __future__ import annotations

import numpy as np

from search.engines.whoosh.bit_arrays import pack_bits, pack_numbers
from search.engines.whoosh.inversion import Tokens, narrow
from search.engines.whoosh.narrow_arrays import pack_narrow
from search.engines.whoosh.segment_file import Array


class PostingsBuilder:
    """Takes tokens sorted by list, document and position; no list in two pieces.

    *size* posting lists are numbered in their order; one without tokens is left out.
    Pieces are kept in the smallest types that hold them, so that what is gathered is
    about as large as what is written.
    """

    def __init__(self, size: int, *, positions: bool) -> None:
        self._keeps_positions = positions
        self._postings = np.zeros(size, np.int64)
        self._tokens = np.zeros(size, np.int64)
        self._docs: list[Array] = []
        self._begins: list[Array] = []
        self._positions: list[Array] = []

    def add(self, tokens: Tokens) -> None:
        """Append the postings of *tokens*, whose lists come after all before."""
        lists, docs, positions = tokens
        if not lists.size:
            return
        begins = np.ones(lists.size, bool)
        begins[1:] = (np.diff(lists) != 0) | (np.diff(docs) != 0)
        self._postings += np.bincount(lists[begins], minlength=self._postings.size)
        self._tokens += np.bincount(lists, minlength=self._postings.size)
        self._docs.append(narrow(docs[begins]))
        self._begins.append(begins)
        if self._keeps_positions:
            self._positions.append(narrow(positions))

    def used(self) -> list[int]:
        """The posting lists that have postings."""
        return np.flatnonzero(self._postings).tolist()

    def sections(self, name: str) -> dict[str, Array]:
        """The sections of the posting lists of the field *name*.

        starts     for each list, where its postings begin in docs
        docs       documents, ascending within a list
        begins     for each token, whether it is the first of its posting
        places     for each list, where its tokens begin; like begins left out where
                   each posting is of one token without position
        positions  of each token, in the order of the postings

        What was gathered is given up but for what ``used`` and ``column`` ask for.
        """
        used = self._postings > 0
        sections = {f"{name}/starts": _starts(self._postings[used])}
        self._docs = [_take(self._docs)]
        sections |= pack_numbers(f"{name}/docs", self._docs[0])
        begins = _take(self._begins)
        if self._keeps_positions or not begins.all():
            sections |= pack_bits(f"{name}/begins", begins)
            sections[f"{name}/places"] = _starts(self._tokens[used])
        if self._keeps_positions:
            positions = _take(self._positions)
            sections |= pack_narrow(f"{name}/positions", positions, np.uint16)
        return sections

    def column(self, name: str, count: int) -> dict[str, Array]:
        """The terms of each of *count* documents, where lists are as the terms are.

        column_starts  for each document, where its terms begin in column
        column         the ordinals of its terms, ascending
        """
        [docs], sizes = self._docs, self._postings[self.used()]
        ordinals = np.repeat(np.arange(sizes.size), sizes)
        return {
            f"{name}/column_starts": _starts(np.bincount(docs, minlength=count)),
            f"{name}/column": narrow(ordinals[np.argsort(docs, kind="stable")]),
        }


def _starts(sizes: Array) -> Array:
    return narrow(np.concatenate(([0], np.cumsum(sizes))))


def _take(pieces: list[Array]) -> Array:
    """All *pieces* in one array; the list is empty then, for both take much memory."""
    joined = np.concatenate(pieces) if pieces else np.empty(0, np.uint8)
    pieces.clear()
    return joined
