"""One segment opened for reading: postings, doc values and stored fields by field."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, Final
from weakref import WeakValueDictionary

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.codec.segment_file import SegmentFile
from search.engines.whoosh.codec.stored_fields import STORED_FIELDS, decode_stored
from search.engines.whoosh.codec.term_dict import TermDict
from search.engines.whoosh.files import FileSignature, file_signature

EXTENSION: Final = ".segment"
# Ends the name of a section that every field with postings has; the second, where the
# segment is of an earlier state of the code.
_POSTINGS: Final = ("/doc_freqs", "/starts")


class SegmentReader:
    """The fields of a segment file. ``max_doc`` counts deleted documents too.

    Raises IndexUnavailable if the file is missing or damaged.
    """

    def __init__(self, path: Path) -> None:
        self.file = SegmentFile(path)
        self.max_doc: int = self.file.metadata["documents"]
        self._fields: dict[str, FieldPostings | None] = {}

    @cached_property
    def _stored(self) -> TermDict:
        return TermDict(self.file, STORED_FIELDS)

    def field(self, name: str) -> FieldPostings | None:
        """The postings of the field *name*; ``None`` if the segment has none."""
        if name not in self._fields:
            has_postings = any(f"{name}{end}" in self.file for end in _POSTINGS)
            self._fields[name] = (
                FieldPostings(self.file, name) if has_postings else None
            )
        return self._fields[name]

    def field_names(self) -> list[str]:
        """The names of the fields with postings."""
        return [
            name.removesuffix(end)
            for name in self.file.names()
            for end in _POSTINGS
            if name.endswith(end) and "/" not in name.removesuffix(end)
        ]

    def lengths(self, name: str) -> Array | None:
        """The tokens of each document, counted: [max_doc]; ``None`` if unscored."""
        section = f"{name}/lengths"
        return self.file.array(section) if section in self.file else None

    def numeric_doc_values(self, name: str) -> Array | None:
        """The number of each document: [max_doc]; ``None`` if the field has none."""
        section = f"{name}/numbers"
        return self.file.array(section) if section in self.file else None

    def sorted_doc_values(self, name: str) -> tuple[Array, TermDict] | None:
        """The ordinal of each document's value: uint[max_doc], and the sorted values.

        ``None`` if the field has none.
        """
        section = f"{name}/order"
        if section not in self.file:
            return None
        return self.file.array(section), TermDict(self.file, f"{name}/values")

    def sorted_set_doc_values(self, name: str) -> tuple[Array, Array] | None:
        """The values of each document, as ordinals of the field's terms.

        ``ordinals[starts[d] : starts[d + 1]]`` are those of document *d*, ascending;
        returns ``starts`` and ``ordinals``, or ``None`` if the field has none.
        """
        section = f"{name}/column"
        if section not in self.file:
            return None
        return self.file.array(f"{name}/column_starts"), self.file.array(section)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The stored fields of a document."""
        values: dict[str, Any] = {}
        for name in self.file.metadata["stored_values"]:
            field, doc_values = self.field(name), self.sorted_set_doc_values(name)
            if field is None or doc_values is None:
                continue
            starts, ordinals = doc_values
            first, last = starts[docnum : docnum + 2].tolist()
            # Several values are stored as a list, in their order.
            if last - first == 1:
                values[name] = field.terms[int(ordinals[first])].decode()
        return values | decode_stored(self._stored[docnum])


# Segment files are never written to again, so that one reader serves a whole process.
# A file that was written to nevertheless has another signature, and is checked anew.
_Key = tuple[Path, FileSignature | None]
_OPEN: Final[WeakValueDictionary[_Key, SegmentReader]] = WeakValueDictionary()


def open_segment(path: Path) -> SegmentReader:
    """The reader of the segment at *path*, shared for as long as it is referenced."""
    key = path, file_signature(path)
    reader = _OPEN.get(key)
    if reader is None:
        reader = _OPEN[key] = SegmentReader(path)
    return reader
