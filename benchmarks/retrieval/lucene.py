"""An imitation of Lucene's Arabic analysis and ranking, to compare the site's with.

Tokens are those of Unicode's word boundaries (UAX 29), told apart by case and digit
set no more; function words go, what is left is normalized and stemmed by light10.
Documents are ranked by BM25 over one field of title and text.
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
from benchmarks.retrieval.light10 import normalize, stem
from benchmarks.retrieval.measures import DEPTH
from benchmarks.retrieval.stop_words import FUNCTION_WORDS
from search.arabic import letters as l

# Lucene's own; b is how much the length of a document counts.
K1: Final = 1.2
B: Final = 0.75

PROGRESS_STEP: Final = 1000
CACHED_TOKENS: Final = 500_000

_EXTENDED: Final = rf"\w[\w{l.NONSPACING_MARKS}{l.COMBINING_RANGES}]*"
# Super_Bowl, U.S.A, 1.5, ١٬٩٤٨ are one token each; 1,a and a,b are two.
_TOKEN_RE: Final = re.compile(
    rf"{_EXTENDED}(?:(?:(?<=[^\W\d_])['’.:·](?=[^\W\d_])|(?<=\d)['’.,;،٬٫](?=\d))"
    rf"{_EXTENDED})*"
)


def analyze(text: str) -> list[str]:
    """The stems of *text* in order.

    >>> analyze("في المدارسِ العربيّة عام ١٩٤٨")
    ['مدارس', 'عرب', 'عام', '1948']
    """
    stems = map(_stem_token, _TOKEN_RE.findall(text))
    return [one for one in stems if one]


@lru_cache(CACHED_TOKENS)
def _stem_token(token: str) -> str:
    """The stem of one token, ``""`` where nothing of it is indexed."""
    folded = "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char
        for char in token.lower()
    )
    if folded in FUNCTION_WORDS or not any(map(str.isalnum, folded)):
        return ""
    return stem(normalize(folded))


_NO_POSTINGS: Final = (array("L"), array("L"))


class LuceneRanker:
    """Documents as postings in memory."""

    engine = "LuceneRanker"
    analyzer_version: int | None = None

    def __init__(
        self,
        documents: Iterable[TextDocument],
        progress: Callable[[int], object],
    ) -> None:
        """Index *documents*; *progress* gets how many came since its last call."""
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
        """How many documents are indexed."""
        return len(self._ids)

    def rank(self, text: str) -> tuple[str, ...]:
        """The ids of the first hits; of equal ones the document indexed first."""
        scores = self.score(text)
        best = nsmallest(DEPTH, scores, key=lambda at: (-scores[at], at))
        return tuple(self._ids[at] for at in best)

    def score(self, text: str) -> dict[int, float]:
        """The BM25 score of each document with a word of *text*, by number from 0.

        Without the constant factor k1 + 1, as in Lucene since version 8.
        """
        scores: dict[int, float] = defaultdict(float)
        norms = self._norms
        for term, times in Counter(analyze(text)).items():
            found, frequencies = self._postings.get(term, _NO_POSTINGS)
            absent = self.documents - len(found)
            weight = times * math.log1p((absent + 0.5) / (len(found) + 0.5))
            for at, frequency in zip(found, frequencies, strict=True):
                scores[at] += weight * frequency / (frequency + norms[at])
        return scores

    def _add(self, document: TextDocument) -> None:
        terms = analyze(f"{document.title}\n{document.text}")
        for term, frequency in Counter(terms).items():
            found, frequencies = self._postings[term]
            found.append(len(self._ids))
            frequencies.append(frequency)
        self._ids.append(document.id)
        self._lengths.append(len(terms))

    def _build_norms(self) -> list[float]:
        average = sum(self._lengths) / max(self.documents, 1) or 1.0
        return [K1 * (1 - B + B * length / average) for length in self._lengths]
