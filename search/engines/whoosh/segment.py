"""One segment opened for reading: lexicons, postings, columns and stored fields."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from search.engines.whoosh.builder import decode_stored
from search.engines.whoosh.groups import Groups
from search.engines.whoosh.lexicon import Lexicon
from search.engines.whoosh.narrow_arrays import NarrowArray
from search.engines.whoosh.near_terms import LetterTable
from search.engines.whoosh.segment_file import Array, SegmentFile
from search.engines.whoosh.spellings import Spellings

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
        self.remembered: dict[Hashable, Array] = {}
        self._has_freqs = f"{name}/freqs" in file
        self.has_positions = f"{name}/positions" in file

    @cached_property
    def families(self) -> Groups:
        """The surface forms by stem."""
        return Groups(self._file, f"{self._name}/families")

    @cached_property
    def roots(self) -> Groups:
        """The families by root."""
        return Groups(self._file, f"{self._name}/roots")

    @cached_property
    def letters(self) -> LetterTable:
        """The terms to find near ones among, made when first asked for."""
        return LetterTable(self.terms)

    @cached_property
    def stem_letters(self) -> LetterTable:
        """The stems to find near ones among, made when first asked for."""
        return LetterTable(self.families.keys)

    @cached_property
    def spellings(self) -> Spellings:
        """How the surface forms are printed."""
        return Spellings(self._file, self._name, self.terms)

    @cached_property
    def _freqs(self) -> NarrowArray:
        return NarrowArray(self._file, f"{self._name}/freqs")

    @cached_property
    def _positions(self) -> NarrowArray:
        return NarrowArray(self._file, f"{self._name}/positions")

    @cached_property
    def _places(self) -> Array:
        return self._file.array(f"{self._name}/places")

    def gather(self, ordinals: Array) -> Postings:
        """The postings of the terms with these ascending *ordinals*, term by term."""
        starts, stops = _spans(self.starts, ordinals)
        docs = self._file.spans(f"{self._name}/docs", starts, stops)
        if not self._has_freqs:
            return Postings(docs, np.ones(len(docs), np.uint8))
        return Postings(docs, self._freqs.read(starts, stops))

    def positions(self, ordinals: Array) -> Array:
        """The positions of these terms, in the order of ``gather``'s postings."""
        return self._positions.read(*_spans(self._places, ordinals))

    def positions_at(self, ordinals: Array, freqs: Array, chosen: Array) -> Array:
        """The positions of the *chosen* ones of the postings that ``gather`` gave.

        *freqs* are those of all the postings; *chosen* are ascending indexes.
        """
        ends = np.cumsum(freqs, dtype=np.int64)
        starts, stops = _spans(self._places, ordinals)
        # Where the positions of each term would begin, had all of them been read.
        begins = np.cumsum(stops - starts) - (stops - starts)
        first = ends[chosen] - freqs[chosen]
        term = np.searchsorted(begins, first, side="right") - 1
        first += starts[term] - begins[term]
        return self._positions.read(first, first + freqs[chosen]).astype(np.int64)

    def postings(self, ordinal: int) -> Postings:
        """The postings of one term."""
        return self.gather(np.array([ordinal]))

    def token_counts(self) -> Array:
        """How many tokens each term has; documents, where positions are not kept."""
        bounds = self._places if self.has_positions else self.starts
        return np.diff(bounds.astype(np.int64))

    def document_counts(self, ordinals: Array) -> Array:
        """How many documents each of these terms has, deleted ones included."""
        return np.diff(self.starts.astype(np.int64))[ordinals]


def _spans(bounds: Array, ordinals: Array) -> tuple[Array, Array]:
    """Where the terms begin and end in an array; neighbors make one span."""
    if ordinals.size and int(ordinals[-1] - ordinals[0]) == ordinals.size - 1:
        ends = bounds[[int(ordinals[0]), int(ordinals[-1]) + 1]].astype(np.int64)
        return ends[:1], ends[1:]
    return bounds[ordinals].astype(np.int64), bounds[ordinals + 1].astype(np.int64)


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
