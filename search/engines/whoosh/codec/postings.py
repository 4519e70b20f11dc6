"""The inverted index of one field in one segment."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from search.engines.whoosh.arrays import (
    Array,
    concat_ranges,
    concat_sized_ranges,
    locate_parts,
    neighbor_ranges,
    part_sizes,
    run_lengths,
)
from search.engines.whoosh.caches import LruCache
from search.engines.whoosh.codec.display_forms import DisplayForms
from search.engines.whoosh.codec.families import (
    TAB,
    Families,
    OldFamilies,
    PostingLists,
)
from search.engines.whoosh.codec.fuzzy_table import FuzzyTable
from search.engines.whoosh.codec.packed_ints import (
    BitArray,
    BitSlicedArray,
    PatchedArray,
    read_bounds,
)
from search.engines.whoosh.codec.segment_file import SegmentFile
from search.engines.whoosh.codec.term_dict import TermDict, TermLetters

# Runs of neighboring lists that are read one by one faster than all lists together.
_FEW_RUNS: Final = 8


class Occurrences(NamedTuple):
    """The tokens of postings: parallel arrays, intp[n_postings].

    ``first`` has the number of each posting's first token in the field, ``freqs`` its
    term frequency. The tokens of a posting are numbered without gaps.
    """

    first: Array
    freqs: Array

    def take(self, at: Array) -> Occurrences:
        """The tokens of the postings that *at* chooses, by indexes or flags."""
        return Occurrences(self.first[at], self.freqs[at])


class FieldPostings:
    """A term dictionary, and a posting list for each term.

    The lists of a field with families are numbered in the order of family keys (see
    ``families``), and a term has several where it is printed in several ways; those of
    other fields are numbered by the ordinals of their terms. Methods return
    postings list by list, within each list by ascending document; deleted documents
    are included.
    """

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._file = file
        self._name = name
        self.terms = TermDict(file, f"{name}/terms")
        self.has_families = f"{name}/lists" in file
        self.has_positions = f"{name}/positions" in file
        self.expansions: LruCache[Array] = LruCache.of("expansions")
        self._docs = BitSlicedArray(file, f"{name}/docs")
        self._has_freqs = f"{name}/begins" in file
        if self._has_freqs:
            # Set at the first token of each posting.
            self._first_token_flags = BitArray(file, f"{name}/begins")
        if self.has_families:
            self._lists = file.section(f"{name}/lists")

    @cached_property
    def _starts(self) -> Array:
        """The first posting of each list, and the end."""
        return read_bounds(
            self._file, f"{self._name}/doc_freqs", f"{self._name}/starts"
        )

    @cached_property
    def _token_starts(self) -> Array:
        """The first token of each list, and the end."""
        sizes, bounds = f"{self._name}/total_term_freqs", f"{self._name}/places"
        return read_bounds(self._file, sizes, bounds)

    @cached_property
    def families(self) -> Families | OldFamilies:
        """The posting lists of lemmas and roots."""
        if f"{self._name}/lemmas/sizes" in self._file:
            return Families(self._file, self._name)
        return OldFamilies(self.terms, self._lists.read(0, self._lists.size))

    @cached_property
    def letters(self) -> TermLetters:
        """The letters of all terms, for wildcards; building it reads all of them."""
        return self.terms.letters()

    @cached_property
    def fuzzy_table(self) -> FuzzyTable:
        """The fuzzy lookup of terms; building it reads all of them."""
        return FuzzyTable(self.terms)

    @cached_property
    def fuzzy_lemmas(self) -> FuzzyTable | None:
        """The fuzzy lookup of lemmas; building it reads all of them.

        None for a segment from before there were lemmas.
        """
        lemmas = self.families.lemmas
        return None if lemmas is None else FuzzyTable(lemmas)

    @property
    def n_lists(self) -> int:
        """The number of posting lists."""
        return self._starts.size - 1

    @cached_property
    def display_forms(self) -> DisplayForms:
        """The display forms of the posting lists."""
        return DisplayForms(
            self._file,
            self._name,
            lambda number: self.terms[int(self._ordinals[number])],
            lambda ordinals: self._lists.take(ordinals).astype(np.int64),
        )

    @cached_property
    def _positions(self) -> PatchedArray:
        return PatchedArray(self._file, f"{self._name}/positions")

    @cached_property
    def _first_lists(self) -> Array:
        """Where the lists of each term begin in the section of lists, and their end."""
        counts = np.ones(len(self.terms), np.int32)
        if f"{self._name}/printed/terms" in self._file:
            several = self._file.array(f"{self._name}/printed/terms")
            counts[several] = self._file.array(f"{self._name}/printed/counts")
        return np.concatenate(
            (np.zeros(1, np.int32), np.cumsum(counts, dtype=np.int32))
        )

    @cached_property
    def _ordinals(self) -> Array:
        if not self.has_families:
            return np.arange(len(self.terms))
        ordinals = np.empty(self._lists.size, np.int32)
        terms = np.arange(len(self.terms), dtype=np.int32)
        lists = self._lists.read(0, self._lists.size)
        ordinals[lists] = np.repeat(terms, np.diff(self._first_lists))
        return ordinals

    def ordinals_of(self, lists: PostingLists) -> Array:
        """The ordinals of the terms of *lists*, in the order of *lists*: int[n]."""
        if isinstance(lists, range):
            return self._ordinals[lists.start : lists.stop]
        return self._ordinals[lists]

    def find(self, term: bytes) -> PostingLists:
        """The posting lists of *term*, ascending; a range if they are adjacent.

        Empty if the field lacks the term.
        """
        ordinal = self.terms.find(term)
        if ordinal is None:
            return range(0)
        lists = self.lists_of(range(ordinal, ordinal + 1))
        first, last = int(lists[0]), int(lists[-1])
        return range(first, last + 1) if last - first < lists.size else lists

    def find_printed(self, term: bytes, display_form: str) -> Array:
        """The posting lists of *term* printed as *display_form*, ascending: int64[n].

        There are several where printed vowels tell families apart.
        """
        numbers = [int(number) for number in self.find(term)]
        same = [each for each in numbers if self.display_forms[each] == display_form]
        return np.array(same, np.int64)

    def find_text(self, text: bytes) -> PostingLists:
        """``find``, or one list of it where a TAB and a telling form follow."""
        term, tab, telling_form = text.partition(TAB)
        if not (tab and self.has_families):
            return self.find(text)
        other = b"" if telling_form == term else telling_form
        for number in self.find(term):
            if self.display_forms.exception(int(number)) == other:
                return range(int(number), int(number) + 1)
        return range(0)

    def iter_printed(self, term: bytes) -> Iterator[bytes]:
        """*term* with a TAB and each of its telling forms, for ``find_text``."""
        for number in self.find(term):
            yield TAB.join((term, self.display_forms.telling(int(number)).encode()))

    def lists_of(self, ordinals: range | Array) -> Array:
        """The posting lists of the terms with ascending *ordinals*: int64, sorted."""
        if not self.has_families:
            return np.asarray(ordinals, np.int64)
        firsts = self._first_lists
        if isinstance(ordinals, range):
            start, stop = firsts[[ordinals.start, ordinals.stop]].tolist()
            lists = self._lists.read(start, stop)
        else:
            at = concat_ranges(firsts[ordinals], firsts[np.asarray(ordinals) + 1])
            lists = self._lists.take(at)
        return np.sort(lists.astype(np.int64))

    def docs(self, lists: PostingLists) -> Array:
        """The document of each posting of *lists*: intp."""
        at = locate_parts(self._starts, lists)
        return self._docs.read(*at) if isinstance(at, tuple) else self._docs.take(at)

    def occurrences(self, lists: PostingLists) -> Occurrences:
        """The tokens of each posting of *lists*."""
        if not self._has_freqs:
            count = int(self.doc_freqs(lists).sum())
            return Occurrences(np.arange(count), np.ones(count, np.int64))
        at = locate_parts(self._token_starts, lists)
        if isinstance(at, tuple):
            start, stop = at
            first = self._first_token_flags.read(start, stop).view(bool).nonzero()[0]
            return Occurrences(first + start, run_lengths(first, stop - start))
        first = self._first_token_flags.take(at).view(bool).nonzero()[0]
        return Occurrences(at[first], run_lengths(first, at.size))

    def occurrences_at(self, lists: PostingLists, at: Array) -> Occurrences:
        """The tokens of the postings *at*, ascending indexes among those of *lists*."""
        runs = neighbor_ranges(lists) if self._has_freqs and at.size else []
        if not 0 < len(runs) <= _FEW_RUNS:
            return self.occurrences(lists).take(at)
        parts, before = [], 0
        for run in runs:
            size = self.size(run)
            first, last = at.searchsorted((before, before + size)).tolist()
            if first < last:
                parts.append(self._select(run, at[first:last] - before))
            before += size
        return Occurrences(*map(np.concatenate, zip(*parts, strict=True)))

    def _select(self, run: range, at: Array) -> Occurrences:
        """``occurrences_at`` of neighboring lists."""
        start, stop = self._token_starts[[run.start, run.stop]].tolist()
        # A posting ends where the next begins, which is at *stop* for the last.
        ranks = np.concatenate((at, at + 1))
        tokens = self._first_token_flags.select(start, stop, ranks)
        first = tokens[: at.size]
        return Occurrences(first, tokens[at.size :] - first)

    def positions(self, occurrences: Occurrences) -> Array:
        """The position of each token of *occurrences*, posting by posting: int64."""
        first, freqs = occurrences.first, occurrences.freqs
        if not first.size:
            return np.empty(0, np.int64)
        start, stop = int(first[0]), int(first[-1] + freqs[-1])
        if stop - start == int(freqs.sum()):
            return self._positions.read(start, stop)
        return self._positions.take(concat_sized_ranges(first, freqs))

    def merged(self, lists: PostingLists) -> tuple[Array, Array, Array | None]:
        """The postings of *lists* as one list: documents, frequencies, positions.

        The documents are ascending and distinct: intp[n]. The positions of all follow
        one another; ``None`` where the field has none.
        """
        docs, occurrences = self.docs(lists), self.occurrences(lists)
        positions = self.positions(occurrences) if self.has_positions else None
        if len(lists) == 1:
            return docs, occurrences.freqs, positions
        of_tokens = docs.repeat(occurrences.freqs)
        if positions is not None:
            positions = positions[np.lexsort((positions, of_tokens))]
        distinct_docs, freqs = np.unique(of_tokens, return_counts=True)
        return distinct_docs, freqs, positions

    def size(self, lists: PostingLists) -> int:
        """The number of postings of all *lists* together."""
        at = locate_parts(self._starts, lists)
        return at[1] - at[0] if isinstance(at, tuple) else at.size

    def doc_freqs(self, lists: PostingLists) -> Array:
        """The document frequency of the term of each of *lists*: int64."""
        return part_sizes(self._starts, lists)

    def total_term_freqs(self, lists: PostingLists) -> Array:
        """The sum of the term frequencies of each of *lists*: int64."""
        return part_sizes(
            self._token_starts if self._has_freqs else self._starts, lists
        )
