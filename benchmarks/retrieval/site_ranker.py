"""Rankings by the site's own engine, on a scratch index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.retrieval.collection import TextDocument
from benchmarks.retrieval.measures import CUTOFF
from benchmarks.scratch_index import build_document, open_scratch_engine
from search.arabic.analyzer import ANALYZER_VERSION, analyze
from search.engines.contract import EngineRequest
from search.errors import QueryTooExpensive
from search.query import Or, Query, Term

# Documents handed to the engine at a time.
BATCH: Final = 1000


class SiteRanker:
    """The ids of the hits that a reader sees first who joins the words by OR."""

    analyzer_version: int | None = ANALYZER_VERSION

    def __init__(
        self,
        folder: Path,
        documents: Iterable[TextDocument],
        progress: Callable[[int], object],
    ) -> None:
        """Index *documents* under *folder*; *progress* gets the size of each batch."""
        self._engine = open_scratch_engine(folder)
        self.engine = type(self._engine).__name__
        # By article id, from 1, less 1.
        self._ids: list[str] = []
        self.documents = self._engine.build(self._iter_batches(documents, progress))

    def rank(self, text: str) -> tuple[str, ...]:
        """The ids of the first hits; none where *text* has no word or is refused."""
        query = any_word(text)
        if query is None:
            return ()
        try:
            answer = self._engine.run(EngineRequest(query, limit=CUTOFF))
        except QueryTooExpensive:
            return ()
        return tuple(self._ids[hit.article_id - 1] for hit in answer.hits)

    def _iter_batches(
        self, documents: Iterable[TextDocument], progress: Callable[[int], object]
    ) -> Iterator[list[dict[str, Any]]]:
        remaining = iter(documents)
        while batch := list(islice(remaining, BATCH)):
            first = len(self._ids) + 1
            self._ids.extend(document.id for document in batch)
            yield [
                build_document(article_id, title=document.title, body=document.text)
                for article_id, document in enumerate(batch, first)
            ]
            progress(len(batch))


@contextmanager
def open_site_ranker(
    documents: Iterable[TextDocument], progress: Callable[[int], object]
) -> Iterator[SiteRanker]:
    """A ranker whose index is in a temporary folder."""
    with TemporaryDirectory(prefix="sijill-evaluation-") as folder:
        yield SiteRanker(Path(folder), documents, progress)


def any_word(text: str) -> Query | None:
    """The query for any word of *text*; nothing in *text* is an operator.

    ``None`` where *text* has no word.

    >>> any_word("- متى؟"), any_word("؟")
    (Term(text='متى', level=<Level.FAMILY: 'family'>), None)
    """
    words = tuple(Term(token.printed) for token in analyze(text))
    if not words:
        return None
    return Or(words) if len(words) > 1 else words[0]
