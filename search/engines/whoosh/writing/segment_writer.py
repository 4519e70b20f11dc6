"""Documents in, one segment file out: the bulk writer of the index."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Final

from whoosh.fields import Schema

from search.arabic.analyzer import ANALYZER_VERSION
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.segment_file import Sections, write_segment_file
from search.engines.whoosh.codec.stored_fields import stored_as_doc_values
from search.engines.whoosh.schema import ArabicText, MarkedWords
from search.engines.whoosh.writing.analysis_pool import AnalysisPool
from search.engines.whoosh.writing.other_fields import (
    DocValuesWriter,
    StoredFieldsWriter,
    TermFieldWriter,
)
from search.engines.whoosh.writing.spill import SpillFolder
from search.engines.whoosh.writing.text_field import TextFieldWriter
from search.engines.whoosh.writing.vocabulary import Numbers, TermIds

# Characters of text analyzed at a time: some 300 articles, half a second's work.
_BATCH: Final = 1_000_000
# Documents between two looks at the memory they take, which takes as long as a tenth of
# gathering them.
_MEASURED_EVERY: Final = 16


class SegmentWriter:
    """Gathers documents and writes them as one segment.

    What is gathered of them is in files in *folder* as soon as it is much.
    """

    def __init__(
        self,
        schema: Schema,
        analysis: AnalysisPool | None = None,
        folder: Path | None = None,
    ) -> None:
        self.schema = schema
        self.count = 0
        self._analysis = analysis or AnalysisPool()
        self._words = TermIds()
        self._scratch = SpillFolder(folder)
        self._texts = [
            TextFieldWriter(name, self._scratch)
            for name, field in schema.items()
            if isinstance(field, ArabicText)
        ]
        self._others = [
            TermFieldWriter(name, field, self._scratch)
            for name, field in schema.items()
            if field.indexed and not isinstance(field, ArabicText | MarkedWords)
        ]
        self._waiting = 0
        # How many texts each document has, of the batches that are being analyzed.
        self._batches: deque[list[Array]] = deque()
        self._columns = [
            DocValuesWriter(name, field)
            for name, field in schema.items()
            if field.column_type
        ]
        self._stored = StoredFieldsWriter(schema, self._scratch)

    @property
    def is_due(self) -> bool:
        """Whether to ``measure`` now: much text has come in, or many documents."""
        return not self._waiting or self.count % _MEASURED_EVERY == 0

    def measure(self) -> int:
        """About how many bytes of memory gathering and writing all this take."""
        return (
            self._words.measure()
            + sum(text.measure() for text in self._texts)
            + sum(other.measure() for other in self._others)
            + sum(column.measure() for column in self._columns)
            + self._stored.measure()
        )

    def close(self) -> None:
        """Give up what is gathered."""
        self._scratch.close()

    def add(self, document: Mapping[str, Any]) -> None:
        """Append *document*; fields that the schema lacks are left out."""
        for text in self._texts:
            self._waiting += text.add(document.get(text.name))
        for other in self._others:
            other.add(document.get(other.name))
        for column in self._columns:
            column.add(document.get(column.name))
        self._stored.add(document)
        self.count += 1
        if self._waiting >= _BATCH:
            self._analysis.submit(self._words, self._take_batch())
            self._extend(self._analysis.iter_ready())

    def _take_batch(self) -> list[str]:
        taken = [text.take_texts() for text in self._texts]
        self._batches.append([docs for _texts, docs in taken])
        self._waiting = 0
        return list(chain.from_iterable(texts for texts, _docs in taken))

    def _extend(self, batches: Iterable[Numbers]) -> None:
        for tokens, sizes in batches:
            token = part = 0
            for text, docs in zip(self._texts, self._batches.popleft(), strict=True):
                of_field = sizes[part : part + int(docs.sum())]
                size = int(of_field.sum())
                text.extend(tokens[token : token + size], of_field, docs)
                token, part = token + size, part + of_field.size

    def write(self, path: Path) -> int:
        """Write the segment to *path*; returns its size in bytes."""
        self._analysis.do_here(self._words, self._take_batch())
        self._extend(self._analysis.iter_all())
        self._words.describe_new()
        # Nothing is numbered any more, and the rest takes memory.
        self._words.end()
        sections: Sections = {}
        for text in self._texts:
            sections.update(text.sections(self._words.known))
        for other in self._others:
            sections.update(other.sections(self.count))
        for column in self._columns:
            sections.update(column.sections())
        sections.update(self._stored.sections())
        facts = build_facts(self.schema, self.count, ANALYZER_VERSION)
        return write_segment_file(path, facts, sections)


def build_facts(schema: Schema, count: int, analyzer: int) -> dict[str, Any]:
    """What a segment of *count* documents says of itself."""
    return {
        "documents": count,
        "analyzer": analyzer,
        "stored_values": stored_as_doc_values(schema),
    }
