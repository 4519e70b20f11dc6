"""From tokens in document order to sorted postings, with one sort of machine words."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
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


class _Vocabulary(dict[bytes | str, int]):
    """Numbers terms in the order in which they are first met."""

    def __missing__(self, term: bytes | str) -> int:
        number = self[term] = len(self)
        return number


class TokenStream:
    """The tokens of one field, document by document, as numbers.

    ``add`` takes the terms of the next tokens with the position of the first;
    ``end_document`` closes a document. Positions of one document must grow.
    """

    def __init__(self) -> None:
        self.vocabulary = _Vocabulary()
        self.terms = array("I")
        self.lengths = array("I")
        self._part_starts = array("Q")
        self._part_positions = array("Q")
        self._document_start = 0

    def add(self, terms: Iterable[bytes | str], *, position: int = 0) -> None:
        """Append the tokens *terms*, which stand from *position* on."""
        self._part_starts.append(len(self.terms))
        self._part_positions.append(position)
        self.terms.extend(map(self.vocabulary.__getitem__, terms))

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

    def sorted_terms(self) -> tuple[list[bytes], Array]:
        """The terms as sorted bytes, and the rank of each number of the vocabulary."""
        encoded = [
            term.encode() if isinstance(term, str) else term for term in self.vocabulary
        ]
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        return [encoded[at] for at in order], rank


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


def build_forward(
    name: str, count: int, postings: dict[str, Array]
) -> dict[str, Array]:
    """The column of a field: the ordinals of the terms of each of *count* documents."""
    docs = postings[f"{name}/docs"]
    starts = postings[f"{name}/starts"].astype(np.int64)
    ordinals = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    order = np.argsort(docs, kind="stable")
    offsets = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(docs, minlength=count), out=offsets[1:])
    return {
        f"{name}/column_starts": narrow(offsets),
        f"{name}/column": narrow(ordinals[order]),
    }
