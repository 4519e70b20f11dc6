"""A real index of texts, without database and outbox."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.scratch_index import build_document, open_scratch_engine
from search.engines.contract import EngineRequest
from search.engines.whoosh.backend import WhooshBackend
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.writing.index_writer import IndexWriter
from search.query import Level
from search.query.parse import parse

# Title and body.
Text = tuple[str, str]


class TextIndex:
    """Texts numbered from 1, in an index of the site's engine.

    *more* adds fields to the documents of some numbers; *segments* is the number of
    segments.
    """

    def __init__(
        self,
        folder: Path,
        texts: Sequence[Text | str],
        more: Mapping[int, Mapping[str, Any]] | None = None,
        *,
        segments: int = 1,
    ) -> None:
        engine = open_scratch_engine(folder)
        assert isinstance(engine, WhooshBackend)
        self.engine = engine
        documents = [
            make_document(number, text) | dict((more or {}).get(number, {}))
            for number, text in enumerate(texts, 1)
        ]
        self._keys = {one["article_id"]: str(one["id"]) for one in documents}
        size = max(1, -(-len(documents) // segments))
        for first in range(0, len(documents), size):
            with engine.store.writer(max_merge_docs=0) as writer:
                for document in documents[first : first + size]:
                    writer.update_document(document)

    @property
    def snapshot(self) -> Snapshot:
        """The current snapshot of the index."""
        return self.engine.store.snapshot()

    def delete(self, *numbers: int) -> None:
        """Delete these texts, without merging segments."""
        with self.engine.store.writer(max_merge_docs=0) as writer:
            for number in numbers:
                writer.delete("id", self._keys[number])

    def merge(self) -> None:
        """Merge all segments into one."""
        index = self.engine.store.live_index()
        IndexWriter(index, unique="id").commit(optimize=True)

    def rank(self, text: str, level: Level = Level.FAMILY) -> list[int]:
        """The numbers of all texts that a query finds, by relevance."""
        return list(self.engine.iter_ids(EngineRequest(parse(text, level))))

    def find(self, text: str, level: Level = Level.FAMILY) -> set[int]:
        """The numbers of all texts that a query finds."""
        return set(self.rank(text, level))


def make_document(number: int, text: Text | str) -> dict[str, Any]:
    """The document of a text, given as its body or as title and body."""
    title, body = ("", text) if isinstance(text, str) else text
    return build_document(number, title=title, body=body)
