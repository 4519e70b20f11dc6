"""The sections of one field's postings, from sorted tokens in one or many pieces."""

from __future__ import annotations

import numpy as np

from search.engines.whoosh.arrays import Array, narrow
from search.engines.whoosh.codec.packed_ints import (
    pack_bit_sliced,
    pack_bits,
    pack_patched,
)
from search.engines.whoosh.codec.segment_file import Sections
from search.engines.whoosh.writing.inversion import Tokens
from search.engines.whoosh.writing.spill import SpillFolder


class PostingsWriter:
    """Takes tokens sorted by list, document and position; no list in two pieces.

    *size* posting lists are numbered in their order; one without tokens is left out.
    """

    def __init__(self, size: int, scratch: SpillFolder, *, positions: bool) -> None:
        self._postings = np.zeros(size, np.int64)
        self._tokens = np.zeros(size, np.int64)
        self._top = 0
        self._docs = scratch.spool(np.uint32)
        self._begins = scratch.spool(bool)
        self._positions = scratch.spool(np.uint32) if positions else None

    def add(self, tokens: Tokens) -> None:
        """Append the postings of *tokens*, whose lists come after all before."""
        lists, docs, positions = tokens
        if not lists.size:
            return
        begins = np.ones(lists.size, bool)
        begins[1:] = (np.diff(lists) != 0) | (np.diff(docs) != 0)
        first = int(lists[0])
        span = slice(first, int(lists[-1]) + 1)
        self._postings[span] += np.bincount(lists[begins] - first)
        self._tokens[span] += np.bincount(lists - first)
        self._top = max(self._top, int(docs.max()))
        self._docs.append(docs[begins])
        self._begins.append(begins)
        if self._positions:
            self._positions.append(positions)

    def used(self) -> Array:
        """The posting lists that have postings."""
        return np.flatnonzero(self._postings)

    def sections(self, name: str) -> Sections:
        """The sections of the posting lists of the field *name*.

        starts     for each list, where its postings begin in docs
        docs       documents, ascending within a list
        begins     for each token, whether it is the first of its posting
        places     for each list, where its tokens begin; like begins left out where
                   each posting is of one token without position
        positions  of each token, in the order of the postings
        """
        used = self.used()
        sections: Sections = {f"{name}/starts": _starts(self._postings[used])}
        sections |= pack_bit_sliced(f"{name}/docs", self._docs.pieces(), self._top)
        if self._positions or self._begins.size > self._docs.size:
            sections |= pack_bits(f"{name}/begins", self._begins.pieces())
            sections[f"{name}/places"] = _starts(self._tokens[used])
        if self._positions:
            positions = self._positions.pieces()
            sections |= pack_patched(f"{name}/positions", positions, np.uint16)
        return sections

    def column(self, name: str, count: int) -> Sections:
        """The terms of each of *count* documents, where lists are as the terms are.

        column_starts  for each document, where its terms begin in column
        column         the ordinals of its terms, ascending
        """
        docs, sizes = self._docs.pieces().join(), self._postings[self.used()]
        ordinals = np.repeat(np.arange(sizes.size), sizes)
        return {
            f"{name}/column_starts": _starts(np.bincount(docs, minlength=count)),
            f"{name}/column": narrow(ordinals[np.argsort(docs, kind="stable")]),
        }


def _starts(sizes: Array) -> Array:
    return narrow(np.concatenate(([0], np.cumsum(sizes))))
