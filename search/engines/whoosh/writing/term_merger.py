"""The terms of several segments as those of one, without their documents."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from search.arabic.analyzer import ANALYZER_VERSION
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.display_forms import choose_display_form
from search.engines.whoosh.codec.families import join_key, split_key, surface_of
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.codec.segment_reader import SegmentReader

# A term, the number of its source, and its posting list there.
_Entry = tuple[bytes, int, int]


@dataclass(frozen=True)
class Part:
    """A segment to be merged and which of its documents live on."""

    data: SegmentReader
    alive: Array

    @cached_property
    def count(self) -> int:
        """How many documents live on."""
        return int(np.count_nonzero(self.alive))

    @cached_property
    def new_numbers(self) -> Array:
        """The number of each living document among the living."""
        return np.cumsum(self.alive, dtype=np.int64) - 1


@dataclass(frozen=True)
class Source:
    """A field of a part; ``base`` is the new number of the part's first document."""

    part: Part
    field: FieldPostings
    base: int

    @property
    def analyzer(self) -> int:
        """The version of the analyzer that told its families."""
        version: int = self.part.data.file.metadata["analyzer"]
        return version


@dataclass(frozen=True, slots=True)
class MergedTerms:
    """All terms in the order of posting lists: forms where the field has families.

    ``own_lists`` has for each source the new list of each of its lists.
    """

    terms: list[bytes]
    own_lists: list[Array]


def find_sources(name: str, parts: Sequence[Part]) -> list[Source]:
    """The field *name* of those of *parts* that have it."""
    sources: list[Source] = []
    base = 0
    for part in parts:
        found = part.data.field(name)
        if found:
            sources.append(Source(part, found, base))
        base += part.count
    return sources


def merge_terms(sources: Sequence[Source]) -> MergedTerms:
    """The terms of all *sources*, each once.

    Segments of other versions of the analyzer may tell other families: the segment of
    the newest is right.
    """
    streams: list[Iterable[_Entry]] = [
        _iter_entries(number, source.field) for number, source in enumerate(sources)
    ]
    has_families = all(source.field.has_families for source in sources)
    versions = [source.analyzer for source in sources]
    # What was merged of several versions is of the oldest, and has families of others.
    if has_families and any(version != ANALYZER_VERSION for version in versions):
        streams = _agree(streams, versions)
    own_lists = [array("I", bytes(4 * len(source.field.terms))) for source in sources]
    terms: list[bytes] = []
    last = None
    for term, number, at in heapq.merge(*streams):
        if term != last:
            terms.append(term)
            last = term
        own_lists[number][at] = len(terms) - 1
    return MergedTerms(terms, [np.array(own, np.intp) for own in own_lists])


def _iter_entries(number: int, field: FieldPostings) -> Iterator[_Entry]:
    """The terms of a field in the order of its posting lists."""
    terms: Iterable[bytes] = field.terms
    if field.has_families:
        ordinals = field.ordinals_of(range(len(field.terms)))
        terms = field.families.iter_keys(field.terms.iter_at(ordinals))
    return ((term, number, at) for at, term in enumerate(terms))


def _agree(
    streams: Sequence[Iterable[_Entry]], versions: Sequence[int]
) -> list[Iterable[_Entry]]:
    """The forms with one stem for each surface form and one root for each stem."""
    entries = [list(stream) for stream in streams]
    stems: dict[bytes, bytes] = {}
    roots: dict[bytes, bytes] = {}
    order = sorted(range(len(entries)), key=versions.__getitem__)
    for form, _number, _at in chain.from_iterable(entries[at] for at in order):
        root, stem, surface = split_key(form)
        stems[surface], roots[stem] = stem, root

    def rejoin(form: bytes) -> bytes:
        surface = surface_of(form)
        return join_key(roots[stems[surface]], stems[surface], surface)

    return [
        sorted((rejoin(form), number, at) for form, number, at in found)
        for found in entries
    ]


def merge_display_forms(
    sources: Sequence[Source], merged: MergedTerms
) -> dict[int, bytes]:
    """How forms are printed where it is not the surface form, by their new lists.

    It is the commonest spelling, as far as the sources know.
    """
    spelled = np.zeros(len(merged.terms), bool)
    for source, own in zip(sources, merged.own_lists, strict=True):
        ordinals = np.fromiter(source.field.display_forms.exceptions(), np.int64)
        spelled[own[source.field.lists_of(ordinals)]] = True
    found: dict[int, list[tuple[bytes, int]]] = {}
    for source, own in zip(sources, merged.own_lists, strict=True):
        others = source.field.display_forms.exceptions()
        lists = np.flatnonzero(spelled[own])
        for number, ordinal, count in zip(
            own[lists].tolist(),
            source.field.ordinals_of(lists).tolist(),
            source.field.total_term_freqs(lists).tolist(),
            strict=True,
        ):
            spelling = others.get(ordinal) or surface_of(merged.terms[number])
            found.setdefault(number, []).append((spelling, count))
    chosen = {
        number: choose_display_form(spellings) for number, spellings in found.items()
    }
    return {
        number: spelling
        for number, spelling in chosen.items()
        if spelling != surface_of(merged.terms[number])
    }
