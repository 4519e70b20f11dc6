"""One segment opened for reading: lexicons, postings, columns and stored fields."""

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


class SegmentReader:
    """Everything one segment file holds.

    Raises IndexUnavailable where the file is missing or damaged.
    """

    def __init__(self, path: Path) -> None:
        self.file = SegmentFile(path)
        self.max_doc: int = self.file.metadata["documents"]
        self._fields: dict[str, FieldPostings | None] = {}

    @cached_property
    def _stored(self) -> TermDict:
        return TermDict(self.file, STORED_FIELDS)

    def field(self, name: str) -> FieldPostings | None:
        """The postings of the field *name*, or ``None`` where no document has it."""
        if name not in self._fields:
            known = f"{name}/starts" in self.file
            self._fields[name] = FieldPostings(self.file, name) if known else None
        return self._fields[name]

    def field_names(self) -> list[str]:
        """The names of the indexed fields."""
        ending = "/starts"
        return [
            name[: -len(ending)] for name in self.file.names() if name.endswith(ending)
        ]

    def lengths(self, name: str) -> Array | None:
        """Tokens of the field in each document, or ``None`` where it has no lengths."""
        section = f"{name}/lengths"
        return self.file.array(section) if section in self.file else None

    def numeric_doc_values(self, name: str) -> Array | None:
        """The number of each document in the column *name*, or ``None``."""
        section = f"{name}/numbers"
        return self.file.array(section) if section in self.file else None

    def sorted_doc_values(self, name: str) -> tuple[Array, TermDict] | None:
        """The ordinal of each document's value in a column, and the values."""
        section = f"{name}/order"
        if section not in self.file:
            return None
        return self.file.array(section), TermDict(self.file, f"{name}/values")

    def sorted_set_doc_values(self, name: str) -> tuple[Array, Array] | None:
        """Where each document's values begin, and their ordinals; or ``None``."""
        section = f"{name}/column"
        if section not in self.file:
            return None
        return self.file.array(f"{name}/column_starts"), self.file.array(section)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The stored fields of a document, those that are kept as values first."""
        values: dict[str, Any] = {}
        for name in self.file.metadata["stored_values"]:
            field, column = self.field(name), self.sorted_set_doc_values(name)
            if field is None or column is None:
                continue
            first, last = column[0][docnum : docnum + 2].tolist()
            if last - first == 1:
                values[name] = field.terms[int(column[1][first])].decode()
        return values | decode_stored(self._stored[docnum])


# Segment files never change, so that one open file serves all readers of a process.
# One that was written to nevertheless has another stamp, and is checked anew.
_Key = tuple[Path, FileSignature | None]
_OPEN: Final[WeakValueDictionary[_Key, SegmentReader]] = WeakValueDictionary()


def open_segment(path: Path) -> SegmentReader:
    """The segment at *path*, opened once for as long as anyone reads it."""
    key = path, file_signature(path)
    data = _OPEN.get(key)
    if data is None:
        data = SegmentReader(path)
        _OPEN[key] = data
    return data
