"""An imitation of Lucene's ArabicAnalyzer and BM25Similarity, to compare with.

Tokens are nearly those of Unicode's word boundaries (UAX 29), lower case, with ASCII
digits; stop words are dropped, the other tokens normalized and stemmed by light10.
Documents are ranked by BM25 over one field of title and text. docs/retrieval.md lists
the differences from Lucene.
"""

from __future__ import annotations

import math
import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from heapq import nsmallest
from typing import Final

from benchmarks.retrieval.collection import TextDocument
from benchmarks.retrieval.measures import CUTOFF
from benchmarks.retrieval.normalizer import normalize
from benchmarks.retrieval.stop_words import STOP_WORDS
from search.arabic import letters as l
from search.arabic.lexicon.light_stem import light_stem

# Lucene's defaults (BM25Similarity).
K1: Final = 1.2
B: Final = 0.75

PROGRESS_STEP: Final = 1000
CACHED_TOKENS: Final = 500_000

_EXTENDED: Final = rf"\w[\w{l.NONSPACING_MARKS}{l.COMBINING_RANGES}]*"
# One token each: Super_Bowl, U.S.A, 1.5, ١٬٩٤٨. Two tokens each: 1,a and a,b.
_TOKEN_RE: Final = re.compile(
    rf"{_EXTENDED}(?:(?:(?<=[^\W\d_])['’.:·](?=[^\W\d_])|(?<=\d)['’.,;،٬٫](?=\d))"
    rf"{_EXTENDED})*"
)


def analyze(text: str) -> list[str]:
    """The stems of *text* in order.

    >>> analyze("في المدارسِ العربيّة عام ١٩٤٨")
    ['مدارس', 'عرب', 'عام', '1948']
    """
    return [stem for stem in map(_stem_token, _TOKEN_RE.findall(text)) if stem]


@lru_cache(CACHED_TOKENS)
def _stem_token(token: str) -> str:
    """The stem of a token; ``""`` for a stop word or a token of punctuation."""
    folded = "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char
        for char in token.lower()
    )
    if folded in STOP_WORDS or not any(map(str.isalnum, folded)):
        return ""
    return light_stem(normalize(folded))


_NO_POSTINGS: Final = (array("L"), array("L"))


class LuceneRanker:
    """An inverted index in memory, ranked by BM25."""

    engine = "LuceneRanker"
    analyzer_version: int | None = None

    def __init__(
        self,
        documents: Iterable[TextDocument],
        progress: Callable[[int], object],
    ) -> None:
        """Index *documents*; *progress* gets the number since its last call."""
        self._ids: list[str] = []
        self._lengths = array("L")
        self._postings: dict[str, tuple[array[int], array[int]]] = defaultdict(
            lambda: (array("L"), array("L"))
        )
        for document in documents:
            self._add(document)
            if not self.documents % PROGRESS_STEP:
                progress(PROGRESS_STEP)
        progress(self.documents % PROGRESS_STEP)
        self._norms = self._build_norms()

    @property
    def documents(self) -> int:
        """The number of indexed documents."""
        return len(self._ids)

    def rank(self, text: str) -> tuple[str, ...]:
        """The ids of the best hits; of equal scores the document indexed first."""
        scores = self.score(text)
        best = nsmallest(CUTOFF, scores, key=lambda doc: (-scores[doc], doc))
        return tuple(self._ids[doc] for doc in best)

    def score(self, text: str) -> dict[int, float]:
        """The BM25 score of each document with a word of *text*, by doc number from 0.

        Without the constant factor k1 + 1, as in Lucene since version 8.
        """
        scores: dict[int, float] = defaultdict(float)
        norms = self._norms
        for term, query_tf in Counter(analyze(text)).items():
            docs, frequencies = self._postings.get(term, _NO_POSTINGS)
            absent = self.documents - len(docs)
            weight = query_tf * math.log1p((absent + 0.5) / (len(docs) + 0.5))
            for doc, tf in zip(docs, frequencies, strict=True):
                scores[doc] += weight * tf / (tf + norms[doc])
        return scores

    def _add(self, document: TextDocument) -> None:
        terms = analyze(f"{document.title}\n{document.text}")
        for term, frequency in Counter(terms).items():
            docs, frequencies = self._postings[term]
            docs.append(len(self._ids))
            frequencies.append(frequency)
        self._ids.append(document.id)
        self._lengths.append(len(terms))

    def _build_norms(self) -> list[float]:
        average = sum(self._lengths) / max(self.documents, 1) or 1.0
        return [K1 * (1 - B + B * length / average) for length in self._lengths]
