"""Whoosh's view of our segments: the codec through which its own readers work.

Stock readers, searchers and matchers run on these classes, which is how Haystack's
users and the tests' oracle see the index. Our own searches read the arrays directly.

The classes are named in Whoosh's table of contents: renaming or moving one needs a
new generation of every index.
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

from search.engines.whoosh.codec.postings import FieldPostings, Occurrences
from search.engines.whoosh.codec.segment_reader import (
    EXTENSION,
    SegmentReader,
    open_segment,
)


class ArraySegment(Segment):  # type: ignore[misc]
    """What the table of contents keeps of a segment: name, size, deleted documents."""

    # The path by which every index on disk names this class.
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
        """Where the segment's file is in a file storage."""
        return Path(storage.folder, self.make_filename(EXTENSION))


class ArrayCodec(Codec):  # type: ignore[misc]
    """Reads array segments; they are written by ``writer.ArrayWriter``."""

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTermsReader:
        return ArrayTermsReader(open_segment(segment.path(storage)))

    def per_document_reader(
        self, storage: Any, segment: ArraySegment
    ) -> ArrayDocumentReader:
        return ArrayDocumentReader(open_segment(segment.path(storage)), segment)

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        return ArraySegment(indexname)


class ArrayTermsReader(TermsReader):  # type: ignore[misc]
    """The lexicons and postings of a segment."""

    def __init__(self, reader: SegmentReader) -> None:
        self.reader = reader

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term) is not None

    def _find(self, name: str, text: bytes) -> tuple[FieldPostings, range] | None:
        field = self.reader.field(name)
        found = field.find(text) if field else None
        return (field, found) if field and found else None

    def _found(self, name: str, text: bytes) -> tuple[FieldPostings, range]:
        found = self._find(name, text)
        if found is None:
            raise TermNotFound(f"No term {name}:{text!r}")
        return found

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
        known = self._find(fieldname, text)
        return int(self.term_info(fieldname, text).weight()) if known else 0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        known = self._find(fieldname, text)
        return int(self.term_info(fieldname, text).doc_frequency()) if known else 0

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        field, found = self._found(fieldname, text)
        docs, freqs = field.docs(found), field.occurrences(found).freqs
        lengths = self.reader.lengths(fieldname)
        of_docs = lengths[docs] if lengths is not None else np.ones(1)
        return TermInfo(
            weight=int(freqs.sum()),
            df=len(docs),
            minlength=int(of_docs.min()),
            maxlength=int(of_docs.max()),
            maxweight=int(freqs.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def matcher(
        self, fieldname: str, text: bytes, format_: Any, scorer: Any = None
    ) -> ListMatcher:
        field, found = self._found(fieldname, text)
        occurrences = field.occurrences(found)
        return ListMatcher(
            field.docs(found).tolist(),
            occurrences.freqs.astype(float).tolist(),
            self._values(field, occurrences, format_),
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def _values(
        self, field: FieldPostings, found: Occurrences, format_: Any
    ) -> list[bytes] | None:
        if not field.has_positions:
            return None
        ends = np.cumsum(found.freqs)
        places = np.split(field.positions(found), ends[:-1])
        return [format_.encode(of_document.tolist()) for of_document in places]


class ArrayCursor(FieldCursor):  # type: ignore[misc]
    """Walks the terms of one field as text."""

    def __init__(self, field: FieldPostings | None, fieldobj: Any) -> None:
        self._terms = field.terms if field else None
        self._fieldobj = fieldobj
        self._at = 0

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        sought = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self._at = self._terms.lower_bound(sought) if self._terms else 0
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        if self._terms is None or self._at >= len(self._terms):
            return None
        return str(self._fieldobj.from_bytes(self._terms[self._at]))

    def is_valid(self) -> bool:
        return self._terms is not None and self._at < len(self._terms)


class ArrayColumnReader(ColumnReader):  # type: ignore[misc]
    """The sortable value of each document of one column."""

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
    """Lengths, columns, stored fields and deletions of a segment."""

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
        numbers, order = (
            self.reader.numeric_doc_values(fieldname),
            self.reader.sorted_doc_values(fieldname),
        )
        return numbers is not None or order is not None

    def column_reader(self, fieldname: str, column: Any) -> ArrayColumnReader:
        order = self.reader.sorted_doc_values(fieldname)
        if order is not None:
            return ArrayColumnReader(order[1], order[0])
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
