"""Documents in, one segment file out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Final

from whoosh.fields import Schema

from search.arabic.analyzer import ANALYZER_VERSION
from search.arabic.lexicon import installed
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
from search.engines.whoosh.writing.vocabulary import TermIds, TokenizedTexts

# Characters of a batch of texts to analyze: some 300 articles, half a second's work.
_BATCH_CHARACTERS: Final = 1_000_000
# Documents between two estimates of the memory in use: one takes a tenth of the time of
# adding so many.
_DOCS_PER_MEASURE: Final = 16


class SegmentWriter:
    """Buffers documents and writes them as one segment.

    Most of the buffer is spilled to files in *folder*. ``doc_count`` is the number of
    documents.
    """

    def __init__(
        self,
        schema: Schema,
        analysis: AnalysisPool | None = None,
        folder: Path | None = None,
    ) -> None:
        self.schema = schema
        self.doc_count = 0
        self._analysis = analysis or AnalysisPool()
        self._term_ids = TermIds()
        self._spill = SpillFolder(folder)
        self._texts = [
            TextFieldWriter(name, self._spill)
            for name, field in schema.items()
            if isinstance(field, ArabicText)
        ]
        # MarkedWords are written with their texts.
        self._terms = [
            TermFieldWriter(name, field, self._spill)
            for name, field in schema.items()
            if field.indexed and not isinstance(field, ArabicText | MarkedWords)
        ]
        self._doc_values = [
            DocValuesWriter(name, field)
            for name, field in schema.items()
            if field.column_type
        ]
        self._stored_fields = StoredFieldsWriter(schema, self._spill)
        # Characters that were added since the last batch.
        self._characters = 0
        # For each batch that is being analyzed, the text counts of each text field.
        self._batches: deque[list[Array]] = deque()

    @property
    def should_measure(self) -> bool:
        """Whether to call ``ram_bytes_used`` now: after a batch or some documents."""
        return not self._characters or self.doc_count % _DOCS_PER_MEASURE == 0

    def ram_bytes_used(self) -> int:
        """An estimate of the bytes of memory that buffering and writing take."""
        return (
            self._term_ids.ram_bytes_used()
            + sum(text.ram_bytes_used() for text in self._texts)
            + sum(terms.ram_bytes_used() for terms in self._terms)
            + sum(values.ram_bytes_used() for values in self._doc_values)
            + self._stored_fields.ram_bytes_used()
        )

    def close(self) -> None:
        """Drop the buffered documents and their files."""
        self._spill.close()

    def add(self, document: Mapping[str, Any]) -> None:
        """Append *document*; fields that the schema lacks are left out."""
        for text in self._texts:
            self._characters += text.add(document.get(text.name))
        for terms in self._terms:
            terms.add(document.get(terms.name))
        for values in self._doc_values:
            values.add(document.get(values.name))
        self._stored_fields.add(document)
        self.doc_count += 1
        if self._characters >= _BATCH_CHARACTERS:
            self._analysis.submit(self._term_ids, self._take_batch())
            self._extend(self._analysis.iter_ready())

    def _take_batch(self) -> list[str]:
        taken = [text.take_texts() for text in self._texts]
        self._batches.append([text_counts for _texts, text_counts in taken])
        self._characters = 0
        return list(chain.from_iterable(texts for texts, _text_counts in taken))

    def _extend(self, results: Iterable[TokenizedTexts]) -> None:
        """Give each text field its share of each batch, which is in their order."""
        for term_ids, sizes in results:
            token = first = 0
            for field, text_counts in zip(
                self._texts, self._batches.popleft(), strict=True
            ):
                field_sizes = sizes[first : first + int(text_counts.sum())]
                count = int(field_sizes.sum())
                field.extend(term_ids[token : token + count], field_sizes, text_counts)
                token, first = token + count, first + field_sizes.size

    def write(self, path: Path) -> int:
        """Write the segment to *path*; returns its size in bytes."""
        self._analysis.run(self._term_ids, self._take_batch())
        self._extend(self._analysis.iter_all())
        self._term_ids.analyze_new()
        # Sorting needs the memory.
        self._term_ids.release()
        sections: Sections = {}
        for text in self._texts:
            sections.update(text.sections(self._term_ids.records))
        for terms in self._terms:
            sections.update(terms.sections(self.doc_count))
        for values in self._doc_values:
            sections.update(values.sections())
        sections.update(self._stored_fields.sections())
        metadata = segment_metadata(
            self.schema,
            self.doc_count,
            analyzer=ANALYZER_VERSION,
            lexicon=installed.current().digest,
        )
        return write_segment_file(path, metadata, sections)


def segment_metadata(
    schema: Schema, n_docs: int, *, analyzer: int, lexicon: str
) -> dict[str, Any]:
    """The metadata of the file of a segment.

    *analyzer* is the version, and *lexicon* the digest, of those that chose its
    families.
    """
    return {
        "documents": n_docs,
        "analyzer": analyzer,
        "lexicon": lexicon,
        "stored_values": stored_as_doc_values(schema),
    }
