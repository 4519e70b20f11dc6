"""One segment opened for reading: lexicons, postings, columns and stored fields."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from search.engines.whoosh.builder import decode_stored
from search.engines.whoosh.families import Families
from search.engines.whoosh.lexicon import Lexicon
from search.engines.whoosh.segment_file import Array, SegmentFile

EXTENSION: Final = ".segment"


@dataclass(frozen=True, slots=True)
class Postings:
    """Parallel arrays: ascending documents and how often the term stands in each."""

    docs: Array
    freqs: Array


class FieldPostings:
    """The inverted index of one field in one segment."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._file = file
        self._name = name
        self.terms = Lexicon(file, f"{name}/terms")
        self.starts = file.array(f"{name}/starts")
        self._has_freqs = f"{name}/freqs" in file
        self.has_positions = f"{name}/positions" in file

    @cached_property
    def families(self) -> Families:
        return Families(self._file, self._name)

    @cached_property
    def _places(self) -> Array:
        return self._file.array(f"{self._name}/places")

    def range(self, first: int, last: int) -> Postings:
        """The postings of the terms *first* to *last* - 1, term by term."""
        start, stop = int(self.starts[first]), int(self.starts[last])
        docs = self._file.array(f"{self._name}/docs", start, stop)
        if not self._has_freqs:
            return Postings(docs, np.ones(len(docs), np.uint8))
        return Postings(docs, self._file.array(f"{self._name}/freqs", start, stop))

    def postings(self, ordinal: int) -> Postings:
        """The postings of one term."""
        return self.range(ordinal, ordinal + 1)

    def positions(self, ordinal: int) -> Array:
        """The positions of one term, in the order of its postings."""
        start, stop = int(self._places[ordinal]), int(self._places[ordinal + 1])
        return self._file.array(f"{self._name}/positions", start, stop)

    def positions_of(self, first: int, last: int) -> Array:
        """The positions of the terms *first* to *last* - 1, term by term."""
        start, stop = int(self._places[first]), int(self._places[last])
        return self._file.array(f"{self._name}/positions", start, stop)

    def token_counts(self) -> Array:
        """How many tokens each term has; documents, where positions are not kept."""
        bounds = self._places if self.has_positions else self.starts
        return np.diff(bounds.astype(np.int64))


class SegmentData:
    """Everything one segment file holds.

    Raises IndexUnavailable where the file is missing or damaged.
    """

    def __init__(self, path: Path) -> None:
        self.file = SegmentFile(path)
        self.count: int = self.file.facts["documents"]
        self._fields: dict[str, FieldPostings | None] = {}

    @cached_property
    def _stored(self) -> Lexicon:
        return Lexicon(self.file, "stored")

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

    def numbers(self, name: str) -> Array | None:
        """The number of each document in the column *name*, or ``None``."""
        section = f"{name}/numbers"
        return self.file.array(section) if section in self.file else None

    def order(self, name: str) -> tuple[Array, Lexicon] | None:
        """The ordinal of each document's value in a column, and the values."""
        section = f"{name}/order"
        if section not in self.file:
            return None
        return self.file.array(section), Lexicon(self.file, f"{name}/values")

    def column(self, name: str) -> tuple[Array, Array] | None:
        """Where each document's values begin, and their ordinals; or ``None``."""
        section = f"{name}/column"
        if section not in self.file:
            return None
        return self.file.array(f"{name}/column_starts"), self.file.array(section)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The stored fields of a document."""
        return decode_stored(self._stored[docnum])
