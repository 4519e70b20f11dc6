"""The inverted index of one field in one segment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.engines.whoosh.arrays import (
    Array,
    concat_ranges,
    concat_sized_ranges,
    run_lengths,
)
from search.engines.whoosh.caches import LruCache
from search.engines.whoosh.codec.display_forms import DisplayForms
from search.engines.whoosh.codec.families import Families
from search.engines.whoosh.codec.fuzzy_table import FuzzyTable
from search.engines.whoosh.codec.packed_ints import (
    BitArray,
    BitSlicedArray,
    PatchedArray,
)
from search.engines.whoosh.codec.segment_file import Section, SegmentFile
from search.engines.whoosh.codec.term_dict import TermDict

# Posting lists by number, ascending; those of a word are mostly neighbors.
PostingLists = range | Array


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Parallel arrays, one entry a posting: its first token, and how many it has."""

    first: Array
    freqs: Array

    def take(self, at: Array) -> Occurrences:
        """Those of the postings *at*."""
        return Occurrences(self.first[at], self.freqs[at])


class FieldPostings:
    """A lexicon, and for each of its terms a posting list.

    Where the field has families the lists are ordered by root, stem and surface form
    (see ``families``), otherwise as the terms are. Postings come back list by list, and
    ascending by document within each list.
    """

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._file = file
        self._name = name
        self.terms = TermDict(file, f"{name}/terms")
        self.has_families = f"{name}/lists" in file
        self.has_positions = f"{name}/positions" in file
        self.expansions: LruCache[Array] = LruCache.of("expansions")
        self._starts = file.section(f"{name}/starts")
        self._docs = BitSlicedArray(file, f"{name}/docs")
        self._has_freqs = f"{name}/begins" in file
        if self._has_freqs:
            self._begins = BitArray(file, f"{name}/begins")
            self._places = file.section(f"{name}/places")
        if self.has_families:
            self._lists = file.section(f"{name}/lists")

    @cached_property
    def families(self) -> Families:
        """The posting lists of families and roots."""
        return Families(self._file, self._name)

    @cached_property
    def fuzzy_table(self) -> FuzzyTable:
        """The terms to find near ones among, made when first asked for."""
        return FuzzyTable(self.terms)

    @cached_property
    def fuzzy_stems(self) -> FuzzyTable:
        """The stems to find near ones among, made when first asked for."""
        return FuzzyTable(self.families.stems)

    @cached_property
    def display_forms(self) -> DisplayForms:
        """How the surface forms are printed, by their ordinals."""
        return DisplayForms(self._file, self._name, self.terms)

    @cached_property
    def _positions(self) -> PatchedArray:
        return PatchedArray(self._file, f"{self._name}/positions")

    @cached_property
    def _ordinals(self) -> Array:
        ordinals = np.arange(len(self.terms))
        if self.has_families:
            ordinals[self._lists.read(0, self._lists.size)] = np.arange(ordinals.size)
        return ordinals

    def ordinals_of(self, lists: PostingLists) -> Array:
        """The ordinals in the lexicon of the terms of *lists*, in the same order."""
        if isinstance(lists, range):
            return self._ordinals[lists.start : lists.stop]
        return self._ordinals[lists]

    def find(self, term: bytes) -> range:
        """The posting list of *term*; an empty range if there is none."""
        ordinal = self.terms.find(term)
        if ordinal is None:
            return range(0)
        [number] = self.lists_of(range(ordinal, ordinal + 1)).tolist()
        return range(number, number + 1)

    def lists_of(self, ordinals: range | Array) -> Array:
        """The posting lists, ascending, of the terms with these ordinals."""
        if not self.has_families:
            return np.asarray(ordinals, np.int64)
        if isinstance(ordinals, range):
            found = self._lists.read(ordinals.start, ordinals.stop)
        else:
            found = self._lists.take(np.asarray(ordinals, np.int64))
        return np.sort(found.astype(np.int64))

    def docs(self, lists: PostingLists) -> Array:
        """The documents of *lists*, as numbers that index an array."""
        at = _locate(self._starts, lists)
        return self._docs.read(*at) if isinstance(at, tuple) else self._docs.take(at)

    def occurrences(self, lists: PostingLists) -> Occurrences:
        """The tokens of each posting of *lists*."""
        if not self._has_freqs:
            count = int(self.doc_freqs(lists).sum())
            return Occurrences(np.arange(count), np.ones(count, np.int64))
        at = _locate(self._places, lists)
        if isinstance(at, tuple):
            start, stop = at
            first = self._begins.read(start, stop).view(bool).nonzero()[0]
            return Occurrences(first + start, run_lengths(first, stop - start))
        first = self._begins.take(at).view(bool).nonzero()[0]
        return Occurrences(at[first], run_lengths(first, at.size))

    def occurrences_at(self, lists: PostingLists, at: Array) -> Occurrences:
        """The tokens of some postings of *lists*, by their ascending numbers *at*."""
        bounds = _locate(self._places, lists) if self._has_freqs else None
        if not isinstance(bounds, tuple) or not at.size:
            return self.occurrences(lists).take(at)
        start, stop = bounds
        found = self._begins.select(start, stop, np.concatenate((at, at + 1)))
        first = found[: at.size]
        return Occurrences(first, found[at.size :] - first)

    def positions(self, found: Occurrences) -> Array:
        """The position of each token of *found*, posting by posting."""
        if not found.first.size:
            return np.empty(0, np.int64)
        start, stop = int(found.first[0]), int(found.first[-1] + found.freqs[-1])
        if stop - start == int(found.freqs.sum()):
            return self._positions.read(start, stop)
        return self._positions.take(concat_sized_ranges(found.first, found.freqs))

    def size(self, lists: PostingLists) -> int:
        """How many postings *lists* have together."""
        at = _locate(self._starts, lists)
        return at[1] - at[0] if isinstance(at, tuple) else at.size

    def doc_freqs(self, lists: PostingLists) -> Array:
        """How many documents each of *lists* has, deleted ones included."""
        return _sizes(self._starts, lists)

    def total_term_freqs(self, lists: PostingLists) -> Array:
        """How many tokens each of *lists* has."""
        return _sizes(self._places if self._has_freqs else self._starts, lists)


def _locate(bounds: Section, lists: PostingLists) -> tuple[int, int] | Array:
    """Where the entries of *lists* are: from and to, or the place of each."""
    if not isinstance(lists, range):
        if lists.size and int(lists[-1] - lists[0]) >= lists.size:
            return concat_ranges(bounds.take(lists), bounds.take(lists + 1))
        lists = range(int(lists[0]), int(lists[-1]) + 1) if lists.size else range(0)
    [start] = bounds.read(lists.start, lists.start + 1).tolist()
    [stop] = bounds.read(lists.stop, lists.stop + 1).tolist()
    return start, stop


def _sizes(bounds: Section, lists: PostingLists) -> Array:
    if isinstance(lists, range):
        return np.diff(bounds.read(lists.start, lists.stop + 1).astype(np.int64))
    return bounds.take(lists + 1).astype(np.int64) - bounds.take(lists)
