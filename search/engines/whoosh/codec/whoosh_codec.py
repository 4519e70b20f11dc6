"""Whoosh's codec interface on array segments, for Whoosh's own readers and searchers.

Whoosh's searchers and matchers run on it, for users of its API and as the oracle of the
tests. The site's searches read the arrays directly. Overridden methods are documented
by Whoosh (``whoosh.codec.base``).

A term of Arabic text has a posting list for each display form. A term, a TAB and a
display form have that list alone; a prefix with a TAB iterates them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.base import (
    Codec,
    FieldCursor,
    PerDocumentReader,
    Segment,
    TermsReader,
)
from whoosh.columns import ColumnReader
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.families import TAB, PostingLists
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.codec.segment_reader import (
    EXTENSION,
    SegmentReader,
    open_segment,
)


class ArraySegment(Segment):  # type: ignore[misc]
    """A segment in a table of contents: its name, size and deleted documents."""

    # Indexes on disk name the class by this path; with another they would not open.
    __module__ = "search.engines.whoosh.codec"

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._count = 0
        self._deleted: set[int] = set()

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def set_doc_count(self, doccount: int) -> None:
        self._count = doccount

    def doc_count_all(self) -> int:
        return self._count

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> Iterable[int]:
        return sorted(self._deleted)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        change = self._deleted.add if delete else self._deleted.discard
        change(docnum)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def should_assemble(self) -> bool:
        return False

    def path(self, storage: Any) -> Path:
        """The path of the segment's file in a file storage."""
        return Path(storage.folder, self.make_filename(EXTENSION))


class ArrayCodec(Codec):  # type: ignore[misc]
    """Reads array segments; ``writing.index_writer`` writes them."""

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTermsReader:
        return ArrayTermsReader(open_segment(segment.path(storage)))

    def per_document_reader(
        self, storage: Any, segment: ArraySegment
    ) -> ArrayDocumentReader:
        return ArrayDocumentReader(open_segment(segment.path(storage)), segment)

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        return ArraySegment(indexname)


class ArrayTermsReader(TermsReader):  # type: ignore[misc]
    """The terms and postings of a segment."""

    def __init__(self, reader: SegmentReader) -> None:
        self.reader = reader

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term) is not None

    def _find(
        self, name: str, text: bytes
    ) -> tuple[FieldPostings, PostingLists] | None:
        """The field *name* and the posting lists of a term; ``None`` if it has none."""
        field = self.reader.field(name)
        lists = field.find_text(text) if field else range(0)
        return (field, lists) if field and len(lists) else None

    def _read(self, name: str, text: bytes) -> tuple[Array, Array, Array | None]:
        """The documents, frequencies and positions of a term; raises TermNotFound."""
        found = self._find(name, text)
        if found is None:
            raise TermNotFound(f"No term {name}:{text!r}")
        return found[0].merged(found[1])

    def indexed_field_names(self) -> list[str]:
        return sorted(self.reader.field_names())

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        return ArrayCursor(self.reader.field(fieldname), fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for name in self.indexed_field_names():
            yield from self.terms_from(name, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        field = self.reader.field(fieldname)
        if field is None:
            return
        if TAB in prefix and field.has_families:
            for text in field.iter_printed(prefix.partition(TAB)[0]):
                yield fieldname, text
            return
        for ordinal in range(field.terms.lower_bound(prefix), len(field.terms)):
            yield fieldname, field.terms[ordinal]

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return (
            (term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix)
        )

    def frequency(self, fieldname: str, text: bytes) -> int:
        found = self._find(fieldname, text)
        return int(found[0].total_term_freqs(found[1]).sum()) if found else 0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return self._read(fieldname, text)[0].size if (fieldname, text) in self else 0

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        docs, freqs, _positions = self._read(fieldname, text)
        field_lengths = self.reader.lengths(fieldname)
        lengths = np.ones(1) if field_lengths is None else field_lengths[docs]
        return TermInfo(
            weight=int(freqs.sum()),
            df=len(docs),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=int(freqs.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def matcher(
        self, fieldname: str, text: bytes, format_: Any, scorer: Any = None
    ) -> ListMatcher:
        docs, freqs, positions = self._read(fieldname, text)
        values = None
        if positions is not None:
            by_posting = np.split(positions, np.cumsum(freqs)[:-1])
            values = [format_.encode(each.tolist()) for each in by_posting]
        return ListMatcher(
            docs.tolist(),
            freqs.astype(float).tolist(),
            values,
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )


class ArrayCursor(FieldCursor):  # type: ignore[misc]
    """Iterates over the terms of one field as text."""

    def __init__(self, field: FieldPostings | None, fieldobj: Any) -> None:
        self._terms = field.terms if field else None
        self._fieldobj = fieldobj
        self._ordinal = 0

    def first(self) -> str | None:
        self._ordinal = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        text = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self._ordinal = self._terms.lower_bound(text) if self._terms else 0
        return self.text()

    def next(self) -> str | None:
        self._ordinal += 1
        return self.text()

    def text(self) -> str | None:
        if self._terms is None or self._ordinal >= len(self._terms):
            return None
        return str(self._fieldobj.from_bytes(self._terms[self._ordinal]))

    def is_valid(self) -> bool:
        return self._terms is not None and self._ordinal < len(self._terms)


class ArrayColumnReader(ColumnReader):  # type: ignore[misc]
    """The doc values of a field: *values*, or those at each document's ordinal."""

    def __init__(self, values: Any, ordinals: Any = None) -> None:
        self._values = values
        self._ordinals = ordinals

    def __getitem__(self, docnum: int) -> Any:
        if self._ordinals is None:
            return self._values[docnum].item()
        return self._values[int(self._ordinals[docnum])]

    def sort_key(self, docnum: int) -> Any:
        return self[docnum]

    def __len__(self) -> int:
        return len(self._values if self._ordinals is None else self._ordinals)

    def load(self) -> list[Any]:
        return [self[docnum] for docnum in range(len(self))]


class ArrayDocumentReader(PerDocumentReader):  # type: ignore[misc]
    """Field lengths, doc values, stored fields and deletions of a segment."""

    def __init__(self, reader: SegmentReader, segment: ArraySegment) -> None:
        self.reader = reader
        self.segment = segment

    def doc_count(self) -> int:
        return self.segment.doc_count()  # type: ignore[no-any-return]

    def doc_count_all(self) -> int:
        return self.segment.doc_count_all()

    def has_deletions(self) -> bool:
        return self.segment.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        return self.segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterable[int]:
        return self.segment.deleted_docs()

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return (
            self.reader.numeric_doc_values(fieldname) is not None
            or self.reader.sorted_doc_values(fieldname) is not None
        )

    def column_reader(self, fieldname: str, column: Any) -> ArrayColumnReader:
        sorted_values = self.reader.sorted_doc_values(fieldname)
        if sorted_values is not None:
            ordinals, values = sorted_values
            return ArrayColumnReader(values, ordinals)
        return ArrayColumnReader(self.reader.numeric_doc_values(fieldname))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self.reader.lengths(fieldname)
        return default if lengths is None else int(lengths[docnum])

    def field_length(self, fieldname: str) -> int:
        lengths = self.reader.lengths(fieldname)
        return 0 if lengths is None else int(lengths.sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        lengths = self.reader.lengths(fieldname)
        return 0 if lengths is None or not lengths.size else int(lengths.min())

    def max_field_length(self, fieldname: str) -> int:
        lengths = self.reader.lengths(fieldname)
        return 0 if lengths is None or not lengths.size else int(lengths.max())

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        return False

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return self.reader.stored_fields(docnum)
