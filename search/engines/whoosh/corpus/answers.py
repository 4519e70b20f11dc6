"""The answers of `search.engines.corpus` on the index, within the time of a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from search.deadline import Deadline, time_limit
from search.engines.contract import EngineRequest
from search.engines.corpus import (
    Concordance,
    ConcordanceRequest,
    ContextOrder,
    Contrast,
    HeldWords,
    Occurrence,
    Overlap,
    list_words,
)
from search.engines.whoosh.arrays import Array, distinct, is_in_sorted
from search.engines.whoosh.corpus import word_counts
from search.engines.whoosh.corpus.contexts import order_by_context
from search.engines.whoosh.corpus.contrast import contrast
from search.engines.whoosh.corpus.occurrences import (
    Occurrences,
    count_earlier,
    find_hits,
    find_occurrences,
)
from search.engines.whoosh.execution.matching import Matching
from search.engines.whoosh.execution.positions import POSITION_BITS
from search.engines.whoosh.index.index_store import IndexStore
from search.engines.whoosh.index.snapshot import Snapshot
from search.fields import ARTICLE_ID, DATE_FIRST
from search.query import Query

# More occurrences are not sorted by their contexts, and are read by nobody.
MOST_SORTED: Final = 250_000
_BY_DATE: Final = frozenset({ContextOrder.OLDEST, ContextOrder.NEWEST})
# After every day, as keys of days count.
_AFTER_ALL: Final = 100_000_000


class CorpusAnswers:
    """A mixin of engines: `search.engines.corpus.CorpusEngine` from ``store``."""

    store: IndexStore
    timeout: float

    def concordance(self, request: ConcordanceRequest) -> Concordance:
        """The page of occurrences that *request* asks for."""
        snapshot = self.store.snapshot()
        with (
            time_limit(self.timeout) as deadline,
            Matching(snapshot, deadline, caches=True) as matching,
        ):
            docs = find_hits(matching, request.search)
            every = found = find_occurrences(matching, request.search.query, docs)
            size = len(list_words(request.search.query))
            words = np.bincount(found.words, minlength=size)
            if request.word is not None:
                found = found.take(found.words == request.word)
            is_sorted = request.order in _BY_DATE or found.starts.size <= MOST_SORTED
            ordered = _sort(snapshot, found, request, deadline)
        page = ordered.take(slice(request.offset, request.offset + request.limit))
        articles = snapshot.numeric_doc_values(ARTICLE_ID)[page.docs]
        positions = page.starts & ((1 << POSITION_BITS) - 1)
        earlier = count_earlier(every, page)
        columns = (articles, positions, page.tokens, page.words, earlier)
        return Concordance(
            rows=tuple(map(Occurrence, *(column.tolist() for column in columns))),
            total=found.starts.size,
            articles=distinct(found.docs).size,
            words=tuple(words.tolist()),
            is_sorted=is_sorted,
        )

    def count_words(
        self, scope: EngineRequest, queries: Sequence[Query]
    ) -> tuple[HeldWords, ...]:
        """What *scope* holds by source and month, with the words of each query."""
        with (
            time_limit(self.timeout) as deadline,
            Matching(self.store.snapshot(), deadline, caches=True) as matching,
        ):
            return word_counts.count_words(matching, scope, queries)

    def overlap(self, first: EngineRequest, second: EngineRequest) -> Overlap:
        """How many articles two searches find, and when."""
        snapshot = self.store.snapshot()
        with (
            time_limit(self.timeout) as deadline,
            Matching(snapshot, deadline, caches=True) as matching,
        ):
            docs = find_hits(matching, first), find_hits(matching, second)
        dates = snapshot.date_histogram
        return Overlap(
            first=docs[0].size,
            second=docs[1].size,
            both=int(np.count_nonzero(is_in_sorted(docs[0], docs[1]))),
            first_dates=dates.count(docs[0]),
            second_dates=dates.count(docs[1]),
            held=snapshot.held_dates,
        )

    def contrast(
        self, first: EngineRequest, second: EngineRequest, *, limit: int
    ) -> Contrast:
        """The words that set two searches apart, at most *limit* on each side."""
        with (
            time_limit(self.timeout) as deadline,
            Matching(self.store.snapshot(), deadline, caches=True) as matching,
        ):
            docs = find_hits(matching, first), find_hits(matching, second)
            return contrast(matching, *_set_apart(*docs), limit=limit)

    def count_articles(self, words: Sequence[str]) -> tuple[int, ...]:
        """In how many articles the family of each of *words* stands."""
        return word_counts.count_articles(self.store.snapshot(), words)


def _sort(
    snapshot: Snapshot,
    found: Occurrences,
    request: ConcordanceRequest,
    deadline: Deadline,
) -> Occurrences:
    """*found* in the order of *request*, of which later pages make use.

    Undated articles come last; what is equal comes in the order of article ids.
    """
    if not found.starts.size:
        return found
    if request.order in _BY_DATE or found.starts.size > MOST_SORTED:
        days = snapshot.numeric_doc_values(DATE_FIRST)[found.docs].astype(np.int64)
        dated = -days if request.order is ContextOrder.NEWEST else days
        keys = *found.keys_of_ties(snapshot), np.where(days == 0, _AFTER_ALL, dated)
        return found.take(np.lexsort(keys))
    key = replace(request, offset=0, limit=0)
    ordered: Occurrences | None = snapshot.order_cache.get(key)
    if ordered is None:
        by_lemma = request.by_lemma
        at = order_by_context(
            snapshot, found, request.order, deadline, by_lemma=by_lemma
        )
        ordered = found.take(at)
        snapshot.order_cache.put(key, ordered)
    return ordered


def _set_apart(first: Array, second: Array) -> tuple[Array, Array]:
    """Two disjoint sets of documents: what each has alone, or a part and the rest."""
    alone = first[~is_in_sorted(second, first)], second[~is_in_sorted(first, second)]
    if alone[0].size and alone[1].size:
        return alone
    # One lies within the other.
    return (first, alone[1]) if alone[1].size else (alone[0], second)
