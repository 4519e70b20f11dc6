"""From tokens in document order to sorted postings, with one sort of machine words."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, TypeVar

import numpy as np

from search.engines.whoosh.segment_file import Array

_KEY_BITS: Final = 64
# Tokens sorted at a time; one takes some 100 bytes meanwhile.
STRETCH: Final = 500_000
SORTING_BYTES: Final = 100 * STRETCH

_Term = TypeVar("_Term", bytes, str)
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

    They come in parts, in which positions go on by one: ``add`` takes the numbers of
    one part, and ``end_document`` closes a document; ``extend`` takes documents at
    once. Positions of one document must grow.
    """

    def __init__(self) -> None:
        self.terms = array("I")
        self.lengths = array("I")
        self._part_starts = array("Q")
        self._part_positions = array("I")
        self._part_docs = array("I")
        self._document_start = 0

    def add(self, numbers: Iterable[int], *, position: int = 0) -> None:
        """Append the tokens with these *numbers*, which stand from *position* on."""
        self._part_starts.append(len(self.terms))
        self._part_positions.append(position)
        self._part_docs.append(len(self.lengths))
        self.terms.extend(numbers)

    def end_document(self) -> None:
        """Close the current document, which may have no token."""
        self.lengths.append(len(self.terms) - self._document_start)
        self._document_start = len(self.terms)

    def extend(self, numbers: Array, parts: Array, docs: Array, *, gap: int) -> None:
        """Append whole documents with the tokens of these *numbers*.

        *parts* are the sizes of their parts, *docs* how many parts each document has.
        Positions leave out *gap* places behind a part that is not empty.
        """
        base = len(self.terms)
        owners = np.repeat(np.arange(docs.size), docs)
        ends = np.cumsum(parts, dtype=np.int64)
        lengths = np.bincount(owners, weights=parts, minlength=docs.size)
        full = parts > 0
        # Places before a part, and those of them before its document.
        steps = np.where(full, parts.astype(np.int64) + gap, 0)
        before = np.cumsum(steps) - steps
        firsts = np.cumsum(docs, dtype=np.int64) - docs
        positions = before - np.append(before, 0)[firsts][owners]
        self._part_starts.frombytes((base + ends - parts)[full].tobytes())
        self._part_positions.frombytes(positions[full].astype(np.uint32).tobytes())
        owners += len(self.lengths)
        self._part_docs.frombytes(owners[full].astype(np.uint32).tobytes())
        self.terms.frombytes(numbers.tobytes())
        self.lengths.frombytes(lengths.astype(np.uint32).tobytes())
        self._document_start = len(self.terms)

    def counts(self, size: int) -> Array:
        """How many tokens each of *size* numbers has."""
        terms = np.frombuffer(self.terms, np.uint32)
        counts = np.zeros(size, np.int64)
        # NumPy makes wider numbers of all that it is given to count.
        for start in range(0, terms.size, STRETCH):
            counts += np.bincount(terms[start : start + STRETCH], minlength=size)
        return counts

    def iter_sorted(self, lists: Array, size: int) -> Iterator[Tokens]:
        """The tokens by list, document and position, a stretch of lists at a time.

        *lists* gives each number one of *size* lists, or less than 0 for none.
        """
        sizes = np.zeros(size, np.int64)
        has_list = lists >= 0
        np.add.at(sizes, lists[has_list], self.counts(lists.size)[has_list])
        owners = lists.astype(np.int32)[np.frombuffer(self.terms, np.uint32)]
        for first, last in iter_stretches(sizes):
            chosen = np.flatnonzero((owners >= first) & (owners < last))
            yield sort_tokens(owners[chosen], *self._places(chosen))

    def _places(self, tokens: Array) -> tuple[Array, Array]:
        """The documents and positions of these *tokens*."""
        starts = np.frombuffer(self._part_starts, np.uint64).astype(np.int64)
        parts = np.searchsorted(starts, tokens, side="right") - 1
        docs = np.frombuffer(self._part_docs, np.uint32)[parts]
        positions = np.frombuffer(self._part_positions, np.uint32)[parts]
        return docs, tokens - starts[parts] + positions


def iter_stretches(sizes: Array) -> Iterator[tuple[int, int]]:
    """Lists of these *sizes* in stretches of ``STRETCH`` tokens or so, from and to."""
    stretches = np.cumsum(sizes) // STRETCH
    bounds = np.flatnonzero(np.diff(stretches)) + 1
    return pairwise([0, *bounds.tolist(), sizes.size])


def rank_terms(terms: Sequence[_Term]) -> tuple[list[_Term], Array]:
    """The distinct *terms* sorted, and the rank among them of each of *terms*."""
    distinct = sorted(set(terms))
    rank = dict(zip(distinct, range(len(distinct)), strict=True))
    return distinct, np.fromiter(map(rank.__getitem__, terms), np.int64, len(terms))


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
