"""The sections of a field's postings and of its doc values, from sorted tokens."""

from __future__ import annotations

import numpy as np
from whoosh.fields import FieldType

from search.engines.whoosh.arrays import Array, narrow
from search.engines.whoosh.codec.packed_ints import (
    pack_bit_sliced,
    pack_bits,
    pack_patched,
    pack_sizes,
)
from search.engines.whoosh.codec.segment_file import Sections
from search.engines.whoosh.writing.inversion import Tokens
from search.engines.whoosh.writing.spill import SpillFolder


def has_positions(field: FieldType) -> bool:
    """Whether postings of *field* have positions."""
    return bool(field.format and field.format.supports("positions"))


class PostingsWriter:
    """Builds the postings of one field from sorted tokens; they are spilled to files.

    Of *n_lists* posting lists, those without tokens are left out, and the others are
    numbered anew in their order.
    """

    def __init__(self, n_lists: int, spill: SpillFolder, *, positions: bool) -> None:
        self._doc_freqs = np.zeros(n_lists, np.int64)
        self._total_term_freqs = np.zeros(n_lists, np.int64)
        self._max_doc = 0
        # The document of each posting; of each token, whether it is the first of its
        # posting, and its position.
        self._docs = spill.new_buffer(np.uint32)
        self._first_token_flags = spill.new_buffer(bool)
        self._positions = spill.new_buffer(np.uint32) if positions else None

    def add(self, tokens: Tokens) -> None:
        """Append sorted *tokens*, whose posting lists come after all before."""
        lists, docs, positions = tokens
        if not lists.size:
            return
        is_first = np.ones(lists.size, bool)
        is_first[1:] = (np.diff(lists) != 0) | (np.diff(docs) != 0)
        start = int(lists[0])
        span = slice(start, int(lists[-1]) + 1)
        self._doc_freqs[span] += np.bincount(lists[is_first] - start)
        self._total_term_freqs[span] += np.bincount(lists - start)
        self._max_doc = max(self._max_doc, int(docs.max()))
        self._docs.append(docs[is_first])
        self._first_token_flags.append(is_first)
        if self._positions:
            self._positions.append(positions)

    def used_lists(self) -> Array:
        """The posting lists that have postings: intp, ascending."""
        return np.flatnonzero(self._doc_freqs)

    def sections(self, name: str) -> Sections:
        """The sections of the postings of the field *name*.

        doc_freqs         the postings of each list
        docs              the document of each posting, ascending within a list
        begins            for each token, whether it is the first of its posting
        total_term_freqs  the tokens of each list. Like ``begins`` left out if each
                          posting has one token, without position
        positions         the position of each token, ascending within a posting
        """
        used = self.used_lists()
        sections = pack_sizes(f"{name}/doc_freqs", self._doc_freqs[used])
        docs = self._docs.chunks()
        sections |= pack_bit_sliced(f"{name}/docs", docs, self._max_doc)
        if self._positions or self._first_token_flags.size > self._docs.size:
            sections |= pack_bits(f"{name}/begins", self._first_token_flags.chunks())
            sizes = self._total_term_freqs[used]
            sections |= pack_sizes(f"{name}/total_term_freqs", sizes)
        if self._positions:
            positions = self._positions.chunks()
            sections |= pack_patched(f"{name}/positions", positions, np.uint16)
        return sections

    def sorted_set_doc_values(self, name: str, n_docs: int) -> Sections:
        """The sections of the doc values: the terms of each of *n_docs* documents.

        For a field whose posting lists are numbered as its terms.

        column_starts  for each document, its first value; and the end
        column         the ordinal of each value, ascending within a document
        """
        docs, doc_freqs = self._docs.chunks().join(), self._doc_freqs[self.used_lists()]
        ordinals = np.repeat(np.arange(doc_freqs.size), doc_freqs)
        return {
            f"{name}/column_starts": _starts(np.bincount(docs, minlength=n_docs)),
            f"{name}/column": narrow(ordinals[np.argsort(docs, kind="stable")]),
        }


def _starts(sizes: Array) -> Array:
    return narrow(np.concatenate(([0], np.cumsum(sizes))))
