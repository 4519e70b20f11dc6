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
from search.engines.whoosh.codec.display_forms import choose_display_form
from search.engines.whoosh.codec.families import join_key, surface_of
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
    list_maps = [array("I", bytes(4 * len(source.field.terms))) for source in fields]
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
        ordinals = field.ordinals_of(range(len(field.terms)))
        terms = field.families.iter_keys(field.terms.iter_at(ordinals))
    return ((term, number, at) for at, term in enumerate(terms))


def _look_up_again(streams: Sequence[Iterable[_Entry]]) -> list[Iterable[_Entry]]:
    """The entries with the families that the lexicon gives their surface forms now."""
    entries = [list(stream) for stream in streams]
    surfaces = list({surface_of(key) for each in entries for key, *_at in each})
    families = find_families([surface.decode() for surface in surfaces])
    keys = {
        surface: join_key(
            join_keys(family.roots).encode(),
            join_keys(family.lemmas).encode(),
            surface,
        )
        for surface, family in zip(surfaces, families, strict=True)
    }
    return [
        sorted((keys[surface_of(key)], number, at) for key, number, at in each)
        for each in entries
    ]


def merge_display_forms(
    fields: Sequence[FieldSource], merged: MergedTerms
) -> dict[int, bytes]:
    """The display forms that are not surface forms, by merged posting list.

    The most frequent form is chosen among those of the sources, each of which is taken
    for all tokens of its source.
    """
    has_display_form = np.zeros(len(merged.terms), bool)
    for source, list_map in zip(fields, merged.list_maps, strict=True):
        ordinals = np.fromiter(source.field.display_forms.exceptions(), np.int64)
        has_display_form[list_map[source.field.lists_of(ordinals)]] = True
    counted: dict[int, list[tuple[bytes, int]]] = {}
    for source, list_map in zip(fields, merged.list_maps, strict=True):
        exceptions = source.field.display_forms.exceptions()
        lists = np.flatnonzero(has_display_form[list_map])
        for posting_list, ordinal, count in zip(
            list_map[lists].tolist(),
            source.field.ordinals_of(lists).tolist(),
            source.field.total_term_freqs(lists).tolist(),
            strict=True,
        ):
            surface = surface_of(merged.terms[posting_list])
            form = exceptions.get(ordinal) or surface
            counted.setdefault(posting_list, []).append((form, count))
    chosen = {key: choose_display_form(forms) for key, forms in counted.items()}
    return {
        posting_list: form
        for posting_list, form in chosen.items()
        if form != surface_of(merged.terms[posting_list])
    }
