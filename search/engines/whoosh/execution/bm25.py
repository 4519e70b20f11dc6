"""What BM25 makes of how often a word stands in documents, before its rarity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from search.engines.whoosh.arrays import Array, find_in_sorted

# A rate takes four bytes, and so does a document's number: where a word is in half of
# the documents, a rate for every document takes no more, and is added much faster.
_HALF: Final = 2


@dataclass(frozen=True, slots=True)
class TfWeights:
    """The rate of each of *docs*, ascending and distinct.

    Without *docs* there is a rate for each document of the index, 0 where the word is
    not; where it is, the rate is above 0.
    """

    docs: Array | None
    values: Array

    @property
    def found(self) -> int:
        """How many documents have the word."""
        if self.docs is None:
            return int(np.count_nonzero(self.values))
        return self.docs.size

    @property
    def nbytes(self) -> int:
        """The bytes of memory that this takes."""
        return self.values.nbytes + (0 if self.docs is None else self.docs.nbytes)

    def mark(self, flags: Array) -> None:
        """Set the flag of each document that has the word."""
        if self.docs is None:
            flags |= self.values > 0
        else:
            flags[self.docs] = True

    def add_to(
        self, scores: Array, weight: np.float32, only: Array | None = None
    ) -> None:
        """Add the rates, times *weight*, to the scores of all documents, or of some."""
        if self.docs is None:
            if only is None:
                scores += self.values * weight
            else:
                scores[only] += self.values[only] * weight
            return
        docs, values = self.docs, self.values
        if only is not None:
            # In the type of the many, which would else be made wider for the few.
            at = find_in_sorted(docs, only.astype(docs.dtype))
            docs, values = docs[at], values[at]
        # Documents are distinct; so many additions are twice as fast as by an index.
        np.add.at(scores, docs.astype(np.intp, copy=False), values * weight)

    def compact(self, count: int) -> TfWeights:
        """The same in what takes less memory, for an index of *count* documents."""
        if self.docs is None:
            return self
        if self.docs.size * _HALF < count:
            return TfWeights(self.docs.astype(np.uint32, copy=False), self.values)
        values = np.zeros(count, np.float32)
        values[self.docs] = self.values
        return TfWeights(None, values)


def tf_weights(docs: Array, freqs: Array, norms: Array | None) -> TfWeights:
    """The rates of a word that stands so often in *docs*, different ones, ascending.

    *norms* are those of the field, without which each document counts 1.
    """
    weights = freqs.astype(np.float32)
    if norms is None:
        return TfWeights(docs, np.minimum(weights, 1, out=weights))
    rates: Array = weights + norms[docs]
    return TfWeights(docs, np.divide(weights, rates, out=rates))
