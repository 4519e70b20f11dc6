"""BM25: saturated term frequency, document length norms and inverse document frequency.

score = boost · idf · (k1 + 1) · tf / (tf + norm), with
norm = k1 · (1 - b + b · length / average length) and
idf = ln(1 + (N - df + 0.5) / (df + 0.5)), which is never negative.

Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009),
with Lucene's constants and idf.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from search.engines.whoosh.arrays import Array, find_in_sorted
from search.engines.whoosh.index.snapshot import Snapshot

K1: Final = 1.2
B: Final = 0.75

# A weight takes four bytes and so does a document number: for a term in half of the
# documents a weight for every document takes no more, and is added much faster.
_HALF: Final = 2


@dataclass(frozen=True, slots=True)
class TfWeights:
    """BM25's saturated term frequency, tf / (tf + norm), without idf.

    ``values`` is float32[n] for the n documents ``docs``, ascending and distinct. Where
    ``docs`` is ``None`` it is float32[n_docs] with 0 where the term is not.
    """

    docs: Array | None
    values: Array

    @property
    def doc_freq(self) -> int:
        """How many documents have the term."""
        if self.docs is None:
            return int(np.count_nonzero(self.values))
        return self.docs.size

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return self.values.nbytes + (0 if self.docs is None else self.docs.nbytes)

    def set_flags(self, flags: Array) -> None:
        """Set ``flags[doc]`` of each document that has the term: bool[n_docs]."""
        if self.docs is None:
            flags |= self.values > 0
        else:
            flags[self.docs] = True

    def add_to(
        self, scores: Array, weight: np.float32, only: Array | None = None
    ) -> None:
        """Add *weight* times the values to *scores*: float32[n_docs], in place.

        *only* limits that to some documents, ascending and distinct.
        """
        if self.docs is None:
            if only is None:
                scores += self.values * weight
            else:
                scores[only] += self.values[only] * weight
            return
        docs, values = self.docs, self.values
        if only is not None:
            # The few are cast to the type of the many, not the many to theirs.
            at = find_in_sorted(docs, only.astype(docs.dtype))
            docs, values = docs[at], values[at]
        # For distinct documents twice as fast as scores[docs] += ….
        np.add.at(scores, docs.astype(np.intp, copy=False), values * weight)

    def compact(self, count: int) -> TfWeights:
        """The same weights in the least memory, for an index of *count* documents."""
        if self.docs is None:
            return self
        if self.docs.size * _HALF < count:
            return TfWeights(self.docs.astype(np.uint32, copy=False), self.values)
        values = np.zeros(count, np.float32)
        values[self.docs] = self.values
        return TfWeights(None, values)


def tf_weights(docs: Array, freqs: Array, norms: Array | None) -> TfWeights:
    """The weights of a term that stands *freqs* times in *docs*, ascending, distinct.

    *norms* are those of the field: float32[n_docs]. Without them each document
    weighs 1.
    """
    weights = freqs.astype(np.float32)
    if norms is None:
        return TfWeights(docs, np.minimum(weights, 1, out=weights))
    saturated: Array = weights + norms[docs]
    return TfWeights(docs, np.divide(weights, saturated, out=saturated))


def field_norms(snapshot: Snapshot, name: str) -> Array | None:
    """The norm of each document in a field, by its length: float32[n_docs].

    ``None`` for a field that is not scored.
    """
    return snapshot.derive(("norms", name), lambda: _make_norms(snapshot, name))


def _make_norms(snapshot: Snapshot, name: str) -> Array | None:
    if not snapshot.schema[name].scorable:
        return None
    lengths = snapshot.lengths(name)
    average = max(int(lengths.sum(dtype=np.int64)) / max(lengths.size, 1), 1.0)
    relative = lengths.astype(np.float32) / np.float32(average)
    norms: Array = np.float32(K1) * (1 - np.float32(B) * (1 - relative))
    return norms


def term_weight(max_doc: int, doc_freq: float, boost: float) -> np.float32:
    """idf · (k1 + 1) · *boost* for a term in *doc_freq* of *max_doc* documents.

    It scales the tf weights of a field that is scored.
    """
    idf = math.log1p((max_doc - doc_freq + 0.5) / (doc_freq + 0.5))
    return np.float32(boost * idf * (K1 + 1))
