"""The sections of one field's postings, from sorted tokens in one or many pieces."""

from __future__ import annotations

import numpy as np

from search.engines.whoosh.inversion import Tokens, narrow
from search.engines.whoosh.lexicon import pack_terms
from search.engines.whoosh.narrow_arrays import pack_narrow
from search.engines.whoosh.segment_file import Array


class PostingsBuilder:
    """Takes tokens sorted by term, document and position; no term in two pieces.

    ``terms`` are the field's sorted terms, which tokens name by their ordinals; a
    term without tokens is left out. Pieces are kept in the smallest types that hold
    them, so that what is gathered is about as large as what is written.
    """

    def __init__(self, terms: list[bytes], *, positions: bool) -> None:
        self._terms = terms
        self._keeps_positions = positions
        self._postings = np.zeros(len(terms), np.int64)
        self._tokens = np.zeros(len(terms), np.int64)
        self._docs: list[Array] = []
        self._freqs: list[Array] = []
        self._positions: list[Array] = []

    def add(self, tokens: Tokens) -> None:
        """Append the postings of *tokens*, whose terms come after all before."""
        terms, docs, positions = tokens
        if not terms.size:
            return
        is_first = np.ones(terms.size, bool)
        is_first[1:] = (np.diff(terms) != 0) | (np.diff(docs) != 0)
        at = np.flatnonzero(is_first)
        self._postings += np.bincount(terms[at], minlength=len(self._terms))
        self._tokens += np.bincount(terms, minlength=len(self._terms))
        self._docs.append(narrow(docs[at]))
        self._freqs.append(narrow(np.diff(np.append(at, terms.size))))
        if self._keeps_positions:
            self._positions.append(narrow(positions))

    def terms(self) -> list[bytes]:
        """The terms that have postings."""
        return [self._terms[at] for at in np.flatnonzero(self._postings)]

    def sections(self, name: str) -> dict[str, Array]:
        """The sections of the field *name*.

        starts     for each term, where its postings begin in docs
        docs       documents, ascending within a term
        freqs      tokens of the term in the document; left out where all are 1
        positions  of each token, in the order of the postings
        places     for each term, where its positions begin
        """
        used = self._postings > 0
        sections = pack_terms(f"{name}/terms", self.terms())
        sections[f"{name}/starts"] = _starts(self._postings[used])
        sections[f"{name}/docs"] = _join(self._docs)
        freqs = _join(self._freqs)
        if freqs.size and int(freqs.max()) > 1:
            sections.update(pack_narrow(f"{name}/freqs", freqs, np.uint8))
        if self._keeps_positions:
            positions = _join(self._positions)
            sections.update(pack_narrow(f"{name}/positions", positions, np.uint16))
            sections[f"{name}/places"] = _starts(self._tokens[used])
        return sections


def _starts(sizes: Array) -> Array:
    return narrow(np.concatenate(([0], np.cumsum(sizes))))


def _join(pieces: list[Array]) -> Array:
    return np.concatenate(pieces) if pieces else np.empty(0, np.uint8)
