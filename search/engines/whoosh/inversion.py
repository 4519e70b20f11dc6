"""From tokens in document order to sorted postings, with one sort of machine words."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from search.engines.whoosh.segment_file import Array

_KEY_BITS: Final = 64

# Parallel arrays: the term, document and position of each token.
Tokens = tuple[Array, Array, Array]


def narrow(values: Array) -> Array:
    """*values*, none below zero, in the smallest unsigned type that holds them."""
    top = int(values.max()) if values.size else 0
    return values.astype(np.min_scalar_type(top), copy=False)


class Vocabulary(dict[bytes, int]):
    """Numbers terms in the order in which they are first met."""

    def __missing__(self, term: bytes) -> int:
        number = self[term] = len(self)
        return number


class TokenStream:
    """The tokens of one field, document by document, as numbers of their terms.

    ``add`` takes the numbers of the next tokens with the position of the first;
    ``end_document`` closes a document. Positions of one document must grow.
    """

    def __init__(self) -> None:
        self.terms = array("I")
        self.lengths = array("I")
        self._part_starts = array("Q")
        self._part_positions = array("Q")
        self._document_start = 0

    def add(self, numbers: Iterable[int], *, position: int = 0) -> None:
        """Append the tokens with these *numbers*, which stand from *position* on."""
        self._part_starts.append(len(self.terms))
        self._part_positions.append(position)
        self.terms.extend(numbers)

    def end_document(self) -> None:
        """Close the current document, which may have no token."""
        self.lengths.append(len(self.terms) - self._document_start)
        self._document_start = len(self.terms)

    def token_positions(self) -> Array:
        """The position of each token in its document."""
        starts = np.frombuffer(self._part_starts, np.uint64).astype(np.int64)
        positions = np.frombuffer(self._part_positions, np.uint64).astype(np.int64)
        lengths = np.diff(np.append(starts, len(self.terms)))
        return np.arange(len(self.terms)) - np.repeat(starts - positions, lengths)

    def sorted_tokens(self, ranks: Array, *, chosen: Array | None = None) -> Tokens:
        """The tokens by term, document and position; *ranks* orders the numbers.

        *chosen* tells of each token whether it is wanted; without it all are.
        """
        lengths = np.frombuffer(self.lengths, np.uint32)
        tokens = (
            np.frombuffer(self.terms, np.uint32),
            np.repeat(np.arange(len(lengths)), lengths),
            self.token_positions(),
        )
        if chosen is not None:
            tokens = (tokens[0][chosen], tokens[1][chosen], tokens[2][chosen])
        return sort_tokens(ranks[tokens[0]], tokens[1], tokens[2])


def rank_terms(terms: Sequence[bytes]) -> tuple[list[bytes], Array]:
    """The distinct *terms* sorted, and the rank among them of each of *terms*."""
    distinct = sorted(set(terms))
    rank = {term: at for at, term in enumerate(distinct)}
    return distinct, np.array([rank[term] for term in terms], np.int64)


def sort_tokens(terms: Array, docs: Array, positions: Array) -> Tokens:
    """The three parallel arrays sorted by term, document and position.

    Packs a token into one 64-bit key where it fits: sorting plain numbers is
    several times faster than sorting by three keys.
    """
    if not terms.size:
        return terms, docs, positions
    bits = [int(values.max()).bit_length() for values in (terms, docs, positions)]
    if sum(bits) > _KEY_BITS:
        order = np.lexsort((positions, docs, terms))
        return terms[order], docs[order], positions[order]
    doc_shift, term_shift = bits[2], bits[1] + bits[2]
    keys = terms.astype(np.uint64) << np.uint64(term_shift)
    keys |= docs.astype(np.uint64) << np.uint64(doc_shift)
    keys |= positions.astype(np.uint64)
    keys.sort()
    return (
        (keys >> np.uint64(term_shift)).astype(np.int64),
        (keys >> np.uint64(doc_shift) & np.uint64((1 << bits[1]) - 1)).astype(np.int64),
        (keys & np.uint64((1 << bits[2]) - 1)).astype(np.int64),
    )
