"""Merging the terms of segments: each posting list's number in the merged segment."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.arabic.analyzer import ANALYZER_VERSION
from search.arabic.families import find_families, join_keys
from search.arabic.lexicon import installed
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.families import join_key, split_key
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.codec.segment_reader import SegmentReader

# A term or family key, the index of its source, and its posting list there.
_Entry = tuple[bytes, int, int]


@dataclass(frozen=True)
class MergeSource:
    """A segment to be merged, and its live documents: bool[max_doc]."""

    reader: SegmentReader
    live_docs: Array

    @cached_property
    def num_docs(self) -> int:
        """The number of live documents."""
        return int(np.count_nonzero(self.live_docs))

    @cached_property
    def doc_map(self) -> Array:
        """The number of each live document among the live ones: int64[max_doc]."""
        return np.cumsum(self.live_docs, dtype=np.int64) - 1

    @property
    def analyzer(self) -> int:
        """The version of the analyzer that chose the families of its words."""
        version: int = self.reader.file.metadata["analyzer"]
        return version

    @property
    def lexicon(self) -> str:
        """The digest of the lexicon of its families; empty in segments from before."""
        digest: str = self.reader.file.metadata.get("lexicon", "")
        return digest

    @property
    def has_current_families(self) -> bool:
        """Whether its families are those that this process would choose."""
        current = (ANALYZER_VERSION, installed.current().digest)
        return (self.analyzer, self.lexicon) == current


@dataclass(frozen=True)
class FieldSource:
    """A field of a source; ``doc_base`` is the merged number of its first document."""

    source: MergeSource
    field: FieldPostings
    doc_base: int


@dataclass(frozen=True, slots=True)
class MergedTerms:
    """The terms of a field in all sources, in the order of the merged posting lists.

    ``terms``: sorted and distinct; family keys if the field has families.
    ``list_maps``: for each source, the merged number of each of its lists: intp.
    """

    terms: list[bytes]
    list_maps: list[Array]


def find_fields(name: str, sources: Sequence[MergeSource]) -> list[FieldSource]:
    """The field *name* of those *sources* that have it."""
    fields: list[FieldSource] = []
    doc_base = 0
    for source in sources:
        field = source.reader.field(name)
        if field:
            fields.append(FieldSource(source, field, doc_base))
        doc_base += source.num_docs
    return fields


def merge_terms(fields: Sequence[FieldSource]) -> MergedTerms:
    """Merge the terms of *fields*.

    Where a segment is of another analyzer or lexicon, which may give a word other
    families, all words are looked up again.
    """
    streams: list[Iterable[_Entry]] = [
        _iter_entries(number, source.field) for number, source in enumerate(fields)
    ]
    has_families = all(source.field.has_families for source in fields)
    if has_families and not all(each.source.has_current_families for each in fields):
        streams = _look_up_again(streams)
    list_maps = [array("I", bytes(4 * source.field.n_lists)) for source in fields]
    terms: list[bytes] = []
    last = None
    for term, number, posting_list in heapq.merge(*streams):
        if term != last:
            terms.append(term)
            last = term
        list_maps[number][posting_list] = len(terms) - 1
    return MergedTerms(terms, [np.array(list_map, np.intp) for list_map in list_maps])


def _iter_entries(number: int, field: FieldPostings) -> Iterator[_Entry]:
    """The terms or family keys of a field, sorted."""
    terms: Iterable[bytes] = field.terms
    if field.has_families:
        surfaces = field.terms.iter_at(field.ordinals_of(range(field.n_lists)))
        exceptions = field.display_forms.exceptions()
        terms = field.families.iter_keys(
            (surface, exceptions.get(at, b"")) for at, surface in enumerate(surfaces)
        )
    return ((term, number, at) for at, term in enumerate(terms))


def _look_up_again(streams: Sequence[Iterable[_Entry]]) -> list[Iterable[_Entry]]:
    """The entries with the families that the lexicon gives their words now."""
    entries = [
        [(tuple(split_key(key)[2:]), number, at) for key, number, at in stream]
        for stream in streams
    ]
    printed = list({words for each in entries for words, *_at in each})
    surfaces = [surface.decode() for surface, _telling_form in printed]
    telling = [(telling_form or surface).decode() for surface, telling_form in printed]
    keys = {
        words: join_key(
            join_keys(family.roots).encode(), join_keys(family.lemmas).encode(), *words
        )
        for words, family in zip(printed, find_families(telling, surfaces), strict=True)
    }
    return [
        sorted((keys[words], number, at) for words, number, at in each)
        for each in entries
    ]
