"""Rankings by the site's own engine, on an index made for the purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.retrieval.collection import TextDocument
from benchmarks.retrieval.measures import DEPTH
from benchmarks.scratch_index import open_private
from search.arabic.analyzer import ANALYZER_VERSION, analyze
from search.engines.contract import EngineRequest
from search.errors import QueryTooExpensive
from search.fields import (
    ARTICLE_ID,
    CONTENT,
    DATE_FIRST,
    DATE_LAST,
    DOCUMENT_HASH,
    FACETS,
    TEXT_FIELDS,
)
from search.indexing.documents import build_keys
from search.query import Or, Query, Term

# Documents handed to the engine at a time.
BATCH: Final = 1000
TITLE: Final = "title"


class SiteRanker:
    """The ids that a reader would see first, who asks for any of the words."""

    analyzer_version: int | None = ANALYZER_VERSION

    def __init__(
        self,
        folder: Path,
        documents: Iterable[TextDocument],
        progress: Callable[[int], object],
    ) -> None:
        """Index *documents* under *folder*; *progress* gets the size of each batch."""
        self._engine = open_private(folder)
        self.engine = type(self._engine).__name__
        self._ids: list[str] = []
        self.documents = self._engine.build(self._iter_batches(documents, progress))

    def rank(self, text: str) -> tuple[str, ...]:
        """The ids of the first hits; none where *text* has no word or is refused."""
        query = any_word(text)
        if query is None:
            return ()
        try:
            answer = self._engine.run(EngineRequest(query, limit=DEPTH))
        except QueryTooExpensive:
            return ()
        return tuple(self._ids[hit.article_id - 1] for hit in answer.hits)

    def _iter_batches(
        self, documents: Iterable[TextDocument], progress: Callable[[int], object]
    ) -> Iterator[list[dict[str, Any]]]:
        following = iter(documents)
        while batch := list(islice(following, BATCH)):
            first = len(self._ids) + 1
            self._ids.extend(document.id for document in batch)
            yield [build_document(at, one) for at, one in enumerate(batch, first)]
            progress(len(batch))


@contextmanager
def open_site_ranker(
    documents: Iterable[TextDocument], progress: Callable[[int], object]
) -> Iterator[SiteRanker]:
    """A ranker whose index is in a folder that goes when it is closed."""
    with TemporaryDirectory(prefix="sijill-evaluation-") as folder:
        yield SiteRanker(Path(folder), documents, progress)


def any_word(text: str) -> Query | None:
    """The query for articles with any word of *text*, in which nothing is an operator.

    ``None`` where *text* has no word.

    >>> any_word("- متى؟"), any_word("؟")
    (Term(text='متى', level=<Level.FAMILY: 'family'>), None)
    """
    words = tuple(Term(text[token.start : token.end]) for token in analyze(text))
    if len(words) < 2:
        return words[0] if words else None
    return Or(words)


def build_document(number: int, document: TextDocument) -> dict[str, Any]:
    """What the index holds for an undated article of this title and body only."""
    return {
        **build_keys(number),
        **{field.name: [] for field in (*TEXT_FIELDS, *FACETS)},
        ARTICLE_ID: number,
        CONTENT: [document.title, "", document.text],
        TITLE: [document.title],
        DATE_FIRST: 0,
        DATE_LAST: 0,
        DOCUMENT_HASH: 0,
    }
