"""The answers of `search.engines.corpus` on the index, within the time of a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from search.deadline import Deadline, time_limit
from search.engines.contract import EngineRequest
from search.engines.corpus import (
    Concordance,
    ConcordanceRequest,
    Contrast,
    HeldWords,
    Overlap,
)
from search.engines.whoosh.arrays import Array, is_in_sorted
from search.engines.whoosh.corpus import word_counts
from search.engines.whoosh.corpus.contexts import order_by_context, rank_words
from search.engines.whoosh.corpus.contrast import contrast
from search.engines.whoosh.corpus.occurrences import (
    Occurrences,
    find_occurrences,
)
from search.engines.whoosh.corpus.rows import Columns, build_concordance
from search.engines.whoosh.execution.filters import find_hits
from search.engines.whoosh.execution.matching import Matching
from search.engines.whoosh.index.index_store import IndexStore
from search.engines.whoosh.index.snapshot import Snapshot
from search.fields import ARTICLE_ID, DATE_FIRST
from search.query import Query


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
            found = find_occurrences(matching, request.search.query, docs)
            columns = Columns(
                snapshot.numeric_doc_values(ARTICLE_ID),
                snapshot.numeric_doc_values(DATE_FIRST),
            )
            sort = partial(_sort_by_context, snapshot, request, deadline)
            return build_concordance(found, request, columns, sort)

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


def _sort_by_context(
    snapshot: Snapshot,
    request: ConcordanceRequest,
    deadline: Deadline,
    found: Occurrences,
) -> Occurrences:
    """*found* by the words beside each, of which later pages make use."""
    key = replace(request, offset=0, limit=0)
    ordered: Occurrences | None = snapshot.order_cache.get(key)
    if ordered is None:
        articles = snapshot.numeric_doc_values(ARTICLE_ID)
        rank = partial(
            rank_words, snapshot, deadline=deadline, by_lemma=request.by_lemma
        )
        ordered = found.take(order_by_context(found, articles, request.order, rank))
        snapshot.order_cache.put(key, ordered)
    return ordered


def _set_apart(first: Array, second: Array) -> tuple[Array, Array]:
    """Two disjoint sets of documents: what each has alone, or a part and the rest."""
    alone = first[~is_in_sorted(second, first)], second[~is_in_sorted(first, second)]
    if alone[0].size and alone[1].size:
        return alone
    # One lies within the other.
    return (first, alone[1]) if alone[1].size else (alone[0], second)
