"""The evaluation of a test collection: index it, run its queries, compute measures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Final, Protocol

from benchmarks.retrieval.collection import Collection, TextDocument
from benchmarks.retrieval.lucene import LuceneRanker
from benchmarks.retrieval.measures import (
    CUTOFF,
    first_rank,
    mean_reciprocal_rank,
    success,
)
from benchmarks.retrieval.site_ranker import open_site_ranker


class Analysis(StrEnum):
    """The analyzer and ranking under evaluation."""

    SIJILL = "sijill"
    LUCENE = "lucene"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The measures and times of one run of a collection.

    Measures are from 0 to 1, times are in seconds. ``documents`` includes the
    distractors; ``unjudged`` queries are left out of all measures; ``unanswered``
    queries retrieved nothing and count as failed. ``analyzer_version`` is ``None``
    where the analyzer is not the site's.
    """

    analysis: Analysis
    engine: str
    analyzer_version: int | None
    documents: int
    distractors: int
    queries: int
    unjudged: int
    unanswered: int
    mrr_at_10: float
    success_at_1: float
    success_at_10: float
    index_seconds: float
    query_seconds: float

    @property
    def queries_per_second(self) -> float:
        """Queries per second, run one after the other."""
        return self.queries / self.query_seconds


class Ranker(Protocol):
    """An index that ranks documents for a query text."""

    engine: str
    analyzer_version: int | None

    @property
    def documents(self) -> int:
        """The number of indexed documents."""
        ...

    def rank(self, text: str) -> tuple[str, ...]:
        """The ids of at most ``CUTOFF`` hits, best first."""
        ...


_Progress = Callable[[int], object]
_OPEN: Final[
    dict[
        Analysis,
        Callable[[Iterable[TextDocument], _Progress], AbstractContextManager[Ranker]],
    ]
] = {
    Analysis.SIJILL: open_site_ranker,
    Analysis.LUCENE: lambda documents, progress: nullcontext(
        LuceneRanker(documents, progress)
    ),
}


def evaluate(
    collection: Collection,
    *,
    distractors: Iterable[TextDocument] = (),
    analysis: Analysis = Analysis.SIJILL,
    progress: _Progress = lambda count: None,
) -> Evaluation:
    """Evaluate *collection* among *distractors*.

    *progress* is called with the number of documents indexed since its last call.
    Raises CollectionError where the distractors cannot be read.
    """
    documents = chain(collection.documents, distractors)
    started = time.perf_counter()
    with _OPEN[analysis](documents, progress) as ranker:
        indexed = time.perf_counter()
        rankings = [ranker.rank(query.text) for query in collection.queries]
        answered = time.perf_counter()
    ranks = [
        first_rank(ranking, query.relevant)
        for ranking, query in zip(rankings, collection.queries, strict=True)
    ]
    return Evaluation(
        analysis=analysis,
        engine=ranker.engine,
        analyzer_version=ranker.analyzer_version,
        documents=ranker.documents,
        distractors=ranker.documents - len(collection.documents),
        queries=len(ranks),
        unjudged=collection.unjudged,
        unanswered=sum(not ranking for ranking in rankings),
        mrr_at_10=mean_reciprocal_rank(ranks),
        success_at_1=success(ranks, 1),
        success_at_10=success(ranks, CUTOFF),
        index_seconds=indexed - started,
        query_seconds=answered - indexed,
    )
