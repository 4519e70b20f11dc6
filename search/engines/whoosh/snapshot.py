"""All segments of one commit as one index, with documents numbered throughout."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.reading import IndexReader

from search.engines.whoosh.postings_cache import PostingsCache
from search.engines.whoosh.segment import FieldPostings, Postings, SegmentData
from search.engines.whoosh.segment_file import Array

# From a field's index to the ascending ordinals of the terms to read.
Pick = Callable[[FieldPostings], Array]


class Snapshot:
    """A commit of the index; it never changes while it is held.

    ``count`` includes deleted documents, as document numbers do.
    """

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.schema = reader.schema
        leaves = [
            leaf for leaf, _base in reader.leaf_readers() if hasattr(leaf, "_perdoc")
        ]
        self.segments: list[SegmentData] = [leaf._perdoc.data for leaf in leaves]
        self.bases = np.cumsum([0, *(data.count for data in self.segments)]).tolist()
        self.count: int = self.bases[-1]
        self._deleted = [list(leaf._perdoc.deleted_docs()) for leaf in leaves]
        self.kept = PostingsCache()
        self._lengths: dict[str, Array] = {}
        self._relative: dict[str, Array] = {}
        self._numbers: dict[str, Array] = {}
        self._columns: dict[str, Column | None] = {}

    @cached_property
    def alive(self) -> Array | None:
        """For each document whether it is not deleted; ``None`` where all are alive."""
        if not any(self._deleted):
            return None
        alive = np.ones(self.count, bool)
        for base, deleted in zip(self.bases, self._deleted, strict=False):
            alive[np.array(deleted, np.int64) + base] = False
        return alive

    def fields(self, name: str) -> Iterator[tuple[int, FieldPostings]]:
        """The field's index in each segment that has it, after its first number."""
        for base, data in zip(self.bases, self.segments, strict=False):
            field = data.field(name)
            if field is not None:
                yield base, field

    def gather(self, name: str, pick: Pick) -> Postings:
        """The postings of all picked terms: each document once, freqs added up."""
        docs: list[Array] = []
        freqs: list[Array] = []
        merged = False
        for base, field in self.fields(name):
            ordinals = pick(field)
            if ordinals.size:
                found = field.gather(ordinals)
                docs.append(found.docs.astype(np.int64) + base)
                freqs.append(found.freqs)
                merged = merged or ordinals.size > 1
        if not docs:
            return Postings(np.empty(0, np.int64), np.empty(0, np.int64))
        together = Postings(np.concatenate(docs), np.concatenate(freqs))
        return add_up(together, self.count) if merged else together

    def gather_loose(self, name: str, pick: Pick) -> tuple[Array, Array]:
        """Documents and frequencies of all picked terms, one term after the other."""
        docs = [np.empty(0, np.int64)]
        freqs = [np.empty(0, np.uint8)]
        for base, field in self.fields(name):
            found = field.gather(pick(field))
            docs.append(found.docs.astype(np.int64) + base)
            freqs.append(found.freqs)
        return np.concatenate(docs), np.concatenate(freqs)

    def gather_places_in(
        self, name: str, pick: Pick, rows: Array
    ) -> tuple[Array, Array, Array]:
        """All documents of the picked terms, and where they stand in some documents.

        *rows* numbers the documents whose places are wanted, the others are -1. Comes
        back: documents, and for each token in a wanted one its row and its place.
        """
        docs = [np.empty(0, np.int64)]
        found_rows = [np.empty(0, np.int64)]
        places = [np.empty(0, np.int64)]
        for base, field in self.fields(name):
            ordinals = pick(field)
            if not ordinals.size:
                continue
            found = field.gather(ordinals)
            docs.append(found.docs.astype(np.int64) + base)
            row = rows[docs[-1]]
            at = np.flatnonzero(row >= 0)
            found_rows.append(np.repeat(row[at], found.freqs[at]))
            places.append(field.positions_at(ordinals, found.freqs, at))
        return np.concatenate(docs), np.concatenate(found_rows), np.concatenate(places)

    def gather_places(self, name: str, pick: Pick) -> tuple[Array, Array]:
        """Document and position of every token of the picked terms, not sorted."""
        docs: list[Array] = []
        places: list[Array] = []
        for base, field in self.fields(name):
            ordinals = pick(field)
            if field.has_positions and ordinals.size:
                found = field.gather(ordinals)
                docs.append(np.repeat(found.docs.astype(np.int64) + base, found.freqs))
                places.append(field.positions(ordinals).astype(np.int64))
        if not docs:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        return np.concatenate(docs), np.concatenate(places)

    def lengths(self, name: str) -> Array:
        """Tokens of the field in each document."""
        if name not in self._lengths:
            parts = [data.lengths(name) for data in self.segments]
            self._lengths[name] = self._join(parts, 0)
        return self._lengths[name]

    def relative_lengths(self, name: str) -> Array:
        """Tokens of the field in each document, divided by their average."""
        if name not in self._relative:
            lengths = self.lengths(name)
            average = max(float(lengths.mean(dtype=np.float64)), 1.0)
            self._relative[name] = lengths.astype(np.float32) / np.float32(average)
        return self._relative[name]

    def numbers(self, name: str) -> Array:
        """The number of each document in a column.

        Where a segment lacks the column it is what the column has for no value.
        """
        if name not in self._numbers:
            parts = [data.numbers(name) for data in self.segments]
            column = self.schema[name].column_type if name in self.schema else None
            default = column.default_value() if column else 0
            self._numbers[name] = self._join(parts, default)
        return self._numbers[name]

    def _join(self, parts: list[Array | None], default: Any) -> Array:
        # One type for all parts: NumPy makes floats of signed and unsigned together.
        dtype = next((part.dtype for part in parts if part is not None), np.int64)
        filled = [
            np.full(data.count, default, dtype) if part is None else part
            for data, part in zip(self.segments, parts, strict=True)
        ]
        if len(filled) == 1:
            return filled[0]
        return np.concatenate(filled) if filled else np.empty(0, np.int64)

    def column(self, name: str) -> Column | None:
        """The values of each document in a field of whole values, or ``None``."""
        if name not in self._columns:
            self._columns[name] = Column.join(self, name)
        return self._columns[name]

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The stored fields of a document."""
        at = int(np.searchsorted(self.bases, docnum, side="right")) - 1
        return self.segments[at].stored_fields(docnum - self.bases[at])


class Column:
    """For each document the ordinals of its values, in one list of distinct values.

    ``values[starts[d]:starts[d + 1]]`` are the ordinals of document *d*'s values,
    ``labels`` turns an ordinal into the value.
    """

    def __init__(self, starts: Array, values: Array, labels: list[str]) -> None:
        self.starts = starts
        self.values = values
        self.labels = labels

    @classmethod
    def join(cls, snapshot: Snapshot, name: str) -> Column | None:
        """The columns of all segments as one; ``None`` where no segment has it."""
        lists = [
            [term.decode() for term in field.terms]
            for _, field in snapshot.fields(name)
        ]
        labels = sorted(set().union(*lists))
        ordinal = {label: at for at, label in enumerate(labels)}
        starts = [np.zeros(1, np.int64)]
        values: list[Array] = []
        found = False
        for data in snapshot.segments:
            field, column = data.field(name), data.column(name)
            if field is None or column is None:
                starts.append(np.full(data.count, starts[-1][-1]))
                continue
            found = True
            mapping = np.array(
                [ordinal[term.decode()] for term in field.terms], np.int64
            )
            starts.append(column[0][1:].astype(np.int64) + starts[-1][-1])
            values.append(mapping[column[1]] if mapping.size else column[1])
        if not found:
            return None
        return cls(np.concatenate(starts), np.concatenate(values), labels)

    def count(self, docs: Array) -> Array:
        """For each ordinal, how many of *docs* have the value."""
        starts = self.starts[docs]
        sizes = self.starts[docs + 1] - starts
        offsets = np.arange(int(sizes.sum())) - np.repeat(
            np.cumsum(sizes) - sizes, sizes
        )
        chosen = self.values[np.repeat(starts, sizes) + offsets]
        return np.bincount(chosen, minlength=len(self.labels))

    def count_of(self, label: str, counts: Array) -> int:
        """The count of *label* in what ``count`` returned; 0 if it is unknown."""
        at = bisect_left(self.labels, label)
        known = at < len(self.labels) and self.labels[at] == label
        return int(counts[at]) if known else 0


def add_up(postings: Postings, count: int) -> Postings:
    """Each document once and ascending, its frequencies added up."""
    # A dense table pays as soon as the postings are not few among the documents.
    if len(postings.docs) * 8 > count:
        table = np.bincount(postings.docs, postings.freqs, minlength=count)
        docs = np.flatnonzero(table)
        return Postings(docs, table[docs])
    order = np.argsort(postings.docs, kind="stable")
    docs = postings.docs[order]
    first = np.flatnonzero(np.diff(docs, prepend=-1))
    freqs = np.add.reduceat(postings.freqs[order].astype(np.int64), first)
    return Postings(docs[first], freqs) if docs.size else postings
