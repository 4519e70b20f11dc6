"""The site's engine on the index: the contract, without what Haystack adds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from search.arabic.normalize import fold
from search.deadline import time_limit
from search.engines.contract import (
    EVERY_LEVEL,
    EngineAnswer,
    EngineRequest,
    EngineStatus,
    FormCount,
    Hit,
    Spelling,
    Word,
    WordStatistics,
)
from search.engines.whoosh.corpus import CorpusAnswers
from search.engines.whoosh.execution import term_statistics
from search.engines.whoosh.execution.search import search
from search.engines.whoosh.index.index_store import IndexStore
from search.engines.whoosh.index.snapshot import iter_hashes
from search.engines.whoosh.query.completion import complete, count_documents
from search.engines.whoosh.query.cost import estimate_seconds
from search.fields import ARTICLE_ID, CONTENT, DOCUMENT_HASH
from search.query import Level, Query


class SiteEngine(CorpusAnswers):
    """Answers the site's searches from the index in ``store``."""

    store: IndexStore
    # Processor seconds, as Haystack takes them from ``TIMEOUT`` of the connection.
    timeout: float

    def version(self) -> int:
        """The number of the snapshot, which another commit or index raises."""
        return self.store.snapshot().number

    def run(self, request: EngineRequest) -> EngineAnswer:
        """The page of hits that *request* asks for."""
        snapshot = self.store.snapshot()
        with time_limit(self.timeout) as deadline:
            top = search(snapshot, request, deadline)
        articles = snapshot.numeric_doc_values(ARTICLE_ID)[top.docs]
        versions = snapshot.numeric_doc_values(DOCUMENT_HASH)[top.docs]
        columns = (articles.tolist(), top.scores.tolist(), versions.tolist())
        return EngineAnswer(
            hits=tuple(map(Hit, *columns)),
            total=top.total,
            facets=top.facets,
            dates=top.dates,
            held=top.held,
            version=snapshot.number,
        )

    def iter_ids(self, request: EngineRequest) -> Iterator[int]:
        """The ids of all hits in order."""
        snapshot = self.store.snapshot()
        every = replace(request, offset=0, limit=None, facets=(), count_dates=False)
        with time_limit(self.timeout) as deadline:
            top = search(snapshot, every, deadline)
        yield from snapshot.numeric_doc_values(ARTICLE_ID)[top.docs].tolist()

    def explain(
        self,
        words: Sequence[Word],
        *,
        most_forms: int,
        levels: Collection[Level] = EVERY_LEVEL,
    ) -> tuple[WordStatistics, ...]:
        """What each of *words* stands for, with at most so many of its forms.

        Articles are counted at these *levels*.
        """
        snapshot = self.store.snapshot()
        with time_limit(self.timeout) as deadline:
            return term_statistics.explain(
                snapshot, words, deadline, most_forms=most_forms, levels=levels
            )

    def count(self, words: Sequence[Word]) -> tuple[int, ...]:
        """How many articles have each of *words*, a ``Term`` each, at its level."""
        snapshot = self.store.snapshot()
        with time_limit(self.timeout) as deadline:
            return term_statistics.count(snapshot, words, deadline)

    def complete(self, word: Word, *, limit: int) -> tuple[FormCount, ...]:
        """The forms that begin with *word*, those of most articles first."""
        snapshot, beginning = self.store.snapshot(), fold(word.query.text)
        return complete(snapshot, word.field, beginning, limit=limit)

    def count_documents(self, words: Sequence[str]) -> tuple[int, ...]:
        """About how many articles have each of *words* as it is written."""
        return count_documents(self.store.snapshot(), CONTENT, map(fold, words))

    def find_spellings(self, word: Word, *, limit: int) -> tuple[Spelling, ...]:
        """Words of the index that are written nearly like *word*, the best first."""
        snapshot = self.store.snapshot()
        with time_limit(self.timeout) as deadline:
            return term_statistics.find_spellings(snapshot, word, deadline, limit=limit)

    def estimate_seconds(self, query: Query) -> float:
        """About how many processor seconds a results page for *query* takes."""
        return estimate_seconds(self.store.snapshot(), query, CONTENT)

    def iter_hashes(self) -> Iterator[tuple[int, int]]:
        """The article and the hash of each document, ascending, of one commit."""
        return iter_hashes(self.store.snapshot())

    def status(self) -> EngineStatus:
        """How the index stands now."""
        return self.store.status()
